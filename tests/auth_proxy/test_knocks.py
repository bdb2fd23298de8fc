"""Who asks without being signed in is written down, and cannot fill the record."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from academy.audit import Action, AuditEntry
from auth_proxy.knocks import MINUTE, MOST_A_MINUTE, Knocks
from ledger import open_ledger
from ledger.audit.writer import AuditUnwritableError
from tests.auth_proxy.village import ANNA, BORIS, NOBODY, Clock


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path) as opened:
        yield opened


@pytest.fixture
def knocks(ledger):
    return Knocks(ledger.audit)


def knock(at, how="192.0.2.7", person=ANNA, **more):
    """A refusal of somebody who is not signed in."""
    return AuditEntry(
        moment=at, action=Action.READ, how=how, person=person, is_allowed=False,
        rule="not_signed_in", **more,
    )  # fmt: skip


def lines(ledger):
    """What stands in the record: from where, about whom, how many more."""
    found = [one.entry for one in ledger.audit.query()]
    return [(one.how, one.person, dict(one.details).get("more", "")) for one in found]


def test_a_thousand_knocks_of_one_kind_are_two_lines(ledger, knocks):
    clock = Clock()

    async def come():
        async with knocks.lifetime(clock):
            await asyncio.gather(*(knocks.record(knock(clock()), ANNA) for _ in range(1000)))
            assert lines(ledger) == [("192.0.2.7", ANNA, "")]
            clock.pass_(seconds=59)
            await knocks.record(knock(clock()), ANNA)

    asyncio.run(come())
    assert lines(ledger) == [("192.0.2.7", ANNA, ""), ("192.0.2.7", ANNA, "1000")]
    first, closing = (one.entry.moment for one in ledger.audit.query())
    assert closing - first == timedelta(seconds=59)


def test_the_count_is_written_when_the_minute_is_over(ledger, knocks):
    clock = Clock()
    for _ in range(3):
        knocks.record_now(knock(clock()), ANNA)
    asyncio.run(knocks.close_minute(clock()))
    assert lines(ledger) == [("192.0.2.7", ANNA, "")]

    asyncio.run(knocks.close_minute(clock() + MINUTE))
    asyncio.run(knocks.close_minute(clock() + MINUTE))
    assert lines(ledger) == [("192.0.2.7", ANNA, ""), ("192.0.2.7", ANNA, "2")]


def test_another_address_person_or_minute_is_another_line(ledger, knocks):
    clock = Clock()
    for how, person in (("192.0.2.7", ANNA), ("192.0.2.8", ANNA), ("192.0.2.7", BORIS)):
        knocks.record_now(knock(clock(), how, person), person)
    clock.pass_(minutes=1)
    knocks.record_now(knock(clock()), ANNA)

    assert len(lines(ledger)) == 4


def test_the_addresses_of_one_subscriber_are_one(ledger, knocks):
    """IPv6: whoever has a line has 2^64 addresses."""
    for last in range(50):
        knocks.record_now(knock(Clock()(), f"2001:db8:1:2::{last:x}"), ANNA)
    knocks.record_now(knock(Clock()(), "2001:db8:1:3::1"), ANNA)

    assert lines(ledger) == [("2001:db8:1:2::0", ANNA, ""), ("2001:db8:1:3::1", ANNA, "")]


def test_however_many_addresses_there_are_the_lines_are_few(ledger, knocks):
    clock = Clock()
    for number in range(500):
        knocks.record_now(knock(clock(), f"198.51.100.{number % 250}"), f"{number // 250}")
    asyncio.run(knocks.close_minute(clock() + MINUTE))

    found = lines(ledger)
    assert len(found) == MOST_A_MINUTE + 2
    others = 500 - MOST_A_MINUTE
    assert found[-2:] == [("", "", ""), ("", "", str(others - 1))]


def test_what_cannot_be_written_is_refused_and_tried_again(ledger, knocks, monkeypatch):
    clock = Clock()

    async def unwritable(_entry):
        raise AuditUnwritableError

    with monkeypatch.context() as broken:
        broken.setattr(ledger.audit, "record", unwritable)
        for _ in range(2):
            with pytest.raises(AuditUnwritableError):
                asyncio.run(knocks.record(knock(clock()), ANNA))
    for _ in range(2):
        asyncio.run(knocks.record(knock(clock()), ANNA))
    with monkeypatch.context() as broken:
        broken.setattr(ledger.audit, "record", unwritable)
        asyncio.run(knocks.close_minute(clock() + MINUTE))
    assert lines(ledger) == [("192.0.2.7", ANNA, "")]

    asyncio.run(knocks.close_minute(clock() + MINUTE))
    assert lines(ledger) == [("192.0.2.7", ANNA, ""), ("192.0.2.7", ANNA, "1")]


def test_at_the_door_strangers_are_written_down_once_a_minute(village):
    token, share = village.ledger.shares.create(
        ANNA, ["sad"], village.clock(), expires=village.clock.moment.replace(year=2027),
        created_by=ANNA,
    )  # fmt: skip
    village.ledger.shares.revoke(share.id, village.clock())
    for _ in range(3):
        for path in (f"/c/{BORIS}/study/", f"/c/{NOBODY}/", f"/s/{token}/", f"/s/{'k' * 43}/"):
            assert village.get(None, path).status_code in (401, 404)

    assert village.written() == [
        (BORIS, "study/", False, "not_signed_in"),
        ("", "", False, "not_signed_in"),
        (ANNA, "", False, "link_not_valid"),
        ("", "", False, "link_not_valid"),
    ]
    unknown = next(one.entry for one in village.ledger.audit.query() if not one.entry.person)
    assert (unknown.how, dict(unknown.details)) == ("127.0.0.1", {"unknown": NOBODY})


def test_who_is_there_and_who_is_not_cost_the_same(village):
    """CWE-208: an answer waits for a line of its own, whether there is such a person or not."""
    for person in (ANNA, NOBODY, BORIS, "m" * 10, ANNA, NOBODY):
        village.get(None, f"/c/{person}/")
    for token in ("k" * 43, "m" * 43, "k" * 43):
        village.get(None, f"/s/{token}/")

    assert [person for person, *_ in village.written()] == [ANNA, "", BORIS, "", "", ""]


def test_nothing_is_kept_under_a_number_that_is_nobodys(village):
    """Whoever asks for somebody who was forgotten does not bring their number back."""
    for account in ("s-office", ANNA):
        village.get(account, f"/c/{NOBODY}/study/")

    assert village.written() == [
        ("", "study/", True, "whole_academy"),
        ("", "study/", False, "no_rule"),
    ]
    assert {one.entry.details["unknown"] for one in village.ledger.audit.query()} == {NOBODY}
    assert list(village.ledger.audit.query(person=NOBODY)) == []
