"""What staff keep for themselves: notes about a listener, phrases, what they have looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from ledger.database import Database
from ledger.tables import LOOKS, NOTES, PHRASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note that its subject never sees. `about` names a submission or an item, or is empty."""

    id: int
    person: str
    about: str
    author: str
    moment: datetime
    text: str


class Notes:
    """Notes, phrases and looks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person: str, about: str, author: str, text: str, now: datetime) -> None:
        """Write a note about a listener."""
        values = {"about": about, "author": author, "text": text, "moment": now}
        with self._database.writing() as connection:
            connection.execute(insert(NOTES).values(person=person, **values))

    def of(self, person: str, about: str | None = None) -> tuple[Note, ...]:
        """The notes about a listener, or about one thing of theirs, the oldest first."""
        query = select(NOTES).where(NOTES.c.person == person).order_by(NOTES.c.id)
        if about is not None:
            query = query.where(NOTES.c.about == about)
        with self._database.reading() as connection:
            return tuple(Note(**row) for row in connection.execute(query).mappings())

    def keep_phrase(self, account: str, text: str) -> None:
        """Keep a phrase for reuse."""
        with self._database.writing() as connection:
            connection.execute(insert(PHRASES).values(account=account, text=text))

    def phrases(self, account: str) -> dict[int, str]:
        """The phrases of an account by their ids, the oldest first."""
        query = select(PHRASES).where(PHRASES.c.account == account).order_by(PHRASES.c.id)
        with self._database.reading() as connection:
            return {row.id: row.text for row in connection.execute(query)}

    def drop_phrase(self, account: str, phrase_id: int) -> None:
        """Forget a phrase of an account."""
        query = delete(PHRASES).where(PHRASES.c.account == account, PHRASES.c.id == phrase_id)
        with self._database.writing() as connection:
            connection.execute(query)

    def looked(self, account: str, person: str, about: str, head: str, now: datetime) -> None:
        """Note up to which commit somebody has looked at something."""
        place = {"account": account, "person": person, "about": about}
        with self._database.writing() as connection:
            connection.execute(
                delete(LOOKS).where(
                    LOOKS.c.account == account, LOOKS.c.person == person, LOOKS.c.about == about
                )
            )
            connection.execute(insert(LOOKS).values(head=head, moment=now, **place))

    def last_look(self, account: str, person: str, about: str) -> tuple[str, datetime] | None:
        """The commit somebody looked at last, and when."""
        query = select(LOOKS).where(
            LOOKS.c.account == account, LOOKS.c.person == person, LOOKS.c.about == about
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.head, row.moment)

    def remove(self, person: str) -> None:
        """Forget what is kept about a listener."""
        with self._database.writing() as connection:
            connection.execute(delete(NOTES).where(NOTES.c.person == person))
            connection.execute(delete(LOOKS).where(LOOKS.c.person == person))
