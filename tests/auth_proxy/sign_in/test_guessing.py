"""Guessing names and passwords: nothing tells a known name from an unknown one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from auth_proxy.identity.checking import Checking
from auth_proxy.identity.passwords import Passwords

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


class CountedPasswords(Passwords):
    """Counts the digests that are computed."""

    def __init__(self):
        super().__init__(memory=64, passes=1)
        self.computed = 0

    def _verify(self, digest, password):
        self.computed += 1
        return super()._verify(digest, password)


@pytest.fixture
def work_of(house):
    """What a try of a password does: the statements of the ledger, and the digests."""
    passwords = CountedPasswords()
    checking = Checking(house.ledger.accounts, house.ledger.throttle, passwords)

    def work(name, source="192.0.2.7"):
        statements = []

        def note(_connection, _cursor, statement, *_):
            statements.append(statement)

        before = passwords.computed
        engine = house.ledger.database.engine
        event.listen(engine, "before_cursor_execute", note)
        asyncio.run(checking.check(name, "неверный пароль", source, NOW))
        event.remove(engine, "before_cursor_execute", note)
        return statements, passwords.computed - before

    yield work
    passwords.close()


def test_a_try_does_the_same_whether_there_is_such_a_name_or_not(house, work_of):
    """Compared by what is done and not by a watch, which would lie on a busy machine."""
    house.add()
    house.add("outside", password_digest="")
    house.ledger.accounts.block(house.add("closed").id, NOW)

    unknown = work_of("nobody", source="192.0.2.1")
    assert unknown[1] == 1
    for number, name in enumerate(("anna", "outside", "closed")):
        assert work_of(name, source=f"192.0.2.{number + 2}") == unknown, name


def test_a_try_that_has_to_wait_does_the_same_for_both_too(house, work_of):
    house.add()
    for name in ("anna", "nobody"):
        for _ in range(6):
            last = work_of(name, source=f"198.51.100.{len(name)}")
        assert last[1] == 0, name


def test_guessing_is_slowed_down_and_the_right_password_waits_as_well(house):
    house.add()
    browser = house.browser()
    answers = [browser.sign_in("anna", "неверный пароль") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Подождите" in answers[-1].text
    assert browser.sign_in("anna").status_code == 429
    assert house.recorded()[-1] == ("sign_in_failed", "throttled")
    house.clock.pass_by(minutes=1)
    assert browser.sign_in("anna").status_code == 303


def test_knocking_on_while_waiting_does_not_fill_the_record(house):
    house.add()
    browser = house.browser()
    answers = [browser.sign_in("anna", "неверный пароль").status_code for _ in range(20)]

    assert answers == [422] * 5 + [429] * 15
    failed = [("sign_in_failed", "wrong_pair")] * 5 + [("sign_in_failed", "throttled")]
    assert house.recorded() == failed


def test_waiting_leaves_as_many_lines_for_a_name_that_nobody_has(house):
    """CWE-208: otherwise the time of the answer would tell."""
    house.add()
    lines = []
    for name in ("anna", "nobody", "somebody"):
        browser, before = house.browser(), len(house.recorded())
        for _ in range(9):
            browser.sign_in(name, "неверный пароль")
        lines.append(len(house.recorded()) - before)

    assert lines == [6, 6, 6]


def test_whoever_guesses_locks_nobody_out(house):
    """The owner comes from an address of their own, and from one the account knows."""
    house.add()
    for number in range(60):
        house.ledger.throttle.admit("anna", f"203.0.113.{number}", house.clock())

    assert house.browser().sign_in("anna").status_code == 303


def test_what_is_typed_as_a_name_that_nobody_has_is_not_kept(house):
    """It may be a password."""
    house.browser().sign_in("мой настоящий пароль", "x")
    [written] = house.ledger.audit.query()

    assert "настоящий" not in repr(written)
    assert (written.entry.actor, written.entry.is_allowed) == ("", False)
