"""Two commits of a portfolio compared, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping

from desk.difference import Difference, Side, difference
from desk.forms.controls import Lists
from desk.forms.item_form import lists_of
from desk.listener.editing import taken_apart
from desk.pieces import Piece, pieces_of
from desk.shelf import Shelf
from desk.web.call import Call
from forge.port import Blob


def compared(
    call: Call, shelf: Shelf, before: str, after: str
) -> tuple[tuple[Piece, Difference], ...]:
    """What changed from one commit to another, for people."""
    repositories = call.workplace.repositories
    old = repositories.tree(shelf.person, before)
    new = repositories.tree(shelf.person, after)
    changed = sorted(path for path in {*old, *new} if _id(old, path) != _id(new, path))
    lists = lists_for(call, shelf.person)
    return tuple(
        (
            piece,
            difference(
                piece,
                side(shelf, piece, piece.of(old)),
                side(shelf, piece, piece.of(new)),
                lists,
                call.words,
            ),
        )
        for piece in pieces_of(changed)
    )


def side(shelf: Shelf, piece: Piece, files: Mapping[str, Blob]) -> Side:
    """A piece as it is in a tree."""
    content = shelf.content(files.get(piece.file)).decode("utf-8", "replace")
    return Side(text=taken_apart(piece, content), files=files)


def lists_for(call: Call, person: str) -> Lists:
    """The choices that the forms of a person have."""
    listed = call.workplace.people.by_person(person)
    return lists_of(call.workplace.academy(), listed.card if listed else None, call.words)


def _id(tree: Mapping[str, Blob], path: str) -> str:
    return tree[path].id if path in tree else ""
