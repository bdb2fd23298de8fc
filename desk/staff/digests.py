"""What an overview says of each portfolio, kept until one of its heads moves.

It can be thrown away at any time: everything is read again from the repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from academy.dossier import Dossier
from academy.fill import fill_level
from academy.listener import Card
from academy.policy import Policy
from academy.portfolio import Item
from academy.projection import RESPONSIBLE, cut
from academy.verification import VerificationState, due_on, verification_state
from catalogue.listed import Listed
from desk.pieces import Piece, piece_of
from desk.reading import dossier_of
from forge.merge_requests import MergeRequests
from forge.port import Repositories

_SETTLED = frozenset({VerificationState.CONFIRMED, VerificationState.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An item with the state of its verification, and until when it holds."""

    piece: Piece
    title: str
    state: VerificationState
    until: date | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether it is the turn of an official."""
        return self.state not in _SETTLED and self.state is not VerificationState.EVIDENCE_NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A portfolio in a few words: how full, when its owner acted last, what is to be verified."""

    person: str
    card: Card
    percent: int
    last: datetime | None
    checks: tuple[Check, ...]


class Digests:
    """The digests of a process. It may be shared by threads."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[str, ...], Digest | None]] = {}
        self._lock = Lock()

    def of(
        self,
        repositories: Repositories,
        requests: MergeRequests,
        listed: Listed,
        policy: Policy,
        at: datetime,
    ) -> Digest | None:
        """The digest of a listener as of `at`; None when the card cannot be read."""
        lives = requests.lives(listed.person)
        heads = (listed.main or "", listed.record or "", policy.version, str(at.date()))
        key = (*heads, *lives.values())
        with self._lock:
            kept = self._kept.get(listed.person)
        if kept is not None and kept[0] == key:
            return kept[1]
        made = _digest(repositories, requests, listed, policy, at)
        with self._lock:
            self._kept[listed.person] = (key, made)
        return made


def _digest(
    repositories: Repositories,
    requests: MergeRequests,
    listed: Listed,
    policy: Policy,
    at: datetime,
) -> Digest | None:
    dossier = dossier_of(repositories, listed.person)
    if dossier is None:
        return None
    shown = cut(dossier, RESPONSIBLE, policy, at)
    events = [
        event.moment
        for one in requests.all(listed.person)
        for event in one.events
        if event.actor == listed.person
    ]
    return Digest(
        person=listed.person,
        card=dossier.card,
        percent=fill_level(dossier.portfolio, policy).percent,
        last=max(events, default=None),
        checks=tuple(_check(shown, item, policy, at) for item in shown.portfolio.items()),
    )


def _check(dossier: Dossier, item: Item, policy: Policy, at: datetime) -> Check:
    verification = dossier.verifications.get(item.id)
    period = policy.verification_period
    state = verification_state(verification, dossier.content_of(item), at.date(), period)
    until = due_on(verification, period) if verification else None
    return Check(piece=piece_of(item), title=item.title, state=state, until=until)
