"""What is left of somebody who has been forgotten: nothing, whichever process remembered them."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from academy.account import Account
from ledger import Ledger, open_ledger
from ledger.audit.verifying import AuditCheck
from ledger.audit.writer import AuditUnwritableError
from ledger.database import NotWipedError
from ledger.tables import AUDIT_KEYS
from tests.ledger.conftest import LISTENER, REVIEWER
from tests.ledger.test_audit import look

FORGET = """
import sys
from pathlib import Path
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    assert ledger.audit.forget(sys.argv[2])
"""


def key_of(ledger: Ledger, owner: str) -> bytes | None:
    """The key of an owner as it stands in the database."""
    with ledger.database.reading() as connection:
        found: bytes | None = connection.execute(
            select(AUDIT_KEYS.c.sealed).where(AUDIT_KEYS.c.owner == owner)
        ).scalar_one_or_none()
    return found


def holding(home: Path, content: bytes) -> list[str]:
    """The files of a home in which some bytes stand, wherever in them."""
    return sorted(
        file.name for file in home.rglob("*") if file.is_file() and content in file.read_bytes()
    )


def forget_elsewhere(home: Path, owner: str) -> None:
    """Forget somebody in another process."""
    subprocess.run([sys.executable, "-c", FORGET, home, owner], check=True)


def test_a_forgotten_person_is_gone_from_the_record_and_the_chain_holds(ledger: Ledger, home: Path):
    ledger.audit.record_many([look(), look(LISTENER), look(person="qqqqqqqqqq")])
    assert ledger.audit.forget(LISTENER)
    assert not ledger.audit.forget(LISTENER)

    assert ledger.audit.verify() == AuditCheck(entries=3, findings=())
    assert list(ledger.audit.query(person=LISTENER)) == []
    first, own, other = ledger.audit.query()
    assert (first.entry.actor, first.entry.person, first.is_forgotten) == (REVIEWER, "", True)
    assert (own.entry.actor, own.entry.person, own.entry.path) == ("", "", "")
    assert (other.entry.actor, other.entry.person, other.is_forgotten) == (
        REVIEWER,
        "qqqqqqqqqq",
        False,
    )
    # Another process opens nothing either, and nothing of the key is left in the files.
    with open_ledger(home) as again:
        assert list(again.audit.query(person=LISTENER)) == []
    database = b"".join(file.read_bytes() for file in home.glob("cabinet.db*"))
    assert LISTENER.encode() not in database


def test_a_key_that_another_process_destroyed_is_never_used_again(ledger: Ledger, home: Path):
    """A server that has run for days must not go on sealing under it."""
    ledger.audit.record_many([look(), look(LISTENER)])
    destroyed = key_of(ledger, LISTENER)
    assert destroyed

    forget_elsewhere(home, LISTENER)
    ledger.audit.record_now(look(details={"n": "after"}))

    *before, after = ledger.audit.query()
    assert [one.is_forgotten for one in before] == [True, True]
    assert (after.entry.person, dict(after.entry.details)) == (LISTENER, {"n": "after"})
    assert key_of(ledger, LISTENER) not in {None, destroyed}
    assert ledger.audit.verify() == AuditCheck(entries=3, findings=())


def test_no_file_of_the_home_holds_a_destroyed_key(ledger: Ledger, home: Path):
    """Neither a free page nor a journal, although another process has the database open."""
    ledger.audit.record_many([look(), look(LISTENER), look("s-other")])
    key = key_of(ledger, LISTENER)
    assert key
    assert holding(home, key)

    forget_elsewhere(home, LISTENER)

    assert holding(home, key) == []
    assert holding(home, LISTENER.encode()) == []


def test_whoever_reads_all_the_time_does_not_hide_that_the_journal_is_not_empty(
    ledger: Ledger, home: Path
):
    ledger.audit.record_many([look(), look(LISTENER)])
    key = key_of(ledger, LISTENER)
    assert key
    with open_ledger(home) as other:
        with other.database.reading() as connection:
            connection.execute(select(AUDIT_KEYS)).all()
            impatient(ledger)
            with pytest.raises(NotWipedError):
                ledger.audit.forget(LISTENER)
        assert holding(home, key)

    assert not ledger.audit.forget(LISTENER), "the key is gone already, and the journal now too"
    assert holding(home, key) == []


def impatient(ledger: Ledger) -> None:
    """Have the connections that a ledger has at hand wait for nobody."""
    with ledger.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")


def test_an_entry_is_refused_when_nobody_can_tell_whether_its_keys_still_hold(
    ledger: Ledger, listener: Account, now: datetime
):
    ledger.audit.record_now(look())
    with ledger.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE changes RENAME TO elsewhere")
    with pytest.raises(AuditUnwritableError):
        ledger.audit.record_now(look())
    with ledger.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO changes")

    ledger.accounts.block(listener.id, now)
    ledger.audit.record_now(look())
    assert ledger.audit.verify() == AuditCheck(entries=2, findings=())
