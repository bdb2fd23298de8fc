"""What lives for a while under a secret key: sign-ins under way, codes, sessions of the provider.

Only the SHA-256 of the key is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from ledger.database import Database
from ledger.tables import FLOWS
from ledger.tokens import token_hash

PROVIDER_SESSION = "provider-session"
"""The kind of a session of the embedded provider; other services are told when it ends."""


class Flows:
    """Everything of this sort, by kind and key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        kind: str,
        key: str,
        data: Mapping[str, Any],
        expires: datetime,
        account: str | None = None,
    ) -> None:
        """Keep `data` until `expires`; what belongs to an account is gone when it is blocked."""
        values = {"account": account, "data": dict(data), "expires": expires}
        with self._database.writing() as connection:
            connection.execute(delete(FLOWS).where(_is(kind, key)))
            connection.execute(insert(FLOWS).values(kind=kind, key=token_hash(key), **values))

    def get(self, kind: str, key: str, now: datetime) -> Mapping[str, Any] | None:
        """Look at what is kept, if it has not expired."""
        query = select(FLOWS.c.data).where(_is(kind, key), FLOWS.c.expires > now)
        with self._database.reading() as connection:
            found: Mapping[str, Any] | None = connection.execute(query).scalar_one_or_none()
            return found

    def take(self, kind: str, key: str, now: datetime) -> Mapping[str, Any] | None:
        """Take out what is kept: of several who try at once, one gets it."""
        query = delete(FLOWS).where(_is(kind, key)).returning(FLOWS.c.data, FLOWS.c.expires)
        with self._database.writing() as connection:
            row = connection.execute(query).one_or_none()
        return row.data if row is not None and row.expires > now else None

    def change(self, kind: str, key: str, data: Mapping[str, Any]) -> bool:
        """Replace what is kept, until the same moment; False when there is nothing any more."""
        query = update(FLOWS).where(_is(kind, key)).values(data=dict(data))
        with self._database.writing() as connection:
            return connection.execute(query).rowcount == 1

    def of_account(self, kind: str, account: str, now: datetime) -> tuple[Mapping[str, Any], ...]:
        """Everything of one kind that belongs to an account."""
        query = select(FLOWS.c.data).where(
            FLOWS.c.kind == kind, FLOWS.c.account == account, FLOWS.c.expires > now
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def drop(self, kind: str, key: str) -> None:
        """Forget what is kept."""
        with self._database.writing() as connection:
            connection.execute(delete(FLOWS).where(_is(kind, key)))

    def sweep(self, now: datetime) -> None:
        """Forget everything that has expired."""
        with self._database.writing() as connection:
            connection.execute(delete(FLOWS).where(FLOWS.c.expires <= now))


def _is(kind: str, key: str) -> ColumnElement[bool]:
    return and_(FLOWS.c.kind == kind, FLOWS.c.key == token_hash(key))
