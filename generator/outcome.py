"""What a build came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from academy.issue import Issue
from sites.manifest import Manifest


class State(Enum):
    """What a build came to."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result for one listener: what happened, and the mistakes in their files."""

    person: str
    state: State
    issues: tuple[Issue, ...] = ()
    pages: int = 0
    failure: str | None = None
    valid_until: datetime | None = None


def outcome_of(manifest: Manifest, state: State) -> Outcome:
    """Tell what came of a listener whose build is `manifest`, built now or found as it is."""
    if state is State.UNCHANGED and manifest.failure:
        state = State.FAILED
    elif state is State.UNCHANGED and not manifest.projections:
        state = State.CLOSED
    pages = sum(path.endswith(".html") for files in manifest.projections.values() for path in files)
    return Outcome(
        person=manifest.person,
        state=state,
        issues=manifest.issues,
        pages=pages,
        failure=manifest.failure,
        valid_until=manifest.valid_until,
    )
