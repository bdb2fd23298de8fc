"""Announcements: to the academy, to groups, to programmes, from a moment until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from academy.listener import Card
from academy.prose import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An announcement; without groups and programmes it is for the whole academy.

    It is shown from `starts` (included) until `ends` (excluded).
    """

    id: str
    title: str
    starts: datetime
    ends: datetime | None = None
    groups: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    important: bool = False
    author: str | None = None
    body: Prose = Prose()

    def concerns(self, card: Card) -> bool:
        """Tell whether it is addressed to this listener."""
        if not self.groups and not self.programmes:
            return True
        return card.group in self.groups or card.programme in self.programmes

    def is_shown(self, at: datetime) -> bool:
        """Tell whether it is shown at the moment `at`."""
        return self.starts <= at and (self.ends is None or at < self.ends)


def shown_to(
    announcements: tuple[Announcement, ...], card: Card, at: datetime
) -> tuple[Announcement, ...]:
    """Pick what a listener sees at `at`: important first, then the newest first."""
    mine = [one for one in announcements if one.concerns(card) and one.is_shown(at)]
    mine.sort(key=lambda one: (not one.important, -one.starts.timestamp(), one.id))
    return tuple(mine)
