"""Messages that have to reach others, kept until they have: back-channel logout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ledger.database import Database
from ledger.tables import OUTBOX

LOGOUT = "logout"
"""An account's sessions have ended: `account`, and `sessions` at the embedded provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, and how often it was tried."""

    id: int
    kind: str
    data: Mapping[str, Any]
    created: datetime
    due: datetime
    attempts: int


class Outbox:
    """Messages on their way."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, data: Mapping[str, Any], now: datetime) -> None:
        """Keep a message until it is sent."""
        with self._database.writing() as connection:
            put(connection, kind, data, now)

    def due(self, now: datetime, limit: int = 100) -> tuple[Message, ...]:
        """What is to be sent at `now`, the oldest first."""
        query = select(OUTBOX).where(OUTBOX.c.due <= now).order_by(OUTBOX.c.id).limit(limit)
        with self._database.reading() as connection:
            return tuple(Message(**row) for row in connection.execute(query).mappings())

    def sent(self, message_id: int) -> None:
        """Forget a message that has arrived, or that nobody will take."""
        with self._database.writing() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.id == message_id))

    def later(self, message_id: int, due: datetime) -> None:
        """Try again at `due`."""
        with self._database.writing() as connection:
            connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id == message_id)
                .values(due=due, attempts=OUTBOX.c.attempts + 1)
            )


def put(connection: Connection, kind: str, data: Mapping[str, Any], now: datetime) -> None:
    """Keep a message as part of the transaction that is the reason for it."""
    connection.execute(
        insert(OUTBOX).values(kind=kind, data=dict(data), created=now, due=now, attempts=0)
    )
