"""Whether the record could be written now is tried, and not guessed."""

from __future__ import annotations

import fcntl
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from ledger.audit.verifying import AuditCheck
from ledger.audit.writer import AuditUnwritableError
from ledger.database import LedgerUnwritableError
from tests.ledger.test_audit import look

PATIENCE = 20.0


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process takes another byte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_rehearsal_leaves_the_record_as_it_was(ledger: Ledger):
    ledger.audit.rehearse(PATIENCE)
    assert ledger.audit.verify() == AuditCheck(entries=0, findings=())
    ledger.audit.record_many([look(), look()])
    head = ledger.audit.signed_head()
    for _ in range(3):
        ledger.audit.rehearse(PATIENCE)

    assert ledger.audit.signed_head() == head
    ledger.audit.record_now(look())
    assert ledger.audit.verify(head) == AuditCheck(entries=3, findings=())


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_full_disk_is_found_and_found_to_be_over(ledger: Ledger, *, is_empty: bool):
    if not is_empty:
        ledger.audit.record_now(look())
    for _ in range(2):
        with full_disk(), pytest.raises(AuditUnwritableError):
            ledger.audit.rehearse(PATIENCE)
        ledger.audit.rehearse(PATIENCE)
    with full_disk(), pytest.raises(AuditUnwritableError):
        ledger.audit.record_now(look())
    ledger.audit.record_now(look())

    assert ledger.audit.verify().is_whole


def test_a_ledger_that_takes_nothing_more_is_found_too(ledger: Ledger):
    ledger.database.rehearse()
    with full_disk(), pytest.raises(LedgerUnwritableError):
        ledger.database.rehearse()
    ledger.database.rehearse()


def test_rows_that_are_gone_are_found(ledger: Ledger, home: Path):
    ledger.audit.record_now(look())
    with sqlite3.connect(home / "audit" / "2026-11.db") as connection:
        connection.execute("ALTER TABLE entries RENAME TO elsewhere")
    connection.close()

    with pytest.raises(AuditUnwritableError):
        ledger.audit.rehearse(PATIENCE)


def test_somebody_who_holds_the_record_is_not_waited_for_without_an_end(home: Path):
    with open_ledger(home) as ledger:
        ledger.audit.record_now(look())
        with (home / "audit" / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(TimeoutError):
                ledger.audit.rehearse(0.05)
        ledger.audit.rehearse(PATIENCE)
