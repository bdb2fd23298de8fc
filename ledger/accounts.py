"""Accounts (clause 4.3): made by staff, blocked at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from academy.access import Role
from academy.account import Account
from ledger.database import Database
from ledger.flows import PROVIDER_SESSION
from ledger.outbox import LOGOUT, put
from ledger.tables import ACCOUNTS, FLOWS, SESSIONS


class AccountUnknownError(LookupError):
    """There is no such account."""


class AccountBlockedError(Exception):
    """The account is blocked."""


class NameTakenError(Exception):
    """There is an account of this id or user name already."""


class Accounts:
    """All accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account) -> None:
        """Make an account. Raises `NameTakenError`."""
        try:
            with self._database.deciding() as connection:
                connection.execute(insert(ACCOUNTS).values(**_row(account)))
        except IntegrityError:
            raise NameTakenError(account.user_name) from None

    def get(self, account_id: str) -> Account | None:
        """Find an account by its id."""
        return self._one(ACCOUNTS.c.id == account_id)

    def by_user_name(self, user_name: str) -> Account | None:
        """Find an account by the name that signs in; case does not matter."""
        return self._one(ACCOUNTS.c.user_name == user_name.strip().casefold())

    def all(self) -> tuple[Account, ...]:
        """Every account, by user name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.user_name))
            return tuple(account_of(row) for row in rows)

    def set_rights(self, account_id: str, roles: Iterable[Role], groups: Iterable[str]) -> None:
        """Replace roles and groups at once. Raises `AccountUnknownError`."""
        words = frozenset(role.value for role in roles)
        self._set(account_id, roles=words, groups=frozenset(groups))

    def set_password_digest(
        self, account_id: str, digest: str, now: datetime, *, must_change: bool = False
    ) -> None:
        """Replace the password. With `must_change` it opens nothing but its own change.

        Sessions go on: whoever changes their own password ends the other ones by
        `Sessions.end_all`, staff use `reset_password`. Raises `AccountUnknownError`.
        """
        self._set(
            account_id,
            password_digest=digest,
            must_change_password=must_change,
            password_changed=now,
        )

    def reset_password(self, account_id: str, digest: str, now: datetime) -> None:
        """Replace a password by one that has to be changed, and end everything that is open.

        Raises `AccountUnknownError`.
        """
        values = {"password_digest": digest, "must_change_password": True}
        with self._database.deciding() as connection:
            _found(connection, account_id)
            connection.execute(
                update(ACCOUNTS)
                .where(ACCOUNTS.c.id == account_id)
                .values(password_changed=now, **values)
            )
            end_everything(connection, account_id, now)

    def block(self, account_id: str, now: datetime) -> bool:
        """Close an account: its sessions are gone with the same commit (clause 4.5).

        Other services are told through the outbox. Gives False when it was
        closed already. Raises `AccountUnknownError`.
        """
        with self._database.deciding() as connection:
            was_blocked = _found(connection, account_id).is_blocked
            connection.execute(
                update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(is_blocked=True)
            )
            end_everything(connection, account_id, now)
            return not was_blocked

    def unblock(self, account_id: str) -> None:
        """Open an account again; its sessions stay gone. Raises `AccountUnknownError`."""
        self._set(account_id, is_blocked=False)

    def remove(self, account_id: str, now: datetime) -> None:
        """Remove an account with everything of it, as when a person is forgotten (152-FZ)."""
        with self._database.deciding() as connection:
            end_everything(connection, account_id, now)
            connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account_id))

    def _one(self, condition: Any) -> Account | None:  # noqa: ANN401 - of SQLAlchemy
        with self._database.reading() as connection:
            row = connection.execute(select(ACCOUNTS).where(condition)).one_or_none()
            return account_of(row) if row else None

    def _set(self, account_id: str, **values: object) -> None:
        with self._database.deciding() as connection:
            _found(connection, account_id)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(**values))


def account_of(row: Row[Any]) -> Account:
    """Make an account of its row."""
    return Account(
        id=row.id,
        user_name=row.user_name,
        created=row.created,
        person=row.person,
        roles=frozenset(Role(role) for role in row.roles),
        groups=row.groups,
        is_blocked=row.is_blocked,
        must_change_password=row.must_change_password,
        password_digest=row.password_digest,
        password_changed=row.password_changed,
    )


def end_everything(connection: Connection, account_id: str, now: datetime) -> None:
    """End what an account has open, here and at other services."""
    rows = connection.execute(
        delete(FLOWS).where(FLOWS.c.account == account_id).returning(FLOWS.c.kind, FLOWS.c.data)
    )
    at_provider = [row.data for row in rows if row.kind == PROVIDER_SESSION]
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account_id))
    put(connection, LOGOUT, {"account": account_id, "sessions": at_provider}, now)


def _found(connection: Connection, account_id: str) -> Row[Any]:
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account_id)).one_or_none()
    if row is None:
        raise AccountUnknownError(account_id)
    return row


def _row(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "user_name": account.user_name.casefold(),
        "created": account.created,
        "person": account.person,
        "roles": frozenset(role.value for role in account.roles),
        "groups": account.groups,
        "is_blocked": account.is_blocked,
        "must_change_password": account.must_change_password,
        "password_digest": account.password_digest,
        "password_changed": account.password_changed,
    }
