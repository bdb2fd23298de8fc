"""A SQLite file that may be thrown away."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from academy.listener import Card

T = TypeVar("T")

# To be raised when what is read from the same bytes changes.
_READING = 1
_PATIENCE = 60.0
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


class Database:
    """One file with tables that can be made again.

    `tables` are the statements that make them. The version of the file is a
    digest of these and of the fields of a card, so nobody has to remember to
    raise it. A file has its version only after its first filling: one that
    was begun and not finished counts as none.
    """

    def __init__(self, path: Path, tables: Sequence[str]) -> None:
        self._path = path
        self._tables = tables
        shape = "\n".join((*tables, *(one.name for one in fields(Card)), str(_READING)))
        self._version = crc32(shape.encode()) & 0x7FFFFFFF

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Read with a connection of its own; a broken file is thrown away first."""
        try:
            return self._attempt(work)
        except sqlite3.DatabaseError as error:
            if not _is_broken(error):
                raise
        with self._alone():
            try:
                return self._attempt(work)
            except sqlite3.DatabaseError as error:
                if not _is_broken(error):
                    raise
            # Whoever has the old file open goes on with it and finds the new one next time.
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
            return self._attempt(work)

    def change(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Write in one transaction, one writer at a time; tables of another shape are made anew."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            if not self.is_built(connection):
                self._make_anew(connection)
            work(connection)
            connection.execute(f"PRAGMA user_version = {self._version}")
            connection.execute("COMMIT")

        self.run(write)

    def is_built(self, connection: sqlite3.Connection) -> bool:
        """Tell whether the file was filled by this version of the program."""
        found: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
        return found[0] == self._version

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        with closing(connection):
            # Cards hold personal data: what is deleted is overwritten (152-FZ).
            connection.execute("PRAGMA secure_delete = ON")
            return work(connection)

    def _make_anew(self, connection: sqlite3.Connection) -> None:
        found = connection.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for sort, name in found:
            quoted = str(name).replace('"', '""')
            connection.execute(f'DROP {sort} "{quoted}"')
        for statement in self._tables:
            connection.execute(statement)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time throw a broken file away."""
        with self._path.with_name(f"{self._path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    """Tell a damaged file from a full disk or a locked one, which throwing away would not help."""
    return error.sqlite_errorcode & 0xFF in _BROKEN
