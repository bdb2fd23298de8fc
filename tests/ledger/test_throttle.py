"""Failures of signing in, counted in the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

from academy.throttle import ADDRESS_UNDER_ATTACK, FREE_ATTEMPTS, LONGEST_WAIT
from ledger import Ledger

ZERO = timedelta(0)


def tried(ledger: Ledger, name: str, address: str, now: datetime, times: int) -> list[bool]:
    """Fail to sign in again and again; gives which attempts might be made."""
    return [ledger.throttle.admit(name, address, now) == ZERO for _ in range(times)]


def test_an_unknown_name_is_treated_like_a_known_one(ledger: Ledger, now: datetime):
    attempts = [tried(ledger, name, "192.0.2.1", now, 7) for name in ("ivanova", "nobody")]

    assert attempts == [[True] * FREE_ATTEMPTS + [False] * 2] * 2


def test_a_refused_attempt_makes_no_wait_longer(ledger: Ledger, now: datetime):
    tried(ledger, "ivanova", "192.0.2.1", now, 50)

    assert ledger.throttle.admit("ivanova", "192.0.2.1", now) == timedelta(seconds=10)
    later = now + timedelta(seconds=10)
    assert ledger.throttle.admit(" Ivanova ", "192.0.2.1", later) == ZERO


def test_the_owner_signs_in_from_where_they_did_before_whatever_others_do(
    ledger: Ledger, now: datetime
):
    ledger.throttle.admit("ivanova", "192.0.2.1", now)
    ledger.throttle.succeeded("ivanova", "192.0.2.1", now)
    for number in range(70):
        tried(ledger, "ivanova", f"198.51.100.{number}", now, 2)

    assert tried(ledger, "ivanova", "192.0.2.1", now, 2) == [True, True]
    # From a new address one attempt is left, then one each quarter of an hour.
    assert tried(ledger, "ivanova", "203.0.113.5", now, 2) == [True, False]
    assert tried(ledger, "ivanova", "203.0.113.5", now + LONGEST_WAIT, 2) == [True, False]


def test_one_address_through_many_names_is_stopped(ledger: Ledger, now: datetime):
    admitted = [
        ledger.throttle.admit(f"name{number}", "192.0.2.1", now) == ZERO
        for number in range(ADDRESS_UNDER_ATTACK + 5)
    ]

    assert admitted == [True] * ADDRESS_UNDER_ATTACK + [False] * 5
    assert ledger.throttle.admit("name1", "192.0.2.2", now) == ZERO


def test_a_class_that_signs_in_from_one_address_is_not_taken_for_an_attack(
    ledger: Ledger, now: datetime
):
    for number in range(2 * ADDRESS_UNDER_ATTACK):
        assert ledger.throttle.admit(f"name{number}", "192.0.2.1", now) == ZERO
        ledger.throttle.succeeded(f"name{number}", "192.0.2.1", now)


def test_many_at_the_same_moment_count_as_many(ledger: Ledger, now: datetime):
    admitted: list[bool] = []
    start = Barrier(12)

    def attempt() -> None:
        start.wait()
        admitted.append(ledger.throttle.admit("ivanova", "192.0.2.1", now) == ZERO)

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(admitted) == [False] * (12 - FREE_ATTEMPTS) + [True] * FREE_ATTEMPTS


def test_what_no_rule_looks_at_is_swept(ledger: Ledger, now: datetime):
    tried(ledger, "ivanova", "192.0.2.1", now, 9)
    ledger.sweep(now + timedelta(days=2))

    with ledger.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM failures").scalar_one() == 0
