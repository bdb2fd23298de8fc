"""Noticing cheaply that somebody, in any process, has changed what decisions depend on.

SQLite tells in a few microseconds whether anything was written since
(`PRAGMA data_version`); the counter in the table `changes` then tells whether
that concerned decisions. A database that cannot say so is asked for the counter
each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from ledger.database import Database
from ledger.tables import CHANGES

T = TypeVar("T")


class Watch:
    """A connection that only reads, and remembers what it has seen. For one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._cursor: Any = None
        self._version: object = None
        self._number: int | None = None

    def has_moved(self) -> bool:
        """Tell whether anything has changed since the last time this was asked.

        The first time it has. Raises `LookupError` when there is no counter.
        """
        if self._connection is None:
            self._connection = self._database.engine.connect()
            self._cursor = self._connection.connection.cursor()
        version = self._data_version()
        if version is not None and version == self._version:
            return False
        number = self.one(select(CHANGES.c.number), lambda row: int(row.number))
        if number is None:
            raise LookupError("the counter of changes is gone")
        has_moved = number != self._number
        self._version, self._number = version, number
        return has_moved

    def one(self, query: Select[Any], make: Callable[[Any], T]) -> T | None:
        """Read the one row of a query, if there is one."""
        found = self.every(query, make)
        return found[0] if found else None

    def every(self, query: Select[Any], make: Callable[[Any], T]) -> tuple[T, ...]:
        """Read all rows of a query, as they are now."""
        if self._connection is None:
            raise LookupError("nobody has looked yet")
        with self._connection.begin():
            return tuple(make(row) for row in self._connection.execute(query))

    def close(self) -> None:
        """Close the connection; the next look opens another."""
        connection, self._connection = self._connection, None
        self._cursor, self._version, self._number = None, None, None
        if connection is not None:
            connection.close()

    def _data_version(self) -> object:
        if self._database.engine.dialect.name != "sqlite":
            return None
        return self._cursor.execute("PRAGMA data_version").fetchone()[0]
