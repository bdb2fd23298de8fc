"""The queue over all listeners: SQLite, rebuilt from the lives of merge requests.

Like the index of listeners it holds nothing that cannot be read again, so a
missing or broken file is built anew without a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from academy.policy import ReviewMode
from academy.submission import SubmissionState
from catalogue.database import Database
from catalogue.listeners import Catalogue
from catalogue.waiting import Waiting, read_waiting
from forge.merge_requests import MergeRequests, SubmissionMissingError
from forge.port import Repositories, RepositoryMissingError

_TABLES = (
    """
    CREATE TABLE waiting (
        person TEXT, number INTEGER, life TEXT, study_group TEXT, author TEXT, title TEXT,
        state TEXT, since TEXT, submitted TEXT, mode TEXT, is_review_due INTEGER, touched TEXT,
        PRIMARY KEY (person, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX waiting_by_state ON waiting (state, submitted)",
)
_COLUMNS = (
    "SELECT person, number, study_group, author, title, state, since, submitted, mode,"
    " is_review_due, touched FROM waiting"
)
_WANTS_REVIEW = "(state IN ('submitted', 'approved') OR is_review_due)"
_ORDER = "ORDER BY coalesce(submitted, since), person, number"


@dataclass(frozen=True, slots=True)
class _State:
    """The heads of the chains of a repository, and the group of its owner."""

    lives: Mapping[int, str]
    group: str


_NOTHING = _State({}, "")


class Queue:
    """All submissions of the academy, found quickly. Safe for several threads and processes."""

    def __init__(
        self,
        repositories: Repositories,
        requests: MergeRequests,
        listeners: Catalogue,
        database: Path,
    ) -> None:
        self._repositories = repositories
        self._requests = requests
        self._listeners = listeners
        self._database = Database(database, _TABLES)
        self._stamp: str | None = None

    def refresh(self) -> None:
        """Take in what has happened anywhere since the last time; only heads are compared.

        Where nothing has moved, not even these.
        """
        stamp = self._repositories.stamp()
        is_still = stamp is not None and stamp == self._stamp
        if is_still and self._database.run(self._database.is_built):
            return
        self._listeners.refresh()
        if not self._database.run(self._is_current):
            self._database.change(self._update)
        # It was taken before anything was read: what moved meanwhile is seen next time.
        self._stamp = stamp

    def refresh_one(self, name: str) -> None:
        """Take in what has happened in one repository: after something was done there.

        Of one that is gone nothing stays (152-FZ). An index that was never filled is filled whole.
        """
        if not self._database.run(self._database.is_built):
            self.refresh()
            return

        def is_current(connection: Connection) -> bool:
            return _known(connection, name).get(name, _NOTHING) == self._state(name)

        def update(connection: Connection) -> None:
            known = _known(connection, name).get(name, _NOTHING)
            self._update_one(connection, name, known, self._state(name))

        if not self._database.run(is_current):
            self._database.change(update)

    def for_review(self, groups: Iterable[str] | None = None) -> tuple[Waiting, ...]:
        """Give what waits for a reviewer, sent first comes first; None is for all groups."""
        if groups is None:
            return self._select(f"{_WANTS_REVIEW} {_ORDER}")
        wanted = sorted(groups)
        marks = ", ".join("?" * len(wanted))
        return self._select(f"{_WANTS_REVIEW} AND study_group IN ({marks}) {_ORDER}", *wanted)

    def _select(self, condition: str, *values: str) -> tuple[Waiting, ...]:
        def read(connection: Connection) -> tuple[Waiting, ...] | None:
            if not self._database.is_built(connection):
                return None
            rows = connection.execute(f"{_COLUMNS} WHERE {condition}", values)
            return tuple(map(_waiting, rows))

        found = self._database.run(read)
        if found is None:
            # An index that was never filled must not look like one of an academy without work.
            self.refresh()
            found = self._database.run(read)
        return found or ()

    def _is_current(self, connection: Connection) -> bool:
        return self._database.is_built(connection) and _known(connection) == self._states()

    def _update(self, connection: Connection) -> None:
        known, states = _known(connection), self._states()
        for name in known.keys() | states.keys():
            before, now = known.get(name, _NOTHING), states.get(name, _NOTHING)
            self._update_one(connection, name, before, now)

    def _update_one(self, connection: Connection, name: str, known: _State, now: _State) -> None:
        """Bring the lines of one repository up to date; others write no lines meanwhile."""
        for number in known.lives.keys() - now.lives.keys():
            connection.execute(
                "DELETE FROM waiting WHERE person = ? AND number = ?", (name, number)
            )
        if known.group != now.group:
            connection.execute(
                "UPDATE waiting SET study_group = ? WHERE person = ?", (now.group, name)
            )
        for number, life in now.lives.items():
            if known.lives.get(number) != life:
                self._read_again(connection, name, number, life, now.group)

    def _states(self) -> dict[str, _State]:
        """Give where every repository with merge requests stands."""
        listed = self._listeners.listeners()
        groups = {one.person: one.card.group for one in listed if one.card}
        names = self._repositories.names()
        states = {name: _State(self._lives(name), groups.get(name, "")) for name in names}
        return {name: state for name, state in states.items() if state.lives}

    def _state(self, name: str) -> _State:
        """Give where one repository stands."""
        listed = self._listeners.by_person(name)
        return _State(self._lives(name), listed.card.group if listed and listed.card else "")

    def _lives(self, name: str) -> Mapping[int, str]:
        """Give the heads of the chains of a repository, which may be gone."""
        try:
            return self._requests.lives(name)
        except RepositoryMissingError:
            return {}

    def _read_again(
        self, connection: Connection, name: str, number: int, life: str, group: str
    ) -> None:
        try:
            submission = self._requests.get(name, number)
            one = read_waiting(self._requests, group, submission)
        except (RepositoryMissingError, SubmissionMissingError):
            return
        connection.execute(
            "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(name, number, life, group, one.author, one.title, one.state.value),
                *(_text(one.since), one.submitted and _text(one.submitted)),
                *(one.mode and one.mode.value, one.is_review_due, json.dumps(one.touched)),
            ),
        )


def _known(connection: Connection, name: str | None = None) -> dict[str, _State]:
    """Give where the index believes every repository, or one of them, to stand."""
    columns = "SELECT person, number, life, study_group FROM waiting"
    if name is None:
        rows = connection.execute(columns).fetchall()
    else:
        rows = connection.execute(f"{columns} WHERE person = ?", (name,)).fetchall()
    groups = {person: group for person, _, _, group in rows}
    lives: dict[str, dict[int, str]] = {person: {} for person in groups}
    for person, number, life, _ in rows:
        lives[person][number] = life
    return {person: _State(lives[person], group) for person, group in groups.items()}


def _waiting(row: tuple[str, ...]) -> Waiting:
    """Read a line of the table."""
    person, number, group, author, title, state, since, submitted, mode, due, paths = row
    return Waiting(
        person=person,
        number=int(number),
        group=group,
        author=author,
        title=title,
        state=SubmissionState(state),
        since=datetime.fromisoformat(since),
        submitted=datetime.fromisoformat(submitted) if submitted else None,
        mode=ReviewMode(mode) if mode else None,
        is_review_due=bool(due),
        touched=tuple(json.loads(paths)),
    )


def _text(moment: datetime) -> str:
    """Write a moment so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
