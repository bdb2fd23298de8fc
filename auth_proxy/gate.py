"""The gate: who asks, what the access table says, and the line in the record of access.

Everything is read fresh for each request. What cannot be read or written down is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from academy.access import Decision, Place, Resource, Role, Rule, Visitor, decide
from academy.account import Session
from academy.audit import Action, AuditEntry
from auth_proxy.asking import Asking
from auth_proxy.knocks import Knocks
from auth_proxy.sign_in.cookies import Cookie, Jar
from ledger.opening import Ledger
from ledger.sessions import TOUCH_AFTER
from ledger.standing import Owner, ShareStanding, Standing
from ledger.tokens import token_hash

_MOST_TOUCHED = 10_000
_ROLE_OF_RULE = {
    Rule.OWN_CABINET: (Role.LISTENER,),
    Rule.RESPONSIBLE_FOR_GROUP: (Role.REVIEWER,),
    Rule.WHOLE_ACADEMY: (Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR),
}


class NotRecordedError(Exception):
    """A decision could not be written down: nothing may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decision about one request, with what it was made of.

    `person` is whose data was asked for, `is_known` whether there is such a person; `asked` is
    the id or the token that the address names.
    """

    decision: Decision
    at: datetime
    asked: str
    person: str = ""
    is_known: bool = True
    visitor: Visitor | None = None
    session: Session | None = None
    projection: str = ""


@dataclass(slots=True)
class Gate:
    """Asks the access table. `rules` gives the version of the rules of use in force."""

    ledger: Ledger
    jar: Jar
    now: Callable[[], datetime]
    rules: Callable[[], str]
    knocks: Knocks
    _touched: dict[str, datetime] = field(default_factory=dict)
    _touching: set[asyncio.Task[None]] = field(default_factory=set)

    def token(self, asking: Asking) -> str | None:
        """The token of the session that a request brings, if it brings one that could be one."""
        if b"cookie" not in asking.headers:
            return None
        return self.jar.read_token(Cookie.SESSION, asking.scope["headers"])

    def standing(self, asking: Asking, person: str | None = None) -> Standing:
        """Who asks, and the state of whose data it is. Raises `LedgerUnreadableError`."""
        token = self.token(asking)
        key = token_hash(token) if token else None
        return self.ledger.standing(key, person, self.now(), self.rules())

    def judge(self, asking: Asking, place: Place, person: str) -> Judged:
        """Decide whether the asking one may read at a place. Raises `LedgerUnreadableError`."""
        at = self.now()
        standing = self.standing(asking, person)
        decision = decide(standing.visitor, _resource(place, person, standing.owner), at)
        return Judged(
            decision=decision,
            at=at,
            asked=person,
            person=person,
            is_known=standing.owner is not None,
            visitor=standing.visitor,
            session=standing.session,
            projection=decision.projection.value if decision.projection else "",
        )

    def judge_link(self, token: str) -> Judged:
        """Decide whether a link opens anything. Raises `LedgerUnreadableError`."""
        at = self.now()
        standing: ShareStanding = self.ledger.share_standing(token, at)
        person = standing.link.person if standing.link else ""
        resource = _resource(Place.SHARE_LINK, person, standing.owner)
        decision = decide(None, resource, at, standing.link)
        name = f"share-{standing.share.id}" if standing.share else ""
        return Judged(decision=decision, at=at, asked=token, person=person, projection=name)

    async def record(self, asking: Asking, judged: Judged, path: str, commit: str = "") -> None:
        """Write a decision down; comes back when it is durable. Raises `NotRecordedError`.

        Of refusals of people who are not signed in a line stands for many (`knocks.py`).
        """
        entry = _entry(asking, judged, path, commit)
        is_nobody = judged.visitor is None and not judged.decision.is_allowed
        try:
            if is_nobody:
                await self.knocks.record(entry, judged.asked)
            else:
                await self.ledger.audit.record(entry)
        except Exception as error:
            raise NotRecordedError from error

    def note_use(self, session: Session | None, at: datetime) -> None:
        """Keep a session from counting as idle: written at most once a minute, and beside."""
        if session is None or at - self._touched.get(session.id, session.touched) < TOUCH_AFTER:
            return
        if len(self._touched) >= _MOST_TOUCHED:
            self._touched.clear()
        self._touched[session.id] = at
        task = asyncio.get_running_loop().create_task(self._touch(session, at))
        self._touching.add(task)
        task.add_done_callback(self._touching.discard)

    async def _touch(self, session: Session, at: datetime) -> None:
        await asyncio.to_thread(self.ledger.sessions.touch, session, at)


def _resource(place: Place, person: str, owner: Owner | None) -> Resource:
    """What is asked for. Somebody unknown is closed to everyone, and to the same words."""
    if owner is None:
        return Resource(place=place, person=person, owner_is_open=False)
    return owner.resource(place)


def _entry(asking: Asking, judged: Judged, path: str, commit: str) -> AuditEntry:
    visitor, session = judged.visitor, judged.session
    details = {"session": session.id} if session else {}
    if judged.person and not judged.is_known:
        # Under the number of somebody who was forgotten nothing is to be written again.
        details["unknown"] = judged.person
    return AuditEntry(
        moment=judged.at,
        action=Action.READ,
        actor=visitor.account if visitor else "",
        role=_role(visitor, judged.decision),
        how=asking.client.host,
        person=judged.person if judged.is_known else "",
        projection=judged.projection,
        path=path,
        commit=commit,
        is_allowed=judged.decision.is_allowed,
        rule=judged.decision.rule.value,
        details=details,
    )


def _role(visitor: Visitor | None, decision: Decision) -> str:
    """The role a decision was made for: the one its rule names, or all there are."""
    if visitor is None:
        return ""
    wanted = _ROLE_OF_RULE.get(decision.rule, ())
    acting = next((role for role in wanted if role in visitor.roles), None)
    return acting.value if acting else ",".join(sorted(role.value for role in visitor.roles))
