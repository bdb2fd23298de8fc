"""The index of listeners: SQLite, rebuilt from the repositories whenever it is not to be trusted.

Everything in it can be read again from the repositories, so a missing, broken
or older database is no mistake of anybody: it is built anew without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from sqlite3 import Connection

from academy.identifiers import is_person_id
from catalogue.database import Database
from catalogue.listed import Listed, card_from_json, card_to_json, read_listed
from forge.port import MAIN, RECORD, Repositories, RepositoryMissingError

_Heads = tuple[str | None, str | None]

_TABLES = (
    """
    CREATE TABLE listeners (
        person TEXT PRIMARY KEY, main TEXT, record TEXT, external_id TEXT, card TEXT
    ) WITHOUT ROWID
    """,
    "CREATE INDEX listeners_by_external_id ON listeners (external_id)",
)
_COLUMNS = "SELECT person, main, record, card FROM listeners"


class Catalogue:
    """All listeners of the academy, found quickly.

    Safe to use from several threads and processes at once: every call has
    a connection of its own, and one refresh writes at a time.
    """

    def __init__(self, repositories: Repositories, database: Path) -> None:
        self._repositories = repositories
        self._database = Database(database, _TABLES)
        self._stamp: str | None = None

    def refresh(self) -> bool:
        """Take in what has changed since the last time; gives whether anything has.

        Where anything has moved, heads are compared; a card is read again only where
        `record` has moved. Repositories that are gone leave no trace (152-FZ).
        """
        stamp = self._repositories.stamp()
        if stamp is not None and stamp == self._stamp:
            is_current = self._database.run(self._database.is_built)
        else:
            is_current = self._database.run(self._is_current)
        if not is_current:
            self._database.change(self._update)
        # It was taken before the heads were read: what moved meanwhile is seen next time.
        self._stamp = stamp
        return not is_current

    def listeners(self) -> tuple[Listed, ...]:
        """Every listener of the last refresh, by person id."""
        return self._select(f"{_COLUMNS} ORDER BY person")

    def records(self) -> Mapping[str, str | None]:
        """The head of `record` of every listener of the last refresh."""
        return self._database.run(
            lambda connection: {person: record for person, _, record in _rows(connection)}
        )

    def by_external_id(self, external_id: str) -> Listed | None:
        """Find a listener by the key of the training records (clause 5.5)."""
        found = self._select(
            f"{_COLUMNS} WHERE external_id = ? ORDER BY person LIMIT 1", external_id
        )
        return found[0] if found else None

    def by_person(self, person: str) -> Listed | None:
        """Find a listener by the person id."""
        found = self._select(f"{_COLUMNS} WHERE person = ?", person)
        return found[0] if found else None

    def find(self, text: str) -> tuple[Listed, ...]:
        """Find listeners by person id, external id, or the beginnings of the words of a name.

        Case does not matter, nor does ё against е. An id that fits exactly
        is never mixed with names.
        """
        words = _folded(text).split()
        everyone = self.listeners() if words else ()
        wanted = " ".join(words)
        exact = tuple(one for one in everyone if wanted in _ids(one))
        return exact or tuple(one for one in everyone if _is_named(one, words))

    def _select(self, query: str, *values: str) -> tuple[Listed, ...]:
        def read(connection: Connection) -> tuple[Listed, ...] | None:
            if not self._database.is_built(connection):
                return None
            return tuple(
                Listed(person=person, main=main, record=record, card=card_from_json(card))
                for person, main, record, card in connection.execute(query, values)
            )

        found = self._database.run(read)
        if found is None:
            # An index that was never filled must not look like an academy without listeners.
            self._database.change(self._update)
            found = self._database.run(read)
        return found or ()

    def _is_current(self, connection: Connection) -> bool:
        return self._database.is_built(connection) and _known(connection) == self._heads()

    def _update(self, connection: Connection) -> None:
        """Bring the index up to date; the caller sees to it that nobody else does so now."""
        known = _known(connection)
        now = self._heads()
        gone = known.keys() - now.keys()
        connection.executemany(
            "DELETE FROM listeners WHERE person = ?", [(person,) for person in gone]
        )
        moved = {person: heads for person, heads in now.items() if known.get(person) != heads}
        for person, heads in moved.items():
            if person in known and known[person][1] == heads[1]:
                connection.execute(
                    "UPDATE listeners SET main = ? WHERE person = ?", (heads[0], person)
                )
            else:
                self._read_again(connection, person)

    def _heads(self) -> Mapping[str, _Heads]:
        found: dict[str, _Heads] = {}
        for name in filter(is_person_id, self._repositories.names()):
            try:
                heads = self._repositories.heads(name)
            except RepositoryMissingError:
                continue  # It was deleted after the list was made.
            found[name] = (heads.get(MAIN), heads.get(RECORD))
        return found

    def _read_again(self, connection: Connection, person: str) -> None:
        try:
            one = read_listed(self._repositories, person)
        except RepositoryMissingError:
            connection.execute("DELETE FROM listeners WHERE person = ?", (person,))
            return
        external_id = one.card.external_id if one.card else None
        connection.execute(
            "INSERT OR REPLACE INTO listeners VALUES (?, ?, ?, ?, ?)",
            (person, one.main, one.record, external_id, card_to_json(one.card)),
        )


def _known(connection: Connection) -> Mapping[str, _Heads]:
    return {person: (main, record) for person, main, record in _rows(connection)}


def _rows(connection: Connection) -> Iterable[tuple[str, str | None, str | None]]:
    return connection.execute("SELECT person, main, record FROM listeners")


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _ids(one: Listed) -> tuple[str, ...]:
    return (one.person, _folded(one.card.external_id)) if one.card else (one.person,)


def _is_named(one: Listed, words: list[str]) -> bool:
    name = _folded(one.card.full_name).replace("-", " ").split() if one.card else []
    return all(any(part.startswith(word) for part in name) for word in words)
