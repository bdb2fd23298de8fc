"""Which account somebody of an outside provider is: linked by staff, never made by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from ledger.accounts import NameTakenError
from ledger.database import Database
from ledger.tables import LINKS


class Links:
    """(issuer, subject) to account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def account(self, issuer: str, subject: str) -> str | None:
        """Give the account of a subject of an issuer, if they are linked."""
        query = select(LINKS.c.account).where(LINKS.c.issuer == issuer, LINKS.c.subject == subject)
        with self._database.reading() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
            return found

    def add(self, issuer: str, subject: str, account: str, now: datetime) -> None:
        """Link a subject to an account. Raises `NameTakenError` when it is linked already."""
        values = {"issuer": issuer, "subject": subject, "account": account, "created": now}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(LINKS).values(**values))
        except IntegrityError:
            raise NameTakenError(subject) from None

    def remove(self, issuer: str, subject: str) -> None:
        """Undo a link."""
        with self._database.writing() as connection:
            connection.execute(
                delete(LINKS).where(LINKS.c.issuer == issuer, LINKS.c.subject == subject)
            )
