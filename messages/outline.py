"""Sentences with what stands below them: a report that is printed, or shown as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and those that say it in detail."""

    text: str
    below: tuple[Line, ...] = ()


def printed(outline: Iterable[Line], margin: str = "") -> Iterator[str]:
    """Write an outline line by line, two spaces further in at each step."""
    for line in outline:
        yield f"{margin}{line.text}"
        yield from printed(line.below, f"{margin}  ")
