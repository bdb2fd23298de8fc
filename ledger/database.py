"""The database of the ledger: SQLite by default, any other that SQLAlchemy knows by its URL.

A transaction that writes says so when it begins: SQLite then takes its write
lock at once instead of failing in the middle, and a commit is on the disk when
it comes back (WAL, synchronous FULL).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.exc import OperationalError

from ledger.tables import CHANGES

_PATIENCE_SECONDS = 30
_WRITES = "writes"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten (152-FZ).
    "PRAGMA secure_delete = ON",
)
_MOVE = update(CHANGES).values(number=CHANGES.c.number + 1)
_MOVE_BACK = update(CHANGES).values(number=CHANGES.c.number - 1)


class LedgerUnwritableError(Exception):
    """The database takes nothing: no room, no right, or somebody else is writing all the time."""


class NotWipedError(Exception):
    """What was deleted still stands in a journal of the database."""


def sqlite_engine(file: Path) -> Engine:
    """Make an engine for a SQLite file, which is made when it is not there, for its owner only."""
    _make(file)
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"timeout": _PATIENCE_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


class Database:
    """Transactions of one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with self.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; it is durable when the block is left without an error.

        Raises `LedgerUnwritableError`.
        """
        try:
            with self._writing.begin() as connection:
                yield connection
        except OperationalError as error:
            raise LedgerUnwritableError(str(error.orig)) from error

    @contextmanager
    def deciding(self) -> Iterator[Connection]:
        """A transaction that changes what decisions depend on: every process then reads anew."""
        with self.writing() as connection:
            connection.execute(_MOVE)
            yield connection

    def rehearse(self) -> None:
        """Commit a change that changes nothing: ends as any other would at this moment."""
        with self.writing() as connection:
            # SQLite writes nothing for a value that is there already.
            connection.execute(_MOVE)
            connection.execute(_MOVE_BACK)

    def wipe(self) -> None:
        """Make sure that what was deleted stands in no journal any more.

        Raises `NotWipedError` when somebody has been reading all the time.
        """
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                is_busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                raise NotWipedError(str(self.engine.url.database))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _make(file: Path) -> None:
    """Make an empty file for its owner only, unless there is one.

    It gets its name when it is closed already. To close a file ends every lock that this process
    has on it (POSIX, fcntl(2)), those of SQLite's open connections too; another process would then
    take itself for the last one and remove the journal that this one goes on writing to.
    """
    if file.exists():
        return
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with suppress(FileExistsError):
        os.link(fresh, file)
    fresh.unlink()


def _prepare(dbapi_connection: Any, _record: object) -> None:  # noqa: ANN401 - of the driver
    # The driver would begin transactions by itself, and later than asked.
    dbapi_connection.isolation_level = None
    for pragma in _PRAGMAS:
        dbapi_connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
