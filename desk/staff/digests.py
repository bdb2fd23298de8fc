"""What an overview says of each portfolio, kept until something of it moves.

It can be thrown away at any time: everything is read again from the repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from threading import Lock

from academy.dossier import Dossier
from academy.fill import fill_level
from academy.listener import Card
from academy.policy import Policy
from academy.portfolio import Item
from academy.projection import RESPONSIBLE, cut
from academy.submission import SubmissionState
from academy.verification import VerificationState, due_on, verification_state
from catalogue.listed import Listed
from catalogue.summaries import Summaries
from desk.pieces import SETTINGS, Piece, piece_of, piece_of_key
from desk.reading import dossier_of
from forge.merge_requests import MergeRequests
from forge.port import Repositories

_SETTLED = frozenset({VerificationState.CONFIRMED, VerificationState.REJECTED})
# These come to no end by themselves: something has to be done.
_WITHOUT_END = frozenset(
    {VerificationState.NEVER, VerificationState.CHANGED, VerificationState.EXPIRED}
)


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
    """A portfolio in a few words: how full, when its owner acted last, what waits.

    `waiting` is how many submissions wait for a reviewer.
    """

    person: str
    card: Card
    percent: int
    last: datetime | None
    waiting: int
    checks: tuple[Check, ...]

    def holds(self, today: date) -> bool:
        """Tell whether no verification has run out since it was made."""
        running = (one.until for one in self.checks if one.state not in _WITHOUT_END)
        return all(until is None or today < until for until in running)


class Digests:
    """The digests of all who were asked for. It may be shared by threads.

    With `summaries` they outlive the process, so that the first overview after a
    start does not read every portfolio.
    """

    def __init__(self, summaries: Summaries | None = None) -> None:
        self._summaries = summaries
        self._kept: dict[str, tuple[str, Digest]] = {}
        self._stored: Mapping[str, tuple[str, str]] | None = None
        self._lock = Lock()

    def of(
        self,
        repositories: Repositories,
        requests: MergeRequests,
        listeners: Iterable[Listed],
        policy: Policy,
        at: datetime,
    ) -> tuple[Digest, ...]:
        """The digests of listeners as of `at`; who has no card that can be read is left out."""
        rules = repr(replace(policy, version=""))
        found: list[Digest] = []
        made: dict[str, tuple[str, str]] = {}
        for listed in listeners:
            state = _state(listed, requests.lives(listed.person), rules)
            digest = self._known(listed, state, at.date())
            if digest is None:
                digest = _digest(repositories, requests, listed, policy, at)
                if digest is None:
                    continue
                made[listed.person] = (state, _written(digest))
                with self._lock:
                    self._kept[listed.person] = (state, digest)
            found.append(digest)
        if made and self._summaries is not None:
            self._summaries.put(made)
        return tuple(found)

    def _known(self, listed: Listed, state: str, today: date) -> Digest | None:
        """The digest of this state, made in this process or kept by an earlier one."""
        with self._lock:
            if self._stored is None:
                self._stored = self._summaries.all() if self._summaries else {}
            stored = self._stored.get(listed.person)
            kept = self._kept.get(listed.person)
            if kept is None and stored is not None and stored[0] == state and listed.card:
                kept = self._kept[listed.person] = (
                    state,
                    _read(listed.person, listed.card, stored[1]),
                )
        return kept[1] if kept and kept[0] == state and kept[1].holds(today) else None


def _state(listed: Listed, lives: Mapping[int, str], rules: str) -> str:
    """Everything a digest is made of, in one word; time apart."""
    words = (listed.main or "", listed.record or "", rules, *(lives[n] for n in sorted(lives)))
    return sha256("\n".join(words).encode()).hexdigest()


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
    submissions = requests.all(listed.person)
    acted = [
        event.moment for one in submissions for event in one.events if event.actor == listed.person
    ]
    return Digest(
        person=listed.person,
        card=dossier.card,
        percent=fill_level(dossier.portfolio, policy).percent,
        last=max(acted, default=None),
        waiting=sum(one.state is SubmissionState.SUBMITTED for one in submissions),
        checks=tuple(_check(shown, item, policy, at) for item in shown.portfolio.items()),
    )


def _check(dossier: Dossier, item: Item, policy: Policy, at: datetime) -> Check:
    verification = dossier.verifications.get(item.id)
    period = policy.verification_period
    state = verification_state(verification, dossier.content_of(item), at.date(), period)
    until = due_on(verification, period) if verification else None
    return Check(piece=piece_of(item), title=item.title, state=state, until=until)


def _written(digest: Digest) -> str:
    """Write a digest without the card, which the index of listeners has."""
    checks = [
        [one.piece.key, one.title, one.state.value, one.until.isoformat() if one.until else ""]
        for one in digest.checks
    ]
    last = digest.last.isoformat() if digest.last else ""
    plain = [digest.percent, last, digest.waiting, checks]
    return json.dumps(plain, ensure_ascii=False)


def _read(person: str, card: Card, text: str) -> Digest:
    percent, last, waiting, checks = json.loads(text)
    return Digest(
        person=person,
        card=card,
        percent=percent,
        last=datetime.fromisoformat(last) if last else None,
        waiting=waiting,
        checks=tuple(
            Check(
                piece=piece_of_key(key) or SETTINGS,
                title=title,
                state=VerificationState(state),
                until=date.fromisoformat(until) if until else None,
            )
            for key, title, state, until in checks
        ),
    )
