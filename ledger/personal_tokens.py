"""Tokens that a person gives to a program of their own, such as Git; shown once, hash kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from ledger.database import Database
from ledger.tables import PERSONAL_TOKENS
from ledger.tokens import new_id, new_token, token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalToken:
    """A token as its owner manages it."""

    id: str
    account: str
    label: str
    created: datetime
    expires: datetime
    used: datetime | None = None


class PersonalTokens:
    """All tokens. Whether an account may do something is decided as for a session."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, account: str, label: str, now: datetime, expires: datetime
    ) -> tuple[str, PersonalToken]:
        """Make a token; gives the secret, which nobody can ask for again."""
        secret = new_token()
        token = PersonalToken(
            id=new_id(), account=account, label=label[:200], created=now, expires=expires
        )
        values = {name: getattr(token, name) for name in PersonalToken.__slots__}
        with self._database.deciding() as connection:
            connection.execute(
                insert(PERSONAL_TOKENS).values(token_hash=token_hash(secret), **values)
            )
        return secret, token

    def of_account(self, account: str) -> tuple[PersonalToken, ...]:
        """The tokens of an account, the newest first."""
        query = (
            select(PERSONAL_TOKENS)
            .where(PERSONAL_TOKENS.c.account == account)
            .order_by(PERSONAL_TOKENS.c.created.desc())
        )
        with self._database.reading() as connection:
            return tuple(token_of(row) for row in connection.execute(query))

    def use(self, token: PersonalToken, now: datetime) -> None:
        """Note when a token was used."""
        query = update(PERSONAL_TOKENS).where(PERSONAL_TOKENS.c.id == token.id).values(used=now)
        with self._database.writing() as connection:
            connection.execute(query)

    def revoke(self, token_id: str, account: str) -> bool:
        """Make a token of an account worthless; False when there is none of this id."""
        query = delete(PERSONAL_TOKENS).where(
            PERSONAL_TOKENS.c.id == token_id, PERSONAL_TOKENS.c.account == account
        )
        with self._database.deciding() as connection:
            return connection.execute(query).rowcount == 1

    def sweep(self, now: datetime) -> None:
        """Forget tokens that are over."""
        with self._database.writing() as connection:
            connection.execute(delete(PERSONAL_TOKENS).where(PERSONAL_TOKENS.c.expires <= now))


def token_of(row: Row[Any]) -> PersonalToken:
    """Make a token of its row."""
    return PersonalToken(**{name: getattr(row, name) for name in PersonalToken.__slots__})
