"""What of a submission its reviewers are shown: what is kept to oneself is none of it (7.2, 7.4).

What needs no review and is for its owner alone enters the portfolio by the rule, with
nobody looking; that it is a submission like others must not show it to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from academy.policy import ReviewMode
from academy.portfolio import Audience
from academy.submission import Submission
from desk.pieces import Piece, pieces_of
from desk.shelf import Shelf
from desk.web.call import Call
from forge.port import Blob
from formats.items import read_portfolio

Tree = Mapping[str, Blob]


def shown_pieces(call: Call, shelf: Shelf, found: Submission) -> tuple[Piece, ...]:
    """The pieces of a submission that its reviewers may read."""
    trees = _trees(call, found)
    return tuple(one for one in _pieces(trees) if is_shown(call, shelf, one, trees))


def is_hidden(call: Call, shelf: Shelf, found: Submission) -> bool:
    """Tell whether reviewers have no business with anything in a submission."""
    return bool(_pieces(_trees(call, found))) and not shown_pieces(call, shelf, found)


def is_shown(call: Call, shelf: Shelf, piece: Piece, trees: tuple[Tree, ...]) -> bool:
    """Tell whether reviewers may read a piece as it is in these trees.

    A version that is its owner's alone hides the piece, also behind a later one for others.
    One that cannot be read may be anything, so it is not shown either.
    """
    policy = call.workplace.academy().policy
    if piece.kind is None or policy.review.get(piece.kind) is not ReviewMode.NONE:
        return True
    for files in (piece.of(tree) for tree in trees):
        if piece.file not in files:
            continue
        items = read_portfolio({piece.file: shelf.content(files[piece.file])}, []).items()
        if not items or any(policy.audience(one) is Audience.OWNER for one in items):
            return False
    return True


def _trees(call: Call, found: Submission) -> tuple[Tree, Tree]:
    read = call.workplace.repositories.tree
    return read(found.person, found.base), read(found.person, found.head)


def _pieces(trees: tuple[Tree, Tree]) -> tuple[Piece, ...]:
    before, after = trees
    paths = sorted({*before, *after})
    return pieces_of(path for path in paths if before.get(path) != after.get(path))
