"""The ledger of one home, with all its parts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import create_engine

from ledger.accounts import Accounts
from ledger.audit.boxes import Boxes
from ledger.audit.head import Signer
from ledger.audit.log import AuditLog
from ledger.consents import Consents
from ledger.database import Database, sqlite_engine
from ledger.flows import Flows
from ledger.keys import SigningKeys
from ledger.links import Links
from ledger.migrating import bring_up_to_date
from ledger.notes import Notes
from ledger.outbox import Outbox
from ledger.people import People
from ledger.personal_tokens import PersonalTokens
from ledger.reports import Reports
from ledger.rules import Rules
from ledger.seal import Seal
from ledger.sessions import Sessions
from ledger.shares import Shares
from ledger.standing import ShareStanding, Standing, Standings
from ledger.throttle import Throttle


class Ledger:
    """Everything that must not live in Git. Made by `open_ledger`; for any number of threads."""

    def __init__(self, database: Database, seal: Seal, audit: Path) -> None:
        self.database = database
        self.accounts = Accounts(database)
        self.sessions = Sessions(database)
        self.links = Links(database)
        self.people = People(database)
        self.consents = Consents(database)
        self.shares = Shares(database)
        self.rules = Rules(database)
        self.tokens = PersonalTokens(database)
        self.notes = Notes(database)
        self.reports = Reports(database)
        self.throttle = Throttle(database)
        self.flows = Flows(database)
        self.keys = SigningKeys(database, seal)
        self.outbox = Outbox(database)
        self.audit = AuditLog(audit, Boxes(database, seal), Signer(seal.derived("audit-head")))
        self._standings = Standings(database)
        self._seal = seal

    def standing(
        self, session_hash: bytes | None, person: str | None, now: datetime, rules: str = ""
    ) -> Standing:
        """Give what a decision needs (see `Standings.of`). Raises `LedgerUnreadableError`."""
        return self._standings.of(session_hash, person, now, rules)

    def token_standing(
        self, secret: str, person: str | None, now: datetime, rules: str = ""
    ) -> Standing:
        """Give the same for a personal token, as Git over HTTP brings it."""
        return self._standings.of_token(secret, person, now, rules)

    def share_standing(self, token: str, now: datetime) -> ShareStanding:
        """Give what a link for outside readers opens. Raises `LedgerUnreadableError`."""
        return self._standings.of_share(token, now)

    def secret(self, purpose: str) -> bytes:
        """Give 256 bits that belong to a purpose and to this home, the same each time."""
        return self._seal.derived(purpose)

    def sweep(self, now: datetime) -> None:
        """Forget what is over: sessions, flows, tallies, keys."""
        for part in (self.sessions, self.flows, self.tokens, self.throttle, self.keys):
            part.sweep(now)

    def close(self) -> None:
        """Write what waits and close everything."""
        self.audit.close()
        self._standings.close()
        self.database.close()

    def __enter__(self) -> Self:
        """Use the ledger for the time of a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def open_ledger(home: Path, url: str | None = None) -> Ledger:
    """Open the ledger of a home, making or migrating its tables.

    `cabinet.db` of the home, or another database by its SQLAlchemy `url`; the
    record of access (`audit/`) and the key file (`keys/`) are in the home always.
    Raises `ledger.migrating.NewerLedgerError`.
    """
    home.mkdir(parents=True, exist_ok=True)
    seal = Seal(home / "keys" / "ledger.key")
    engine = create_engine(url) if url else sqlite_engine(home / "cabinet.db")
    database = Database(engine)
    bring_up_to_date(database)
    return Ledger(database, seal, home / "audit")
