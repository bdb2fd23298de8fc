"""Putting rows at the end of a file of the record, in as few steps of the database as can be.

At each step the driver lets other threads run, and then waits until they let it run again:
with a busy event loop beside it that is the price of a commit. So rows go in by many at a
step, and nothing stands between this and the driver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ledger.audit.chain import Sealed, next_hash
from ledger.audit.segments import Segment

_LAST = "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1"
_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# Few sizes, so that each statement is prepared once; SQLite takes 999 values in the least.
_SIZES = (64, 32, 16, 8, 4, 2, 1)
_INSERT = "INSERT INTO entries VALUES "
_INSERTS = {size: _INSERT + ", ".join([_ROW] * size) for size in _SIZES}


class End:
    """The end of one file, kept open for as long as it is written to."""

    def __init__(self, segment: Segment) -> None:
        self._connection = segment.database.engine.raw_connection()
        self._driver: Any = self._connection.driver_connection

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: what was appended is durable when the block is left without an error."""
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._driver.execute("COMMIT")
        except BaseException:
            self._driver.rollback()
            raise

    def last(self) -> tuple[int, bytes] | None:
        """The number and the hash of the last row."""
        found: tuple[int, bytes] | None = self._driver.execute(_LAST).fetchone()
        return found

    def rehearse(self) -> None:
        """Write something that is no row, within `writing`: a mark that changes each time."""
        (mark,) = self._driver.execute("PRAGMA user_version").fetchone()
        self._driver.execute(f"PRAGMA user_version = {1 - mark}")

    def append(self, number: int, previous: bytes, entries: Sequence[Sealed]) -> tuple[int, bytes]:
        """Append entries after row `number` whose hash is `previous`; gives the new end."""
        place = 0
        for size in _SIZES:
            while len(entries) - place >= size:
                values: list[object] = []
                for entry in entries[place : place + size]:
                    number += 1
                    previous = next_hash(previous, number, entry)
                    values += _row(number, entry, previous)
                self._driver.execute(_INSERTS[size], values)
                place += size
        return number, previous

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _row(number: int, entry: Sealed, hash_of_row: bytes) -> tuple[object, ...]:
    return (
        number,
        entry.moment,
        entry.action,
        entry.is_allowed,
        entry.rule,
        entry.actor_key,
        entry.actor_box,
        entry.subject_key,
        entry.subject_box,
        hash_of_row,
    )
