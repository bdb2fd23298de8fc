"""Links for outside readers (clause 7.4): the token is shown once, its hash is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from ledger.database import Database
from ledger.tables import SHARES
from ledger.tokens import new_id, new_token, token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link as its owner manages it. `id` is no secret; it names the projection `share-<id>`."""

    id: str
    person: str
    items: frozenset[str]
    label: str
    created: datetime
    created_by: str
    expires: datetime
    revoked: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Tell whether the link opens anything at `at`."""
        return self.revoked is None and at < self.expires


class Shares:
    """All links for outside readers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        person: str,
        items: Iterable[str],
        now: datetime,
        *,
        expires: datetime,
        created_by: str,
        label: str = "",
    ) -> tuple[str, Share]:
        """Make a link to some items; gives its token, which nobody can ask for again."""
        token = new_token()
        share = Share(
            id=new_id(),
            person=person,
            items=frozenset(items),
            label=label[:200],
            created=now,
            created_by=created_by,
            expires=expires,
        )
        values = {name: getattr(share, name) for name in Share.__slots__}
        with self._database.deciding() as connection:
            connection.execute(insert(SHARES).values(token_hash=token_hash(token), **values))
        return token, share

    def of(self, person: str) -> tuple[Share, ...]:
        """The links of a person, the newest first."""
        query = select(SHARES).where(SHARES.c.person == person).order_by(SHARES.c.created.desc())
        with self._database.reading() as connection:
            return tuple(share_of(row) for row in connection.execute(query))

    def not_revoked(self) -> tuple[Share, ...]:
        """Every link that nobody has revoked, expired ones too."""
        query = select(SHARES).where(SHARES.c.revoked.is_(None)).order_by(SHARES.c.id)
        with self._database.reading() as connection:
            return tuple(share_of(row) for row in connection.execute(query))

    def get(self, share_id: str) -> Share | None:
        """Find a link by its id."""
        with self._database.reading() as connection:
            row = connection.execute(select(SHARES).where(SHARES.c.id == share_id)).one_or_none()
        return share_of(row) if row else None

    def revoke(self, share_id: str, now: datetime) -> bool:
        """Close a link at once; False when it is closed or unknown."""
        query = (
            update(SHARES)
            .where(SHARES.c.id == share_id, SHARES.c.revoked.is_(None))
            .values(revoked=now)
        )
        with self._database.deciding() as connection:
            return connection.execute(query).rowcount == 1

    def remove(self, person: str) -> None:
        """Forget the links of a person."""
        with self._database.deciding() as connection:
            connection.execute(delete(SHARES).where(SHARES.c.person == person))


def share_of(row: Row[Any]) -> Share:
    """Make a link of its row."""
    return Share(**{name: getattr(row, name) for name in Share.__slots__})
