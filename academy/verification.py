"""Verification of items by officials, at least once per half-year (clause 8.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum


class Verdict(Enum):
    """What an official found."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EVIDENCE_NEEDED = "evidence_needed"


@dataclass(frozen=True, slots=True, order=True)
class SeenFile:
    """A file as it was when it was verified."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A verdict on one item, bound by `manifest` to the exact content that was seen."""

    item: str
    verdict: Verdict
    verifier: str
    role: str
    moment: datetime
    manifest: tuple[SeenFile, ...]
    policy: str | None = None
    note: str | None = None


class VerificationState(Enum):
    """What a verification is worth now."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EVIDENCE_NEEDED = "evidence_needed"
    CHANGED = "changed"
    EXPIRED = "expired"
    NEVER = "never"


def verification_state(
    verification: Verification | None,
    content: tuple[SeenFile, ...],
    today: date,
    period: timedelta,
) -> VerificationState:
    """Tell what a verification is worth `today` for the item's present `content`.

    An edit makes it void by itself; so does the end of the `period`.
    """
    if verification is None:
        return VerificationState.NEVER
    if tuple(sorted(verification.manifest)) != tuple(sorted(content)):
        return VerificationState.CHANGED
    if today >= due_on(verification, period):
        return VerificationState.EXPIRED
    return VerificationState(verification.verdict.value)


def due_on(verification: Verification, period: timedelta) -> date:
    """The day on which the item has to be verified again."""
    return verification.moment.date() + period


class Change(Enum):
    """What became of a file after it was verified."""

    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"


def changes_since(
    verification: Verification, content: tuple[SeenFile, ...]
) -> tuple[tuple[str, Change], ...]:
    """What differs between the content that was verified and the present one, by path."""
    seen = {file.path: file for file in verification.manifest}
    now = {file.path: file for file in content}
    found = {path: Change.EDITED for path in seen.keys() & now.keys() if seen[path] != now[path]}
    found |= dict.fromkeys(now.keys() - seen.keys(), Change.ADDED)
    found |= dict.fromkeys(seen.keys() - now.keys(), Change.REMOVED)
    return tuple(sorted(found.items()))
