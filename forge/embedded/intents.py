"""What a step is about to move, written down before: whoever finds it later can finish the step.

Git locks all refs of a transaction and then renames one file after the other, so a
kill between two renames has moved some of them. A repository has one writer of ours
at a time, hence one intent at most.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forge.embedded.folders import sync

NOTHING = "0" * 40

_FILE = "moving"
_LINE = re.compile(r"(refs/[!-~]+) ([0-9a-f]{40}) ([0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Move:
    """Where one ref goes, from a commit to a commit. `NOTHING` is no ref; both may be equal."""

    ref: str
    old: str
    new: str


def note(repository: Path, moves: Sequence[Move]) -> None:
    """Write down, durably, what is about to move."""
    beside = repository / f"{_FILE}.new"
    lines = [f"{one.ref} {one.old} {one.new}\n" for one in moves]
    beside.write_text("".join(lines), encoding="ascii")
    sync(beside)
    beside.replace(repository / _FILE)
    sync(repository)


def noted(repository: Path) -> tuple[Move, ...]:
    """What was about to move when somebody was cut off; nothing as a rule."""
    try:
        lines = (repository / _FILE).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(Move(*match.groups()) for line in lines if (match := _LINE.fullmatch(line)))


def forget(repository: Path) -> None:
    """Take the intent away. One that a loss of power brings back is seen to be fulfilled."""
    (repository / _FILE).unlink(missing_ok=True)


def cut_off(root: Path) -> tuple[Path, ...]:
    """The repositories below a root in which somebody was cut off, or is at work just now."""
    with os.scandir(root) as entries:
        places = [f"{entry.path}/{_FILE}" for entry in entries]
    return tuple(Path(place).parent for place in places if os.path.exists(place))  # noqa: PTH110 - thousands of them
