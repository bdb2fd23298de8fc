"""The place of a listener in the rating of their programme (clause 7.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LEAST = 3
"""Among fewer, a place would tell what the others have."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among so many listeners, as of a day; equal points share a place."""

    place: int
    among: int
    day: date

    @property
    def ahead(self) -> int:
        """How many have more points: what the place is counted by."""
        return self.place - 1


def standings(points: Mapping[str, int], day: date) -> dict[str, Standing]:
    """Rank the listeners of one programme by their points: person to points.

    Whoever has no points yet has no place either.
    """
    if len(points) < LEAST:
        return {}
    found = sorted(points.values(), reverse=True)
    return {
        person: Standing(found.index(mine) + 1, len(points), day)
        for person, mine in points.items()
        if mine
    }
