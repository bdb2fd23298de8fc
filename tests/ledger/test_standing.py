"""What a decision is told is what the ledger says at that moment."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from academy.access import Role, Visitor
from academy.account import Account
from academy.consent import Consent, Purpose
from ledger import Ledger
from ledger.accounts import AccountBlockedError
from ledger.people import Person
from ledger.standing import LedgerUnreadableError, Owner, Standing
from ledger.tokens import token_hash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def signed_in(ledger: Ledger, account: Account, now: datetime) -> bytes:
    token, _ = ledger.sessions.create(account.id, now, idle=HOUR, absolute=DAY)
    return token_hash(token)


def test_nobody_and_nothing_known(ledger: Ledger, now: datetime):
    assert ledger.standing(None, None, now) == Standing()
    assert ledger.standing(token_hash("made up"), "qqqqqqqqqq", now) == Standing()


def test_a_session_brings_its_account_and_the_owner_of_what_is_asked_for(
    ledger: Ledger, listener: Account, now: datetime
):
    key = signed_in(ledger, listener, now)
    found = ledger.standing(key, listener.id, now)

    assert found.visitor == Visitor(account=listener.id, roles=frozenset({Role.LISTENER}))
    assert found.account == listener
    assert found.session is not None
    assert found.session.account == listener.id
    assert found.owner == Owner(person=listener.id, group="g1", is_open=True, purposes=frozenset())


def test_every_change_is_seen_by_the_next_call(
    ledger: Ledger, listener: Account, reviewer: Account, now: datetime
):
    key = signed_in(ledger, reviewer, now)

    def seen() -> tuple[Visitor | None, Owner | None]:
        found = ledger.standing(key, listener.id, now, "2026-11")
        return found.visitor, found.owner

    visitor, owner = seen()
    assert visitor is not None
    assert owner is not None
    assert not visitor.has_acknowledged_rules
    ledger.rules.acknowledge(reviewer.id, "2026-11", now)
    assert seen()[0] == Visitor(account=reviewer.id, roles=reviewer.roles, groups=reviewer.groups)
    ledger.accounts.set_rights(reviewer.id, {Role.AUDITOR}, {"g2"})
    assert seen()[0] == Visitor(
        account=reviewer.id, roles=frozenset({Role.AUDITOR}), groups=frozenset({"g2"})
    )
    consent = Consent(
        id="c1",
        purposes=(Purpose.PLACEMENT, Purpose.PARTICIPANTS),
        version="1",
        signed=date(2026, 11, 1),
        registered=now,
        registered_by="s-1",
    )
    ledger.consents.register(listener.id, consent)
    assert seen()[1] == Owner(
        person=listener.id, group="g1", is_open=True, purposes=frozenset(consent.purposes)
    )
    assert ledger.consents.withdraw(listener.id, "c1", now)
    assert seen()[1] == owner
    ledger.people.set(Person(person=listener.id, group="g2", is_open=False))
    assert seen()[1] == Owner(person=listener.id, group="g2", is_open=False, purposes=frozenset())
    ledger.accounts.block(reviewer.id, now)
    assert seen()[0] is None
    with pytest.raises(AccountBlockedError):
        signed_in(ledger, reviewer, now)


def test_a_session_ends_by_itself(ledger: Ledger, listener: Account, now: datetime):
    key = signed_in(ledger, listener, now)
    found = ledger.standing(key, None, now + HOUR - timedelta(seconds=1))

    assert found.session is not None
    assert ledger.standing(key, None, now + HOUR).visitor is None
    assert ledger.sessions.touch(found.session, now + HOUR / 2)
    assert ledger.standing(key, None, now + HOUR).visitor is not None
    assert ledger.standing(key, None, now + 2 * DAY).visitor is None


BLOCK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    ledger.accounts.block(sys.argv[2], datetime.now(UTC))
"""


def test_a_block_by_another_process_is_seen_by_the_very_next_call(
    ledger: Ledger, listener: Account, home: Path, now: datetime
):
    key = signed_in(ledger, listener, now)
    for _ in range(3):
        assert ledger.standing(key, listener.id, now).visitor is not None
    subprocess.run([sys.executable, "-c", BLOCK, home, listener.id], check=True)

    found = ledger.standing(key, listener.id, now)
    assert found.visitor is None
    assert found.owner == Owner(person=listener.id, group="g1", is_open=False, purposes=frozenset())


def test_a_ledger_that_cannot_be_read_is_said_to_be_so(
    ledger: Ledger, listener: Account, home: Path, now: datetime
):
    key = signed_in(ledger, listener, now)
    ledger.close()
    for file in home.glob("cabinet.db*"):
        file.unlink()
    (home / "cabinet.db").write_bytes(b"no database at all, but long enough to be looked at" * 99)

    with pytest.raises(LedgerUnreadableError):
        ledger.standing(key, None, now)
