"""Files of the record, one a month: SQLite databases of their own, not to disturb readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
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

from ledger.audit.chain import Sealed, next_hash
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
_INSERT = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LAST = "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1"


class Segment:
    """One month of the record."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.database = Database(sqlite_engine(file))

    def make(self) -> None:
        """Make the table, unless it is there."""
        with self.database.writing() as connection:
            _METADATA.create_all(connection)

    def last(self, connection: Connection) -> tuple[int, bytes] | None:
        """The number and the hash of the last row."""
        row = connection.exec_driver_sql(_LAST).one_or_none()
        return (row.number, row.hash) if row else None

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def append(
    connection: Connection, number: int, previous: bytes, entries: Sequence[Sealed]
) -> tuple[int, bytes]:
    """Append entries after row `number` whose hash is `previous`; gives the new end."""
    rows = []
    for entry in entries:
        number += 1
        previous = next_hash(previous, number, entry)
        rows.append(
            (
                number,
                entry.moment,
                entry.action,
                entry.is_allowed,
                entry.rule,
                entry.actor_key,
                entry.actor_box,
                entry.subject_key,
                entry.subject_box,
                previous,
            )
        )
    connection.exec_driver_sql(_INSERT, rows)
    return number, previous


def files(folder: Path) -> list[Path]:
    """The files of the record, the oldest first."""
    return sorted(file for file in folder.iterdir() if _NAME.fullmatch(file.name))


def file_for(folder: Path, moment: int) -> Path:
    """The file to append to: that of the month, but never one before the newest there is."""
    wanted = folder / f"{from_microseconds(moment).astimezone(UTC):%Y-%m}.db"
    return max([wanted, *files(folder)[-1:]], key=lambda file: file.name)


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
