"""Looking entries up: by whose data they are about, by who acted, by the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement

from ledger.audit.boxes import Boxes
from ledger.audit.entries import Written, opened
from ledger.audit.segments import ENTRIES, Segment, files, newest_rows, rows
from ledger.columns import to_microseconds

Condition = ColumnElement[bool]


class Reader:
    """Reads the files of the record."""

    def __init__(self, folder: Path, boxes: Boxes) -> None:
        self._folder, self._boxes = folder, boxes

    def query(
        self,
        *,
        person: str | None = None,
        actor: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Written]:
        """Read entries, the newest last; with `limit` the newest so many of them.

        Of somebody who has been forgotten nothing is found.
        """
        conditions: list[Condition] = []
        for owner, column in ((person, ENTRIES.c.subject_key), (actor, ENTRIES.c.actor_key)):
            if owner is not None:
                box = self._boxes.find(owner)
                if box is None:
                    return
                conditions.append(column == box.id)
        if since is not None:
            conditions.append(ENTRIES.c.moment >= to_microseconds(since))
        yield from self._every(conditions) if limit is None else self._newest(conditions, limit)

    def looks_at(self, person: str, since: datetime, limit: int) -> tuple[Written, ...]:
        """What others were let do with the data of a person, the newest first."""
        box = self._boxes.find(person)
        if box is None:
            return ()
        conditions = [
            ENTRIES.c.subject_key == box.id,
            ENTRIES.c.actor_key != box.id,
            ENTRIES.c.is_allowed == 1,
            ENTRIES.c.moment >= to_microseconds(since),
        ]
        return tuple(reversed(list(self._newest(conditions, limit))))

    def _every(self, conditions: Sequence[Condition]) -> Iterator[Written]:
        boxes = self._boxes.all()
        for file in files(self._folder):
            with closing(Segment(file)) as segment, segment.database.reading() as connection:
                for number, sealed, _ in rows(connection, *conditions):
                    yield opened(number, sealed, boxes)

    def _newest(self, conditions: Sequence[Condition], limit: int) -> Iterator[Written]:
        found: list[Written] = []
        boxes = self._boxes.all()
        for file in reversed(files(self._folder)):
            if len(found) >= limit:
                break
            with closing(Segment(file)) as segment, segment.database.reading() as connection:
                part = newest_rows(connection, limit - len(found), *conditions)
                found = [opened(number, sealed, boxes) for number, sealed, _ in part] + found
        yield from found
