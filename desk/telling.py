"""The life of a submission as a story: who did what, when, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from academy.submission import Event, EventKind, Submission
from desk.people import Names

# What happened to the content alone is no news to anybody.
_QUIET = frozenset({EventKind.OPENED, EventKind.CHANGED, EventKind.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened: `key` names its sentence; `is_own` when the listener did it."""

    key: str
    who: str
    when: datetime
    text: str
    item: str
    paragraph: str
    is_own: bool


def told_events(submission: Submission, names: Names) -> tuple[Told, ...]:
    """Tell the events of a submission, the oldest first."""
    return tuple(
        _told(submission, event, names) for event in submission.events if event.kind not in _QUIET
    )


def _told(submission: Submission, event: Event, names: Names) -> Told:
    return Told(
        key=f"event-{event.kind.value}",
        who=names.of(event.actor),
        when=event.moment,
        text=event.text,
        item=event.item,
        paragraph=event.paragraph,
        is_own=event.actor == submission.person,
    )
