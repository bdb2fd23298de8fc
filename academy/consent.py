"""Written consents of a listener (clause 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum


class Purpose(Enum):
    """What a consent is given for; each purpose stands alone."""

    PLACEMENT = "placement"
    PARTICIPANTS = "participants"
    OUTSIDERS = "outsiders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A consent registered by staff: which text, for what, signed when; not the paper itself.

    `digest` is the SHA-256 of the signed document in hex.
    """

    id: str
    purposes: tuple[Purpose, ...]
    version: str
    signed: date
    registered: datetime
    registered_by: str
    digest: str | None = None
    withdrawn: datetime | None = None

    def is_in_force(self, at: datetime) -> bool:
        """Tell whether it is in force at `at`: withdrawal works at once."""
        return self.registered <= at and (self.withdrawn is None or at < self.withdrawn)


DESTRUCTION_TERM = timedelta(days=30)
"""What was placed is destroyed within this term after a withdrawal (152-FZ, article 21 part 5)."""


def destruction_due(consents: tuple[Consent, ...], at: datetime) -> date | None:
    """The day by which a portfolio has to be destroyed, because placement was withdrawn.

    None as long as placement is in force, and for whoever never consented.
    """
    if Purpose.PLACEMENT in purposes_in_force(consents, at):
        return None
    withdrawn = [
        one.withdrawn
        for one in consents
        if Purpose.PLACEMENT in one.purposes and one.withdrawn is not None
    ]
    return (max(withdrawn) + DESTRUCTION_TERM).date() if withdrawn else None


def purposes_in_force(consents: tuple[Consent, ...], at: datetime) -> frozenset[Purpose]:
    """Collect the purposes consented to at `at`.

    Without placement there is no portfolio, so nothing else counts either.
    """
    given = frozenset(
        purpose for consent in consents if consent.is_in_force(at) for purpose in consent.purposes
    )
    return given if Purpose.PLACEMENT in given else frozenset()
