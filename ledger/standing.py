"""Everything a decision needs, as it is at this moment, read fresh for each request.

What was read is kept only as long as nobody has changed anything (`ledger/changes.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from academy.access import Place, Resource, ShareLink, Visitor
from academy.account import Account, Session
from academy.consent import Consent, Purpose, purposes_in_force
from ledger.accounts import account_of
from ledger.changes import Watch
from ledger.consents import consent_of
from ledger.database import Database
from ledger.personal_tokens import PersonalToken, token_of
from ledger.sessions import session_of
from ledger.shares import Share, share_of
from ledger.tables import (
    ACCOUNTS,
    ACKNOWLEDGEMENTS,
    CONSENTS,
    PEOPLE,
    PERSONAL_TOKENS,
    SESSIONS,
    SHARES,
)
from ledger.tokens import token_hash

T = TypeVar("T")

_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The state of whose data is asked for."""

    person: str
    group: str
    is_open: bool
    is_frozen: bool = False
    purposes: frozenset[Purpose] = frozenset()

    def resource(self, place: Place) -> Resource:
        """Make what `academy.access.decide` is asked about."""
        return Resource(
            place=place,
            person=self.person,
            group=self.group,
            owner_is_open=self.is_open,
            owner_is_frozen=self.is_frozen,
            purposes=self.purposes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who asks, with which session or token; and whose data it is, None for somebody unknown."""

    visitor: Visitor | None = None
    account: Account | None = None
    session: Session | None = None
    token: PersonalToken | None = None
    owner: Owner | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareStanding:
    """What a link for outside readers is worth: `link` is None when its token is unknown."""

    link: ShareLink | None = None
    share: Share | None = None
    owner: Owner | None = None


class LedgerUnreadableError(Exception):
    """The ledger cannot be read: whoever asks has to refuse."""


@dataclass(frozen=True, slots=True)
class _Known:
    account: Account
    versions: frozenset[str]
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, rules: str) -> Visitor:
        """The account as it asks for something, when `rules` are the rules of use in force."""
        found = self.visitors.get(rules)
        if found is None:
            self.visitors.clear()
            found = self.visitors[rules] = self._visitor(rules)
        return found

    def _visitor(self, rules: str) -> Visitor:
        account = self.account
        return Visitor(
            account=account.id,
            roles=account.roles,
            groups=account.groups,
            is_blocked=account.is_blocked,
            must_change_password=account.must_change_password,
            has_acknowledged_rules=not rules or rules in self.versions,
        )


@dataclass(frozen=True, slots=True)
class _Person:
    group: str
    is_open: bool
    is_frozen: bool
    consents: tuple[Consent, ...]


class Standings:
    """Answers for one process; safe to ask from several threads."""

    def __init__(self, database: Database) -> None:
        self._watch = Watch(database)
        self._looking = _Looking(self._watch, self._forget)
        self._sessions: dict[bytes, tuple[Session, _Known] | None] = {}
        self._tokens: dict[bytes, tuple[PersonalToken, _Known] | None] = {}
        self._people: dict[str, _Person | None] = {}
        self._shares: dict[bytes, Share | None] = {}

    def of(
        self, session_hash: bytes | None, person: str | None, now: datetime, rules: str = ""
    ) -> Standing:
        """Give what `academy.access.decide` needs.

        `session_hash` is `ledger.tokens.token_hash` of the cookie, `rules` the
        version of the rules of use in force (empty: none to acknowledge).
        Raises `LedgerUnreadableError`.
        """
        with self._looking:
            found = self._session(session_hash, now) if session_hash else None
            owner = self._owner(person, now) if person else None
        if found is None:
            return Standing(owner=owner)
        session, known = found
        return Standing(
            visitor=known.visitor(rules), account=known.account, session=session, owner=owner
        )

    def of_token(self, secret: str, person: str | None, now: datetime, rules: str = "") -> Standing:
        """Give the same for a personal token. Raises `LedgerUnreadableError`."""
        key = token_hash(secret)
        with self._looking:
            found = _kept(self._tokens, key, lambda: self._read_token(key))
            owner = self._owner(person, now) if person else None
        if found is None or now >= found[0].expires:
            return Standing(owner=owner)
        token, known = found
        return Standing(
            visitor=known.visitor(rules), account=known.account, token=token, owner=owner
        )

    def of_share(self, token: str, now: datetime) -> ShareStanding:
        """Give what a link for outside readers opens. Raises `LedgerUnreadableError`."""
        key = token_hash(token)
        with self._looking:
            share = _kept(self._shares, key, lambda: self._read_share(key))
            owner = self._owner(share.person, now) if share else None
        if share is None:
            return ShareStanding()
        link = ShareLink(
            person=share.person, expires=share.expires, revoked=share.revoked is not None
        )
        return ShareStanding(link=link, share=share, owner=owner)

    def close(self) -> None:
        """Close the connection."""
        self._looking.close()

    def _forget(self) -> None:
        for store in (self._sessions, self._tokens, self._people, self._shares):
            store.clear()

    def _session(self, key: bytes, now: datetime) -> tuple[Session, _Known] | None:
        found = _kept(self._sessions, key, lambda: self._read_session(key))
        if found is not None and not found[0].is_alive(now):
            # Its last use may have been written by another process, without a word to this one.
            found = self._sessions[key] = self._read_session(key)
        return found if found is not None and found[0].is_alive(now) else None

    def _owner(self, person: str, now: datetime) -> Owner | None:
        found = _kept(self._people, person, lambda: self._read_person(person))
        if found is None:
            return None
        return Owner(
            person=person,
            group=found.group,
            is_open=found.is_open,
            is_frozen=found.is_frozen,
            purposes=purposes_in_force(found.consents, now),
        )

    def _read_session(self, key: bytes) -> tuple[Session, _Known] | None:
        query = select(SESSIONS).where(SESSIONS.c.token_hash == key)
        session = self._watch.one(query, session_of)
        known = self._read_account(session.account) if session else None
        return (session, known) if session and known else None

    def _read_token(self, key: bytes) -> tuple[PersonalToken, _Known] | None:
        query = select(PERSONAL_TOKENS).where(PERSONAL_TOKENS.c.token_hash == key)
        token = self._watch.one(query, token_of)
        known = self._read_account(token.account) if token else None
        return (token, known) if token and known else None

    def _read_account(self, account_id: str) -> _Known | None:
        account = self._watch.one(select(ACCOUNTS).where(ACCOUNTS.c.id == account_id), account_of)
        versions = self._watch.every(
            select(ACKNOWLEDGEMENTS.c.version).where(ACKNOWLEDGEMENTS.c.account == account_id),
            lambda row: str(row.version),
        )
        return _Known(account, frozenset(versions)) if account else None

    def _read_person(self, person: str) -> _Person | None:
        row = self._watch.one(select(PEOPLE).where(PEOPLE.c.person == person), lambda row: row)
        if row is None:
            return None
        blocked = self._watch.one(
            select(ACCOUNTS.c.is_blocked).where(ACCOUNTS.c.id == person),
            lambda row: bool(row.is_blocked),
        )
        query = select(CONSENTS).where(CONSENTS.c.person == person)
        consents = self._watch.every(query, consent_of)
        return _Person(row.group_id, row.is_open and not blocked, row.is_frozen, consents)

    def _read_share(self, key: bytes) -> Share | None:
        return self._watch.one(select(SHARES).where(SHARES.c.token_hash == key), share_of)


class _Looking:
    """One look: what is kept is dropped first if anything has changed. One thread at a time."""

    __slots__ = ("_forget", "_lock", "_watch")

    def __init__(self, watch: Watch, forget: Callable[[], None]) -> None:
        self._watch, self._forget = watch, forget
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()
        try:
            if self._watch.has_moved():
                self._forget()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        try:
            if error is not None:
                self._forget()
                self._watch.close()
        finally:
            self._lock.release()
        if isinstance(error, Exception):
            raise LedgerUnreadableError(type(error).__name__) from error

    def close(self) -> None:
        """Drop everything."""
        with self._lock:
            self._forget()
            self._watch.close()


def _kept(store: dict[Any, T], key: object, read: Callable[[], T]) -> T:
    """Give what is kept under a key, or read and keep it; a full store begins anew."""
    try:
        return store[key]
    except KeyError:
        if len(store) >= _MOST_KEPT:
            store.clear()
        store[key] = found = read()
        return found
