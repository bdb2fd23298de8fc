"""Commits written to a repository: objects first, then all branches in one step.

`git fast-import` takes any number of files in one process and writes them as
one pack; no ref shows them yet. One transaction of `git update-ref` then moves
every branch from where it was expected, or none. Whoever is killed in between
leaves objects that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from forge.embedded.intents import NOTHING, Move
from forge.embedded.process import run
from forge.embedded.stream import import_stream
from forge.embedded.transaction import check_places, move
from forge.paths import check_path
from forge.port import Author, Change

_REF = re.compile(r"refs(?:/[A-Za-z0-9][A-Za-z0-9-]{0,99}){2,6}")
_ID = re.compile(r"[0-9a-f]{40}")
_AUTHOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


def check_changes(changes: Sequence[Change], author: Author, at: datetime) -> None:
    """Raise `ValueError` for what must never be written. That is a fault of the caller."""
    refs = [change.ref for change in changes]
    if len(set(refs)) != len(refs):
        raise ValueError("One ref is changed twice.")
    check_signature(author, at)
    for change in changes:
        _check_change(change)


def check_signature(author: Author, at: datetime) -> None:
    """Raise `ValueError` for an author or a moment that no commit can have."""
    if not _AUTHOR.fullmatch(author.id):
        raise ValueError(f"{author.id!r} cannot be the author of a commit.")
    if at.utcoffset() is None or at.timestamp() < 0:
        raise ValueError("The moment of a commit needs a time zone and a year after 1970.")


def write(
    repository: Path, changes: Sequence[Change], author: Author, at: datetime
) -> dict[str, str]:
    """Commit changes that `check_changes` let pass; give the commit of each ref.

    Raises `StaleHeadError` when a ref is not where it was expected, and then
    moves none.
    """
    if not changes:
        return {}
    check_places(repository, ((change.ref, change.expected or NOTHING) for change in changes))
    stream = import_stream(changes, author, at)
    answer = run(repository, "fast-import", "--quiet", "--done", given=stream)
    moves = _moves(changes, answer)
    move(repository, moves)
    return {one.ref: one.new for one in moves}


def _check_change(change: Change) -> None:
    """Check the ref, the expected commit, the message and the paths of one change."""
    if not _REF.fullmatch(change.ref):
        raise ValueError(f"{change.ref!r} cannot be the name of a ref.")
    if change.expected is not None and not _ID.fullmatch(change.expected):
        raise ValueError(f"{change.expected!r} is no full id of a commit.")
    if "\0" in change.message:
        raise ValueError("The message of a commit must not hold a NUL.")
    check_files(change.files)


def check_files(files: Mapping[str, bytes | None]) -> None:
    """Raise `ValueError` for paths that must never be written."""
    for path in files:
        check_path(path)
    written = [path for path, content in files.items() if content is not None]
    folders = {path[:end] for path in written for end in _slashes(path)}
    both = folders.intersection(written)
    if both:
        raise ValueError(f"{min(both)!r} cannot be a file and a folder.")


def _slashes(path: str) -> list[int]:
    """Give the positions of the slashes in a path."""
    return [position for position, sign in enumerate(path) if sign == "/"]


def _moves(changes: Sequence[Change], answer: bytes) -> tuple[Move, ...]:
    """Read the answer of fast-import: for each change the new commit, its tree and the old tree.

    A commit with the tree of its parent is dropped: nothing changed.
    """
    lines = iter(answer.decode("ascii").splitlines())
    moves = []
    for change in changes:
        new, tree = next(lines), next(lines)
        if change.expected is not None and next(lines) == tree:
            new = change.expected
        moves.append(Move(change.ref, change.expected or NOTHING, new))
    return tuple(moves)
