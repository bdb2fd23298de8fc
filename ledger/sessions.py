"""Signed-in browsers: of the token in the cookie only the hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from academy.account import Session
from ledger.accounts import AccountBlockedError, AccountUnknownError
from ledger.database import Database
from ledger.tables import ACCOUNTS, SESSIONS
from ledger.tokens import new_id, new_token, token_hash

TOUCH_AFTER = timedelta(minutes=1)
"""How old the last use may be before it is written down anew."""


class Sessions:
    """All sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(  # noqa: PLR0913 - what a session is made of, by name
        self,
        account: str,
        now: datetime,
        *,
        idle: timedelta,
        absolute: timedelta,
        label: str = "",
        provider: str = "",
        subject: str = "",
        provider_session: str = "",
        id_token: str = "",
    ) -> tuple[str, Session]:
        """Begin a session; gives the token for the cookie, which nobody can ask for again.

        Raises `AccountUnknownError`, and `AccountBlockedError` when the account
        was closed while its owner was signing in.
        """
        token = new_token()
        session = Session(
            id=new_id(),
            account=account,
            created=now,
            touched=now,
            expires=now + absolute,
            idle_seconds=int(idle.total_seconds()),
            label=label[:200],
            provider=provider,
            subject=subject,
            provider_session=provider_session,
            id_token=id_token,
        )
        values = {name: getattr(session, name) for name in Session.__slots__}
        with self._database.deciding() as connection:
            blocked = connection.execute(
                select(ACCOUNTS.c.is_blocked).where(ACCOUNTS.c.id == account)
            ).scalar_one_or_none()
            if blocked is None:
                raise AccountUnknownError(account)
            if blocked:
                raise AccountBlockedError(account)
            connection.execute(insert(SESSIONS).values(token_hash=token_hash(token), **values))
        return token, session

    def touch(self, session: Session, now: datetime) -> bool:
        """Note that a session is used, at most once a minute; gives whether it was written.

        What others have cached of it stays good: they look again before they
        take a session for idle.
        """
        if now - session.touched < TOUCH_AFTER:
            return False
        query = (
            update(SESSIONS)
            .where(SESSIONS.c.id == session.id, SESSIONS.c.touched < now)
            .values(touched=now)
        )
        with self._database.writing() as connection:
            return connection.execute(query).rowcount == 1

    def of_account(self, account: str, now: datetime) -> tuple[Session, ...]:
        """The living sessions of an account, the one used last first."""
        query = (
            select(SESSIONS)
            .where(SESSIONS.c.account == account, SESSIONS.c.expires > now)
            .order_by(SESSIONS.c.touched.desc())
        )
        with self._database.reading() as connection:
            found = [session_of(row) for row in connection.execute(query)]
        return tuple(session for session in found if session.is_alive(now))

    def end(self, session_id: str, account: str) -> bool:
        """End a session of an account; False when there is none of this id."""
        return bool(self._end(SESSIONS.c.id == session_id, SESSIONS.c.account == account))

    def end_all(self, account: str, keep: str = "") -> tuple[Session, ...]:
        """End every session of an account, save the one whose id is `keep`; gives the ended."""
        return self._end(SESSIONS.c.account == account, SESSIONS.c.id != keep)

    def end_at_provider(
        self, provider: str, *, provider_session: str = "", subject: str = ""
    ) -> tuple[Session, ...]:
        """End what a logout token of a provider names: one session, or all of a subject."""
        if not (provider_session or subject):
            return ()
        conditions = [SESSIONS.c.provider == provider]
        if provider_session:
            conditions.append(SESSIONS.c.provider_session == provider_session)
        if subject:
            conditions.append(SESSIONS.c.subject == subject)
        return self._end(*conditions)

    def sweep(self, now: datetime) -> None:
        """Forget sessions that are over."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= now))

    def _end(self, *conditions: ColumnElement[bool]) -> tuple[Session, ...]:
        query = delete(SESSIONS).where(*conditions).returning(SESSIONS)
        with self._database.deciding() as connection:
            return tuple(session_of(row) for row in connection.execute(query))


def session_of(row: Row[Any]) -> Session:
    """Make a session of its row."""
    return Session(**{name: getattr(row, name) for name in Session.__slots__})
