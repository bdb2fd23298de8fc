"""Bringing the ledger to what the cards say, whatever was cut off in between.

`record` is the truth about status and group; the ledger is the truth about
blocks. Run at start and whenever a repository has moved: it catches up on an
expulsion that was written and not yet carried out, on consents that are known
to one side only, and on listeners who are gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from academy.audit import Action
from administration.clerk import Clerk
from administration.consents import put_evidence
from catalogue.listed import Listed
from forge.port import Author, Repositories, RepositoryMissingError
from ledger import Ledger
from ledger.people import Person
from messages import Catalogue

SYSTEM = Clerk(account="system", role="system", how="reconcile")


def reconcile(
    ledger: Ledger,
    repositories: Repositories,
    listeners: Iterable[Listed],
    at: datetime,
    words: Catalogue,
) -> tuple[str, ...]:
    """Bring the ledger up to date; gives the listeners about whom something has changed.

    A listener whose card cannot be read stays as they were last known.
    """
    known = ledger.people.all()
    blocked = {one.id: one.is_blocked for one in ledger.accounts.all()}
    changed, seen = [], set()
    for listed in listeners:
        seen.add(listed.person)
        wanted = _state(listed)
        if wanted is None:
            continue
        if not wanted.is_open and blocked.get(listed.person) is False:
            # First of all: what follows can fail.
            close(ledger, SYSTEM, listed.person, at)
        if known.get(listed.person) != wanted:
            record = _evidence_of(ledger, repositories, wanted, known.get(listed.person), at, words)
            ledger.people.set(replace(wanted, record=record))
            changed.append(listed.person)
    for person in known.keys() - seen:
        ledger.people.remove(person)
        changed.append(person)
    return tuple(changed)


def close(ledger: Ledger, clerk: Clerk, person: str, at: datetime) -> None:
    """Close the cabinet of somebody who is expelled, and their account if there is one."""
    known = ledger.people.get(person)
    if known is not None and known.is_open:
        ledger.people.set(replace(known, is_open=False, record=""))
    account = ledger.accounts.get(person)
    if account is not None and ledger.accounts.block(person, at):
        entry = clerk.entry(Action.ACCOUNT_BLOCKED, at, person, reason="expelled")
        ledger.audit.record_now(entry)


def _state(listed: Listed) -> Person | None:
    if listed.card is None:
        return None
    return Person(
        person=listed.person,
        group=listed.card.group,
        is_open=listed.card.is_open,
        is_frozen=listed.card.is_frozen,
        record=listed.record or "",
    )


def _evidence_of(
    ledger: Ledger,
    repositories: Repositories,
    wanted: Person,
    known: Person | None,
    at: datetime,
    words: Catalogue,
) -> str:
    """Compare the consents where `record` has moved; gives the commit that was looked at."""
    if known is not None and known.record == wanted.record:
        return wanted.record
    message = words.text("administration.commit-consents-reconciled")
    author = Author(SYSTEM.account)
    try:
        before, after = put_evidence(ledger, repositories, wanted.person, author, at, message)
    except RepositoryMissingError:
        return wanted.record
    # When `record` has moved in the meantime the card may be another one: look again next time.
    return after if before == wanted.record else ""
