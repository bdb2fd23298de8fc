"""What decisions need of a listener's card: the group, and whether it is closed or frozen.

The card in `record` is the truth; this is a copy that is written before it
when it closes, and brought up to date when it opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from ledger.database import Database
from ledger.tables import PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A listener as decisions see them. `record` is the commit this was read from."""

    person: str
    group: str
    is_open: bool
    is_frozen: bool = False
    record: str = ""


class People:
    """All listeners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, person: Person) -> None:
        """Write a listener down, anew or again."""
        values = {
            "group_id": person.group,
            "is_open": person.is_open,
            "is_frozen": person.is_frozen,
            "record": person.record,
        }
        with self._database.deciding() as connection:
            known = connection.execute(
                update(PEOPLE).where(PEOPLE.c.person == person.person).values(**values)
            )
            if not known.rowcount:
                connection.execute(insert(PEOPLE).values(person=person.person, **values))

    def get(self, person: str) -> Person | None:
        """Find a listener."""
        with self._database.reading() as connection:
            query = select(PEOPLE).where(PEOPLE.c.person == person)
            row = connection.execute(query).one_or_none()
        return None if row is None else _person(row)

    def all(self) -> dict[str, Person]:
        """Every listener by the person id."""
        with self._database.reading() as connection:
            return {row.person: _person(row) for row in connection.execute(select(PEOPLE))}

    def remove(self, person: str) -> None:
        """Forget a listener."""
        with self._database.deciding() as connection:
            connection.execute(delete(PEOPLE).where(PEOPLE.c.person == person))


def _person(row: Row[Any]) -> Person:
    return Person(
        person=row.person,
        group=row.group_id,
        is_open=row.is_open,
        is_frozen=row.is_frozen,
        record=row.record,
    )
