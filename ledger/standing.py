"""Everything a decision needs, as it is at this moment, read fresh for each request.

What was read is kept as long as nobody has changed anything: the database
tells cheaply whether any process has written (`data_version` of SQLite), and
the counter in the table `changes` whether that concerned decisions.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from academy.access import ShareLink, Visitor
from academy.account import Account, Session
from academy.consent import Consent, Purpose, purposes_in_force
from ledger.accounts import account_of
from ledger.consents import consent_of
from ledger.database import Database
from ledger.sessions import session_of
from ledger.shares import Share, share_of
from ledger.tables import (
    ACCOUNTS,
    ACKNOWLEDGEMENTS,
    CHANGES,
    CONSENTS,
    PEOPLE,
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
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who asks, with which session; and whose data it is, None for somebody unknown."""

    visitor: Visitor | None = None
    account: Account | None = None
    session: Session | None = None
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
class _SignedIn:
    session: Session
    account: Account
    versions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Person:
    group: str
    is_open: bool
    consents: tuple[Consent, ...]


class Standings:
    """Answers for one process; safe to ask from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._cursor: Any = None
        self._version: object = None
        self._number = -1
        self._signed_in: dict[bytes, _SignedIn | None] = {}
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
        with self._lock:
            try:
                self._look()
                signed_in = self._session(session_hash, now) if session_hash else None
                owner = self._owner(person, now) if person else None
            except Exception as error:
                self._forget()
                raise LedgerUnreadableError(type(error).__name__) from error
        if signed_in is None:
            return Standing(owner=owner)
        account = signed_in.account
        visitor = Visitor(
            account=account.id,
            roles=account.roles,
            groups=account.groups,
            is_blocked=account.is_blocked,
            has_acknowledged_rules=not rules or rules in signed_in.versions,
            must_change_password=account.must_change_password,
        )
        return Standing(visitor=visitor, account=account, session=signed_in.session, owner=owner)

    def of_share(self, token: str, now: datetime) -> ShareStanding:
        """Give what a link for outside readers opens. Raises `LedgerUnreadableError`."""
        key = token_hash(token)
        with self._lock:
            try:
                self._look()
                share = _kept(self._shares, key, lambda: self._read_share(key))
                owner = self._owner(share.person, now) if share else None
            except Exception as error:
                self._forget()
                raise LedgerUnreadableError(type(error).__name__) from error
        if share is None:
            return ShareStanding()
        link = ShareLink(
            person=share.person, expires=share.expires, revoked=share.revoked is not None
        )
        return ShareStanding(link=link, share=share, owner=owner)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._forget()

    def _look(self) -> None:
        """Drop what is kept if anybody has changed what decisions depend on."""
        if self._connection is None:
            self._connection = self._database.engine.connect()
            self._cursor = self._connection.connection.cursor()
        version = self._data_version()
        if version == self._version and version is not None:
            return
        number = self._one(select(CHANGES.c.number), lambda row: int(row.number))
        if number != self._number:
            self._signed_in.clear()
            self._people.clear()
            self._shares.clear()
        if number is None:
            raise LookupError("the counter of changes is gone")
        self._version, self._number = version, number

    def _data_version(self) -> object:
        """What SQLite says has changed since; None with a database that cannot say."""
        if self._database.engine.dialect.name != "sqlite":
            return None
        self._cursor.execute("PRAGMA data_version")
        return self._cursor.fetchone()[0]

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._cursor, self._version, self._number = None, None, None, -1
        self._signed_in.clear()
        self._people.clear()
        self._shares.clear()

    def _session(self, key: bytes, now: datetime) -> _SignedIn | None:
        found = _kept(self._signed_in, key, lambda: self._read_session(key))
        if found is not None and not found.session.is_alive(now):
            # Its last use may have been written by another process, without a word to this one.
            found = self._signed_in[key] = self._read_session(key)
        return found if found is not None and found.session.is_alive(now) else None

    def _owner(self, person: str, now: datetime) -> Owner | None:
        found = _kept(self._people, person, lambda: self._read_person(person))
        if found is None:
            return None
        return Owner(
            person=person,
            group=found.group,
            is_open=found.is_open,
            purposes=purposes_in_force(found.consents, now),
        )

    def _read_session(self, key: bytes) -> _SignedIn | None:
        session = self._one(select(SESSIONS).where(SESSIONS.c.token_hash == key), session_of)
        if session is None:
            return None
        account = self._one(select(ACCOUNTS).where(ACCOUNTS.c.id == session.account), account_of)
        versions = self._all(
            select(ACKNOWLEDGEMENTS.c.version).where(ACKNOWLEDGEMENTS.c.account == session.account),
            lambda row: str(row.version),
        )
        return None if account is None else _SignedIn(session, account, frozenset(versions))

    def _read_person(self, person: str) -> _Person | None:
        row = self._one(select(PEOPLE).where(PEOPLE.c.person == person), lambda row: row)
        if row is None:
            return None
        blocked = self._one(
            select(ACCOUNTS.c.is_blocked).where(ACCOUNTS.c.id == person),
            lambda row: bool(row.is_blocked),
        )
        consents = self._all(select(CONSENTS).where(CONSENTS.c.person == person), consent_of)
        return _Person(row.group_id, row.is_open and not blocked, consents)

    def _read_share(self, key: bytes) -> Share | None:
        return self._one(select(SHARES).where(SHARES.c.token_hash == key), share_of)

    def _one(self, query: Select[Any], make: Callable[[Any], T]) -> T | None:
        found = self._all(query, make)
        return found[0] if found else None

    def _all(self, query: Select[Any], make: Callable[[Any], T]) -> tuple[T, ...]:
        if self._connection is None:
            raise LookupError("nobody has looked yet")
        with self._connection.begin():
            return tuple(make(row) for row in self._connection.execute(query))


def _kept(store: dict[Any, T], key: object, read: Callable[[], T]) -> T:
    """Give what is kept under a key, or read and keep it; a full store begins anew."""
    try:
        return store[key]
    except KeyError:
        if len(store) >= _MOST_KEPT:
            store.clear()
        store[key] = found = read()
        return found
