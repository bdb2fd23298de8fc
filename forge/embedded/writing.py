"""Commits written to a repository: objects first, then all branches in one step.

`git fast-import` takes any number of files in one process and writes them as
one pack; no ref shows them yet. One transaction of `git update-ref` then moves
every branch from where it was expected, or none. Whoever is killed in between
leaves objects that nobody sees.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forge.embedded.folders import sync
from forge.embedded.process import GitFailedError, run
from forge.embedded.refs import read_refs
from forge.embedded.stream import import_stream
from forge.paths import check_path
from forge.port import Author, Change, StaleHeadError

NOTHING = "0" * 40

# Git holds the lock of a ref for milliseconds; one as old as this was left by a crash.
ABANDONED_AFTER_SECONDS = 3600

_REF = re.compile(r"refs(?:/[A-Za-z0-9][A-Za-z0-9-]{0,99}){2,6}")
_ID = re.compile(r"[0-9a-f]{40}")
_AUTHOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class _Step:
    """Where one ref goes: from a commit (or nothing) to a commit, which may be the same."""

    ref: str
    old: str
    new: str


def check_changes(changes: Sequence[Change], author: Author, at: datetime) -> None:
    """Raise `ValueError` for what must never be written. That is a fault of the caller."""
    refs = [change.ref for change in changes]
    if len(set(refs)) != len(refs):
        raise ValueError("One ref is changed twice.")
    if not _AUTHOR.fullmatch(author.id):
        raise ValueError(f"{author.id!r} cannot be the author of a commit.")
    if at.utcoffset() is None or at.timestamp() < 0:
        raise ValueError("The moment of a commit needs a time zone and a year after 1970.")
    for change in changes:
        _check_change(change)


def write(
    repository: Path, changes: Sequence[Change], author: Author, at: datetime
) -> dict[str, str]:
    """Commit changes that `check_changes` let pass; give the commit of each ref.

    Raises `StaleHeadError` when a ref is not where it was expected, and then
    moves none.
    """
    if not changes:
        return {}
    _check_expected(repository, changes)
    _break_abandoned_locks(repository, changes)
    stream = import_stream(changes, author, at)
    answer = run(repository, "fast-import", "--quiet", "--done", given=stream)
    steps = _steps(changes, answer)
    try:
        run(repository, "update-ref", "--no-deref", "--stdin", given=_transaction(steps))
    except GitFailedError:
        _check_expected(repository, changes)
        raise
    _sync_folders(repository, steps)
    return {step.ref: step.new for step in steps}


def _check_change(change: Change) -> None:
    """Check the ref, the expected commit, the message and the paths of one change."""
    if not _REF.fullmatch(change.ref):
        raise ValueError(f"{change.ref!r} cannot be the name of a ref.")
    if change.expected is not None and not _ID.fullmatch(change.expected):
        raise ValueError(f"{change.expected!r} is no full id of a commit.")
    if "\0" in change.message:
        raise ValueError("The message of a commit must not hold a NUL.")
    for path in change.files:
        check_path(path)
    written = [path for path, content in change.files.items() if content is not None]
    folders = {path[:end] for path in written for end in _slashes(path)}
    both = folders.intersection(written)
    if both:
        raise ValueError(f"{min(both)!r} cannot be a file and a folder.")


def _slashes(path: str) -> list[int]:
    """Give the positions of the slashes in a path."""
    return [position for position, sign in enumerate(path) if sign == "/"]


def _check_expected(repository: Path, changes: Sequence[Change]) -> None:
    """Raise `StaleHeadError` when a ref is not where it is expected now."""
    present = read_refs(repository, [change.ref for change in changes])
    for change in changes:
        if present.get(change.ref) != change.expected:
            raise StaleHeadError(f"{change.ref} of {repository.name} is not where it was expected.")


def _steps(changes: Sequence[Change], answer: bytes) -> tuple[_Step, ...]:
    """Read the answer of fast-import: for each change the new commit, its tree and the old tree.

    A commit with the tree of its parent is dropped: nothing changed.
    """
    lines = iter(answer.decode("ascii").splitlines())
    steps = []
    for change in changes:
        new, tree = next(lines), next(lines)
        if change.expected is not None and next(lines) == tree:
            new = change.expected
        steps.append(_Step(change.ref, change.expected or NOTHING, new))
    return tuple(steps)


def _transaction(steps: Sequence[_Step]) -> bytes:
    """Give the commands that move all refs or none; one that stays is still checked."""
    lines = [
        f"verify {step.ref} {step.old}"
        if step.old == step.new
        else f"update {step.ref} {step.new} {step.old}"
        for step in steps
    ]
    return "\n".join(["start", *lines, "prepare", "commit", ""]).encode("ascii")


def _break_abandoned_locks(repository: Path, changes: Sequence[Change]) -> None:
    """Take away the locks that a crashed Git left on what is to be moved."""
    for name in ("HEAD", "packed-refs", *(change.ref for change in changes)):
        lock = repository / f"{name}.lock"
        try:
            age = time.time() - lock.stat().st_mtime
        except (FileNotFoundError, NotADirectoryError):
            continue
        if age > ABANDONED_AFTER_SECONDS:
            lock.unlink(missing_ok=True)


def _sync_folders(repository: Path, steps: Sequence[_Step]) -> None:
    """Write the folders to disk: Git makes files durable, but not the names they were given."""
    moved = {(repository / step.ref).parent for step in steps if step.old != step.new}
    if moved:
        for folder in (repository / "objects/pack", *moved):
            sync(folder)
