"""Consents in force (clause 7.2): what doors ask. The evidence of them stands in `record`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from academy.consent import Consent, Purpose
from ledger.accounts import NameTakenError
from ledger.database import Database
from ledger.tables import CONSENTS


class Consents:
    """All consents, by person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, person: str) -> tuple[Consent, ...]:
        """The consents of a person, withdrawn ones too, by the moment of registering."""
        query = select(CONSENTS).where(CONSENTS.c.person == person)
        with self._database.reading() as connection:
            found = [consent_of(row) for row in connection.execute(query)]
        return tuple(sorted(found, key=lambda one: (one.registered, one.id)))

    def register(self, person: str, consent: Consent) -> None:
        """Register a consent. Raises `NameTakenError` when the person has one of this id."""
        try:
            with self._database.deciding() as connection:
                connection.execute(insert(CONSENTS).values(person=person, **_values(consent)))
        except IntegrityError:
            raise NameTakenError(consent.id) from None

    def withdraw(self, person: str, consent_id: str, now: datetime) -> bool:
        """Withdraw a consent from `now` on; False when there is none of this id in force."""
        query = (
            update(CONSENTS)
            .where(
                CONSENTS.c.person == person,
                CONSENTS.c.id == consent_id,
                CONSENTS.c.withdrawn.is_(None),
            )
            .values(withdrawn=now)
        )
        with self._database.deciding() as connection:
            return connection.execute(query).rowcount == 1

    def replace(self, person: str, consents: Iterable[Consent]) -> None:
        """Replace all consents of a person, as when they were compared with the evidence."""
        with self._database.deciding() as connection:
            connection.execute(delete(CONSENTS).where(CONSENTS.c.person == person))
            for consent in consents:
                connection.execute(insert(CONSENTS).values(person=person, **_values(consent)))

    def remove(self, person: str) -> None:
        """Forget the consents of a person."""
        with self._database.deciding() as connection:
            connection.execute(delete(CONSENTS).where(CONSENTS.c.person == person))


def consent_of(row: Row[Any]) -> Consent:
    """Make a consent of its row."""
    values = {name: getattr(row, name) for name in Consent.__slots__}
    given = frozenset(row.purposes)
    values["purposes"] = tuple(one for one in Purpose if one.value in given)
    return Consent(**values)


def _values(consent: Consent) -> dict[str, object]:
    values = {name: getattr(consent, name) for name in Consent.__slots__}
    values["purposes"] = frozenset(one.value for one in consent.purposes)
    return values
