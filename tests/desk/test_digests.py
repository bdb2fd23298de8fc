"""Overviews are kept from one start to the next, and made anew when something has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from academy.verification import VerificationState
from desk.staff import digests
from desk.staff.digests import Digests

ANNA, BORIS = "bcdfghjkmn", "npqrstvwxz"


@pytest.fixture
def read(monkeypatch):
    """Whose portfolio was read whole."""
    seen = []

    def dossier_of(repositories, person):
        seen.append(person)
        return real(repositories, person)

    real = digests.dossier_of
    monkeypatch.setattr(digests, "dossier_of", dossier_of)
    return seen


def overview(house, kept):
    workplace = house.workplace
    workplace.people.refresh()
    policy = workplace.academy().policy
    return kept.of(
        workplace.repositories,
        workplace.requests,
        workplace.people.listeners(),
        policy,
        house.clock(),
    )


def started(house):
    """The digests of a program that was just started."""
    return Digests(house.office.summaries)


def test_the_first_overview_after_a_start_reads_no_portfolio(house, read):
    first = overview(house, started(house))
    assert sorted(read) == [ANNA, BORIS]
    read.clear()

    assert overview(house, started(house)) == first
    assert read == []


def test_only_what_has_moved_is_read_again(house, read):
    kept = started(house)
    overview(house, kept)
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Новый рассказ.").send(declared="1")
    read.clear()

    found = {one.person: one for one in overview(house, started(house))}
    assert read == [ANNA]
    assert (found[ANNA].waiting, found[BORIS].waiting) == (1, 0)
    read.clear()
    assert {one.person: one for one in overview(house, kept)} == found
    assert read == [ANNA]


def test_a_change_of_the_policy_is_noticed_and_another_commit_of_the_academy_is_none(house, read):
    kept, workplace = started(house), house.workplace
    overview(house, kept)
    read.clear()
    listed, policy = workplace.people.listeners(), workplace.academy().policy

    def asked(policy):
        kept.of(workplace.repositories, workplace.requests, listed, policy, house.clock())

    asked(replace(policy, version="another"))
    assert read == []
    asked(replace(policy, silent_days=policy.silent_days + 1))
    assert sorted(read) == [ANNA, BORIS]


def test_a_digest_holds_until_a_verification_runs_out(house):
    (digest, *_) = overview(house, started(house))
    (check, *_) = digest.checks
    today = date(2026, 11, 24)
    confirmed = replace(check, state=VerificationState.CONFIRMED, until=today + timedelta(days=1))

    assert digest.holds(today)
    assert replace(digest, checks=(confirmed,)).holds(today)
    assert not replace(digest, checks=(confirmed,)).holds(today + timedelta(days=1))
    expired = replace(confirmed, state=VerificationState.EXPIRED)
    assert replace(digest, checks=(expired,)).holds(today + timedelta(days=30))


def test_without_a_place_to_keep_them_they_are_read_once_a_process(house, read):
    kept = Digests()
    overview(house, kept)
    overview(house, kept)
    assert sorted(read) == [ANNA, BORIS]
