"""Reports of listeners that data of the academy are wrong, and what they were answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update

from academy.report import Report, ReportTopic
from ledger.database import Database
from ledger.tables import REPORTS


class TooManyReportsError(Exception):
    """Somebody has as many reports without an answer as are kept for one."""


class Reports:
    """Reports of errors in central data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person: str, topic: ReportTopic, text: str, now: datetime, limit: int) -> None:
        """Keep a report.

        Raises `TooManyReportsError` when `limit` of this person wait for an answer.
        """
        waiting = select(func.count()).where(REPORTS.c.person == person, _IS_OPEN)
        values = {"person": person, "topic": topic.value, "text": text, "moment": now}
        with self._database.writing() as connection:
            if connection.execute(waiting).scalar_one() >= limit:
                raise TooManyReportsError
            connection.execute(insert(REPORTS).values(**values))

    def of(self, person: str) -> tuple[Report, ...]:
        """The reports of a person, the newest first."""
        return self._found(REPORTS.c.person == person)

    def waiting(self) -> tuple[Report, ...]:
        """All that wait for an answer, the oldest first."""
        return self._found(_IS_OPEN)[::-1]

    def settled(self, most: int) -> tuple[Report, ...]:
        """Those that were sent last among the answered ones, the newest first."""
        return self._found(REPORTS.c.settled.is_not(None), most)

    def settle(self, person: str, number: int, account: str, answer: str, now: datetime) -> bool:
        """Answer a report of a person; the first answer stays. Tell whether this one does."""
        query = update(REPORTS).where(REPORTS.c.id == number, REPORTS.c.person == person, _IS_OPEN)
        values = {"settled": now, "settled_by": account, "answer": answer}
        with self._database.writing() as connection:
            return connection.execute(query.values(**values)).rowcount == 1

    def remove(self, person: str) -> None:
        """Forget what a person has reported."""
        with self._database.writing() as connection:
            connection.execute(delete(REPORTS).where(REPORTS.c.person == person))

    def _found(self, which: ColumnElement[bool], most: int | None = None) -> tuple[Report, ...]:
        query = select(REPORTS).where(which).order_by(REPORTS.c.id.desc()).limit(most)
        with self._database.reading() as connection:
            return tuple(_report(row) for row in connection.execute(query).mappings())


_IS_OPEN = REPORTS.c.settled.is_(None)


def _report(row: RowMapping) -> Report:
    return Report(**{**row, "topic": ReportTopic(row["topic"])})
