"""Guessing is slow, and nobody is locked out for good by somebody else's guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.throttle import (
    ACCOUNT_UNDER_ATTACK,
    ADDRESS_UNDER_ATTACK,
    FREE_ATTEMPTS,
    LONGEST_WAIT,
    PAIR_FORGOTTEN_AFTER,
    Tally,
    counted,
    counted_in_window,
    wait,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZERO = timedelta(0)
MINUTE = timedelta(minutes=1)

moments = st.timedeltas(timedelta(0), timedelta(days=3)).map(lambda ago: NOW - ago)
tallies = st.none() | st.builds(
    lambda number, one, other: Tally(number=number, first=min(one, other), last=max(one, other)),
    st.integers(1, 100_000),
    moments,
    moments,
)


def tally(number: int, ago: timedelta = ZERO, first: timedelta | None = None) -> Tally:
    return Tally(number=number, first=NOW - (first or ago), last=NOW - ago)


def test_the_first_attempts_are_free_and_then_each_waits_longer():
    waits = [
        wait(pair=tally(n), account=None, address=None, is_familiar=False, now=NOW)
        for n in range(1, 14)
    ]

    assert waits[: FREE_ATTEMPTS - 1] == [ZERO] * (FREE_ATTEMPTS - 1)
    seconds = [one.total_seconds() for one in waits[FREE_ATTEMPTS - 1 :]]
    assert seconds == [10, 20, 40, 80, 160, 320, 640, 900, 900]


@given(pair=tallies, account=tallies, address=tallies, is_familiar=st.booleans())
def test_no_wait_is_ever_longer_than_a_quarter_of_an_hour(
    pair: Tally | None, account: Tally | None, address: Tally | None, is_familiar: bool
):
    left = wait(pair=pair, account=account, address=address, is_familiar=is_familiar, now=NOW)

    assert ZERO <= left <= LONGEST_WAIT


@given(account=tallies, address=tallies)
def test_where_somebody_signed_in_before_the_failures_of_others_do_not_count(
    account: Tally | None, address: Tally | None
):
    for number in range(FREE_ATTEMPTS):
        mine = tally(number) if number else None
        left = wait(pair=mine, account=account, address=address, is_familiar=True, now=NOW)
        assert left == ZERO


@given(account=tallies, number=st.integers(1, 100_000))
def test_whoever_attacks_from_elsewhere_an_attempt_is_left_each_quarter_of_an_hour(
    account: Tally | None, number: int
):
    def left(pair: Tally | None) -> timedelta:
        return wait(pair=pair, account=account, address=None, is_familiar=False, now=NOW)

    assert left(None) == ZERO
    assert left(tally(number, LONGEST_WAIT)) == ZERO


def test_an_attack_from_many_addresses_gets_one_attempt_from_each():
    account = tally(ACCOUNT_UNDER_ATTACK)

    assert wait(pair=tally(1), account=account, address=None, is_familiar=False, now=NOW) == (
        LONGEST_WAIT
    )
    calm = tally(ACCOUNT_UNDER_ATTACK - 1)
    assert wait(pair=tally(1), account=calm, address=None, is_familiar=False, now=NOW) == ZERO


def test_an_address_that_tries_many_accounts_has_to_wait():
    busy = tally(ADDRESS_UNDER_ATTACK, first=5 * MINUTE)

    assert wait(pair=None, account=None, address=busy, is_familiar=False, now=NOW) == 10 * MINUTE
    assert wait(pair=None, account=None, address=busy, is_familiar=True, now=NOW) == ZERO


def test_failures_are_forgotten():
    old = tally(99, PAIR_FORGOTTEN_AFTER)

    assert wait(pair=old, account=None, address=None, is_familiar=False, now=NOW) == ZERO
    assert counted(old, NOW, PAIR_FORGOTTEN_AFTER) == tally(1)
    assert counted(tally(3, MINUTE), NOW, PAIR_FORGOTTEN_AFTER) == Tally(
        number=4, first=NOW - MINUTE, last=NOW
    )
    assert counted_in_window(tally(200, ZERO, LONGEST_WAIT), NOW) == tally(1)
    assert counted_in_window(tally(200, ZERO, MINUTE), NOW).number == 201
