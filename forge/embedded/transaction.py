"""Refs moved in one step: all of them, or none.

Objects have to be on disk before. Whoever is killed before this leaves objects
that nobody sees; whoever is killed in it has left a note (`intents.py`), by which
the next one who holds the repository moves the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from forge.embedded.folders import sync
from forge.embedded.intents import NOTHING, Move, forget, note, noted
from forge.embedded.process import GitFailedError, run
from forge.embedded.refs import read_refs
from forge.port import StaleHeadError

# Git holds the lock of a ref for milliseconds, and the repository is held for one writer of
# ours: a lock as old as this was left by a Git that was killed.
ABANDONED_AFTER_SECONDS = 10
# Git itself waits for a lock (`core.filesRefLockTimeout`), so that this is longer than that.
_ATTEMPTS = 4


def move(repository: Path, moves: Sequence[Move]) -> None:
    """Move refs, durably. Raises `StaleHeadError` when one is not where it was expected."""
    changing = [one for one in moves if one.old != one.new]
    if len(changing) > 1:
        check_places(repository, ((one.ref, one.old) for one in moves))
        note(repository, changing)
    try:
        _move(repository, moves)
    except (GitFailedError, StaleHeadError):
        # A Git that was killed alone may have moved some: then all of it has happened.
        if not finish(repository):
            raise
    _sync_folders(repository, moves)
    if len(changing) > 1:
        forget(repository)


def finish(repository: Path) -> bool:
    """Move the rest of what somebody was cut off in; tell whether that step has happened now.

    Whoever calls this holds the repository. A step of which nothing had moved was
    acknowledged to nobody, and is forgotten.
    """
    moves = noted(repository)
    rest = _rest(repository, moves)
    if rest:
        try:
            _move(repository, rest)
        except StaleHeadError:
            # A Git that has outlived its server may have gone on meanwhile.
            if _rest(repository, moves) != ():
                raise
        _sync_folders(repository, moves)
    if moves:
        forget(repository)
    return rest is not None


def _rest(repository: Path, moves: Sequence[Move]) -> tuple[Move, ...] | None:
    """What is still to move of a step that has begun; None for one that has not, or is history."""
    present = read_refs(repository, [one.ref for one in moves])
    places = {one: present.get(one.ref, NOTHING) for one in moves}
    rest = tuple(one for one, place in places.items() if place == one.old)
    is_ours = all(place in (one.old, one.new) for one, place in places.items())
    return rest if is_ours and len(rest) < len(moves) else None


def check_places(repository: Path, places: Iterable[tuple[str, str]]) -> None:
    """Raise `StaleHeadError` when a ref is not where it is expected now."""
    expected = dict(places)
    present = read_refs(repository, expected)
    for ref, commit in expected.items():
        if present.get(ref, NOTHING) != commit:
            raise StaleHeadError(f"{ref} of {repository.name} is not where it was expected.")


def break_abandoned_locks(repository: Path, refs: Iterable[str]) -> None:
    """Take away the locks that a crashed Git left on what is to be moved."""
    for name in ("HEAD", "packed-refs", *refs):
        lock = repository / f"{name}.lock"
        try:
            age = time.time() - lock.stat().st_mtime
        except (FileNotFoundError, NotADirectoryError):
            continue
        if age > ABANDONED_AFTER_SECONDS:
            lock.unlink(missing_ok=True)


def _move(repository: Path, moves: Sequence[Move]) -> None:
    """Let Git move refs, also where a dead Git has left its locks."""
    for attempt in range(1, _ATTEMPTS + 1):
        break_abandoned_locks(repository, (one.ref for one in moves))
        try:
            run(repository, "update-ref", "--no-deref", "--stdin", given=_commands(moves))
        except GitFailedError as error:
            check_places(repository, ((one.ref, one.old) for one in moves))
            if attempt == _ATTEMPTS or ".lock" not in str(error):
                raise
        else:
            return


def _commands(moves: Sequence[Move]) -> bytes:
    """Give the commands for `update-ref`; a ref that stays is still checked."""
    lines = [_command(one) for one in moves]
    return "\n".join(["start", *lines, "prepare", "commit", ""]).encode("ascii")


def _command(one: Move) -> str:
    """Give the command for one ref."""
    if one.old == one.new:
        return f"verify {one.ref} {one.old}"
    if one.new == NOTHING:
        return f"delete {one.ref} {one.old}"
    return f"update {one.ref} {one.new} {one.old}"


def _sync_folders(repository: Path, moves: Sequence[Move]) -> None:
    """Write the folders to disk: Git makes files durable, but not the names they were given."""
    moved = {(repository / one.ref).parent for one in moves if one.old != one.new}
    if moved:
        # Git takes the folder of a deleted ref away when it is empty.
        present = {next(one for one in (place, *place.parents) if one.is_dir()) for place in moved}
        for folder in (repository / "objects/pack", *present):
            sync(folder)
