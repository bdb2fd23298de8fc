"""The moments at which something a cabinet shows flips, with no commit in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from academy.dossier import Dossier
from academy.institution import Academy
from academy.portfolio import GoalState
from academy.verification import due_on


def academy_day(at: datetime, time_zone: str) -> date:
    """The date in the academy's time zone at the moment `at`."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def next_flip(dossier: Dossier, academy: Academy, at: datetime) -> datetime | None:
    """The first moment after `at` at which the cabinet would look different.

    What is counted in days flips at midnight in the academy's time zone.
    """
    zone = ZoneInfo(academy.time_zone)
    days = (datetime.combine(day, time(), zone).astimezone(UTC) for day in _days(dossier, academy))
    later = [moment for moment in (*_moments(dossier, academy), *days) if moment > at]
    return min(later, default=None)


def _moments(dossier: Dossier, academy: Academy) -> Iterator[datetime]:
    for announcement in academy.announcements:
        if announcement.concerns(dossier.card):
            yield announcement.starts
            if announcement.ends:
                yield announcement.ends
    for consent in dossier.consents:
        yield consent.registered
        if consent.withdrawn:
            yield consent.withdrawn


def _days(dossier: Dossier, academy: Academy) -> Iterator[date]:
    soon = timedelta(days=academy.policy.soon_days)
    group = academy.group(dossier.card.group)
    for term in group.terms if group else ():
        if term.starts:
            yield term.starts
        if term.due:
            yield term.due - soon
            yield term.due + timedelta(days=1)
    for goal in dossier.portfolio.goals:
        if goal.due and goal.state is GoalState.ACTIVE:
            yield goal.due - soon
            yield goal.due + timedelta(days=1)
    for verification in dossier.verifications.values():
        yield due_on(verification, academy.policy.verification_period)
