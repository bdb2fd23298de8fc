"""Erasing one person (152-FZ): the repository, the sites, the ledger, and the key of the record.

What is left is one entry in the record of access that says who erased which
number of a cabinet and when. It is written first, and encrypted under the key
of whoever erases, so it outlives the person's own key.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from academy.audit import Action
from administration.clerk import Clerk
from forge.port import Repositories, RepositoryMissingError
from ledger import Ledger


def forget(
    person: str,
    ledger: Ledger,
    repositories: Repositories,
    remove_sites: Callable[[str], None],
    clerk: Clerk,
    at: datetime,
) -> None:
    """Erase everything about a person.

    Doors close first. Whatever is cut off is finished by doing it again: each
    step leaves alone what is gone already.
    """
    entry = replace(clerk.entry(Action.ERASED, at), details={"erased": person})
    ledger.audit.record_now(entry)
    known = ledger.people.get(person)
    if known is not None:
        ledger.people.set(replace(known, is_open=False, record=""))
    ledger.accounts.remove(person, at)
    remove_sites(person)
    with suppress(RepositoryMissingError):  # An earlier attempt has come so far.
        repositories.remove(person)
    ledger.shares.remove(person)
    ledger.consents.remove(person)
    ledger.notes.remove(person)
    ledger.reports.remove(person)
    ledger.people.remove(person)
    ledger.audit.forget(person)
