"""Files of the record, one a month: SQLite databases of their own, not to disturb readers."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import UTC
from functools import lru_cache
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    select,
)

from ledger.audit.chain import Sealed
from ledger.columns import from_microseconds
from ledger.database import Database, sqlite_engine

_METADATA = MetaData()
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}\.db")

ENTRIES = Table(
    "entries",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("moment", Integer, nullable=False),
    Column("action", String(32), nullable=False),
    Column("is_allowed", Integer, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("actor_key", Integer, nullable=False),
    Column("actor_box", LargeBinary, nullable=False),
    Column("subject_key", Integer, nullable=False),
    Column("subject_box", LargeBinary, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index("entries_by_actor", "actor_key"),
    Index("entries_by_subject", "subject_key"),
)
_SETTLED_NANOSECONDS = 1_000_000_000
_DAY = 24 * 60 * 60 * 1_000_000


class Segment:
    """One month of the record."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.database = Database(sqlite_engine(file))

    def make(self) -> None:
        """Make the table, unless it is there."""
        with self.database.writing() as connection:
            _METADATA.create_all(connection)

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def files(folder: Path) -> list[Path]:
    """The files of the record, the oldest first."""
    return sorted(file for file in folder.iterdir() if _NAME.fullmatch(file.name))


class Files:
    """The files of the record, listed again when something has come or gone in their folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed = -1
        self._listed: list[Path] = []

    def all(self) -> list[Path]:
        """Every file, the oldest first."""
        changed = os.stat(self.folder).st_mtime_ns  # noqa: PTH116 - once a commit
        if changed != self._changed:
            self._listed = files(self.folder)
            # A second change within one tick of the clock would not be seen.
            is_settled = time.time_ns() - changed > _SETTLED_NANOSECONDS
            self._changed = changed if is_settled else -1
        return self._listed

    def of(self, moment: int) -> Path:
        """The file to append to: that of the month, but never one before the newest there is."""
        wanted = self.folder / _name_for(moment // _DAY)
        newest = self.all()[-1:]
        return newest[0] if newest and newest[0].name > wanted.name else wanted


@lru_cache(maxsize=8)
def _name_for(day: int) -> str:
    return f"{from_microseconds(day * _DAY).astimezone(UTC):%Y-%m}.db"


Row = tuple[int, Sealed, bytes]
"""The number of a row, its entry, its hash."""


def rows(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Row]:
    """Read rows in the order of their numbers, a few at a time."""
    query = select(ENTRIES).where(*conditions).order_by(ENTRIES.c.number)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield row.number, sealed_of(row), row.hash


def newest_rows(connection: Connection, limit: int, *conditions: ColumnElement[bool]) -> list[Row]:
    """Read the last rows, in the order of their numbers."""
    query = select(ENTRIES).where(*conditions).order_by(ENTRIES.c.number.desc()).limit(limit)
    found = [(row.number, sealed_of(row), row.hash) for row in connection.execute(query)]
    return found[::-1]


def sealed_of(row: object) -> Sealed:
    """Make an entry of its row."""
    return Sealed(**{name: getattr(row, name) for name in Sealed.__slots__})
