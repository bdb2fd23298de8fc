"""Keys that the embedded provider signs with, sealed; they change and overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from ledger.database import Database
from ledger.seal import Seal
from ledger.tables import SIGNING_KEYS

_PURPOSE = "signing-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key: `private` in whatever form its user likes, `public` as it is published.

    It signs from `signs_from` until `signs_until`, and is published from
    `created` until `published_until`: long enough to check what it signed last.
    """

    id: str
    private: bytes
    public: Mapping[str, Any]
    created: datetime
    signs_from: datetime
    signs_until: datetime
    published_until: datetime

    def __repr__(self) -> str:
        """Name the key without telling it."""
        return f"SigningKey({self.id!r})"


class SigningKeys:
    """All signing keys."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    def add(self, key: SigningKey) -> None:
        """Keep a new key."""
        with self._database.writing() as connection:
            connection.execute(insert(SIGNING_KEYS).values(self._row(key)))

    def replace_all(self, key: SigningKey) -> None:
        """Keep this key alone: all others are destroyed with the same commit.

        Raises `ledger.database.NotWipedError` when they still stand in a journal.
        """
        with self._database.writing() as connection:
            connection.execute(delete(SIGNING_KEYS))
            connection.execute(insert(SIGNING_KEYS).values(self._row(key)))
        self._database.wipe()

    def signing(self, now: datetime) -> SigningKey | None:
        """The key to sign with at `now`: of several, the newest."""
        query = (
            select(SIGNING_KEYS)
            .where(SIGNING_KEYS.c.signs_from <= now, SIGNING_KEYS.c.signs_until > now)
            .order_by(SIGNING_KEYS.c.signs_from.desc(), SIGNING_KEYS.c.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            return self._key(row) if row else None

    def published(self, now: datetime) -> tuple[SigningKey, ...]:
        """The keys whose public part is shown at `now`, those to come included."""
        query = (
            select(SIGNING_KEYS)
            .where(SIGNING_KEYS.c.published_until > now)
            .order_by(SIGNING_KEYS.c.created, SIGNING_KEYS.c.id)
        )
        with self._database.reading() as connection:
            return tuple(self._key(row) for row in connection.execute(query))

    def sweep(self, now: datetime) -> None:
        """Destroy keys that are of no use any more."""
        with self._database.writing() as connection:
            connection.execute(delete(SIGNING_KEYS).where(SIGNING_KEYS.c.published_until <= now))

    def _row(self, key: SigningKey) -> dict[str, object]:
        values = {name: getattr(key, name) for name in SigningKey.__slots__ if name != "private"}
        return {"sealed": self._seal.seal(key.private, _PURPOSE), **values}

    def _key(self, row: Row[Any]) -> SigningKey:
        values = {name: getattr(row, name) for name in SigningKey.__slots__ if name != "private"}
        return SigningKey(private=self._seal.open(row.sealed, _PURPOSE), **values)
