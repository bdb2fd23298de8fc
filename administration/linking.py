"""People of an outside provider and their accounts here: linked by staff only (clause 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from academy.account import Account
from academy.audit import Action
from administration.clerk import Clerk
from ledger import Ledger


@dataclass(frozen=True, slots=True)
class Outsider:
    """Whom an outside provider means: its own address and its own, lasting id of a person."""

    issuer: str
    subject: str


class NotLinkedError(ValueError):
    """A person of the provider is not linked to the account named."""


def link(ledger: Ledger, clerk: Clerk, account: Account, outsider: Outsider, at: datetime) -> None:
    """Let somebody of an outside provider use an account.

    Raises `NameTakenError` when they are linked to one already.
    """
    ledger.links.add(outsider.issuer, outsider.subject, account.id, at)
    _record(ledger, clerk, Action.ACCOUNT_LINKED, account, outsider, at)


def unlink(
    ledger: Ledger, clerk: Clerk, account: Account, outsider: Outsider, at: datetime
) -> None:
    """Undo a link: whoever signed in by it is signed out. Raises `NotLinkedError`."""
    if ledger.links.account(outsider.issuer, outsider.subject) != account.id:
        raise NotLinkedError(outsider.subject)
    ledger.links.remove(outsider.issuer, outsider.subject)
    ledger.sessions.end_at_provider(outsider.issuer, subject=outsider.subject)
    _record(ledger, clerk, Action.ACCOUNT_UNLINKED, account, outsider, at)


def _record(
    ledger: Ledger, clerk: Clerk, action: Action, account: Account, outsider: Outsider, at: datetime
) -> None:
    entry = clerk.entry(action, at, account.id, issuer=outsider.issuer, subject=outsider.subject)
    ledger.audit.record_now(entry)
