"""What was read of a portfolio for an overview, kept from one start of the program to the next.

SQLite that may be thrown away: whatever is missing is read again. The words are
those of whoever keeps them here; this only finds them by person and state.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from sqlite3 import Connection

from catalogue.database import Database

_TABLES = (
    "CREATE TABLE summary (person TEXT PRIMARY KEY, state TEXT, content TEXT) WITHOUT ROWID",
)


class Summaries:
    """A text for each person, with the state it was made of. Safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _TABLES)

    def all(self) -> Mapping[str, tuple[str, str]]:
        """Every person with state and text."""

        def read(connection: Connection) -> dict[str, tuple[str, str]]:
            if not self._database.is_built(connection):
                return {}
            rows = connection.execute("SELECT person, state, content FROM summary")
            return {person: (state, content) for person, state, content in rows}

        return self._database.run(read)

    def put(self, kept: Mapping[str, tuple[str, str]]) -> None:
        """Keep texts with their states, in one go."""
        rows = [(person, state, content) for person, (state, content) in kept.items()]

        def write(connection: Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO summary VALUES (?, ?, ?)", rows)

        self._database.change(write)

    def forget(self, person: str) -> None:
        """Keep nothing of somebody any more (152-FZ)."""

        def write(connection: Connection) -> None:
            connection.execute("DELETE FROM summary WHERE person = ?", (person,))

        self._database.change(write)
