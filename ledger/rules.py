"""Acknowledgements of the rules of use: which version, when (clause 6.1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ledger.database import Database
from ledger.tables import ACKNOWLEDGEMENTS


class Rules:
    """Who has acknowledged which version of the rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def acknowledge(self, account: str, version: str, now: datetime) -> None:
        """Note that an account has acknowledged a version; the first moment stays."""
        values = {"account": account, "version": version, "moment": now}
        if version in self.acknowledged(account):
            return
        try:
            with self._database.deciding() as connection:
                connection.execute(insert(ACKNOWLEDGEMENTS).values(**values))
        except IntegrityError:
            if version not in self.acknowledged(account):
                raise

    def acknowledged(self, account: str) -> dict[str, datetime]:
        """The versions an account has acknowledged, and when."""
        query = select(ACKNOWLEDGEMENTS).where(ACKNOWLEDGEMENTS.c.account == account)
        with self._database.reading() as connection:
            return {row.version: row.moment for row in connection.execute(query)}
