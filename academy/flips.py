"""The moments at which something a cabinet shows flips, with no commit in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from academy.calendar import academy_day
from academy.consent import Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.institution import Academy
from academy.news import news_days
from academy.next_steps import next_steps
from academy.portfolio import GoalState
from academy.results import progress
from academy.verification import due_on


def next_flip(dossier: Dossier, academy: Academy, at: datetime) -> datetime | None:
    """The first moment after `at` at which the cabinet would look different.

    What is counted in days flips at midnight in the academy's time zone.
    """
    zone = ZoneInfo(academy.time_zone)
    named = (*_days(dossier, academy), *_counted_days(dossier, academy, at))
    days = (datetime.combine(day, time(), zone).astimezone(UTC) for day in named)
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
    yield from news_days(dossier, academy.policy.news_span, academy.time_zone)


def _counted_days(dossier: Dossier, academy: Academy, at: datetime) -> Iterator[date]:
    """Tomorrow, if a step says how many days are left or have gone by: the count changes daily."""
    today = academy_day(at, academy.time_zone)
    programme = academy.programme(dossier.card.programme)
    group = academy.group(dossier.card.group)
    study = progress(programme, group, dossier.results, today) if programme else None
    placed = Purpose.PLACEMENT in purposes_in_force(dossier.consents, at)
    steps = next_steps(dossier, study, academy.policy, today, is_placed=placed)
    if any(step.due or step.since for step in steps):
        yield today + timedelta(days=1)
