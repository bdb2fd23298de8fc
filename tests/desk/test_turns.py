"""Turns at making previews: one at a time, few wait, and of one account only the newest wish."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from academy.projection import ProjectionKind
from desk.previews import Previews, Site
from desk.turns import BusyError, Turns

PATIENCE = 30
"""Seconds after which a test gives up. What it looks at never depends on them."""


class Taken:
    """Somebody who has the turn until they are told to go."""

    def __init__(self, turns, pool):
        self._go, has_it = Event(), Event()

        def hold():
            with turns.turn("somebody", "a long text"):
                has_it.set()
                assert self._go.wait(PATIENCE)

        self._done = pool.submit(hold)
        assert has_it.wait(PATIENCE)

    def go(self):
        self._go.set()
        self._done.result(PATIENCE)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def stands_in_line(turns, pool, account, wanted, had):
    """Let somebody ask for a turn; gives what becomes of it as soon as they wait."""
    before = turns.waiting

    def ask():
        with turns.turn(account, wanted):
            had.append((account, wanted))

    asked = pool.submit(ask)
    while turns.waiting == before and not asked.done():
        pass
    return asked


def test_turns_come_in_the_order_of_asking(pool) -> None:
    turns, had = Turns(), []
    taken = Taken(turns, pool)
    asked = [stands_in_line(turns, pool, name, "a page", had) for name in ("anna", "boris", "vera")]
    assert had == []

    taken.go()
    for one in asked:
        one.result(PATIENCE)
    assert [account for account, _ in had] == ["anna", "boris", "vera"]


def test_a_newer_wish_of_the_same_account_takes_the_place_of_the_older(pool) -> None:
    turns, had = Turns(), []
    taken = Taken(turns, pool)
    older = stands_in_line(turns, pool, "anna", "first words", had)
    newer = pool.submit(lambda: stands_in_line(turns, pool, "anna", "more words", had))
    with pytest.raises(BusyError):
        older.result(PATIENCE)

    taken.go()
    newer.result(PATIENCE).result(PATIENCE)
    assert had == [("anna", "more words")]


def test_the_same_wish_of_an_account_may_wait_twice(pool) -> None:
    """A page and the pictures on it ask for one site."""
    turns, had = Turns(), []
    taken = Taken(turns, pool)
    asked = [stands_in_line(turns, pool, "anna", "a page", had) for _ in range(3)]

    taken.go()
    for one in asked:
        one.result(PATIENCE)
    assert had == [("anna", "a page")] * 3


def test_only_so_many_wait(pool) -> None:
    turns, had = Turns(most_waiting=2), []
    taken = Taken(turns, pool)
    asked = [stands_in_line(turns, pool, name, "a page", had) for name in ("anna", "boris")]
    with pytest.raises(BusyError), turns.turn("vera", "a page"):
        pass

    taken.go()
    for one in asked:
        one.result(PATIENCE)
    with turns.turn("vera", "a page"):
        assert turns.waiting == 0


def test_a_turn_that_fails_is_over() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broken"), turns.turn("anna", "a page"):
        raise ValueError("broken")
    with turns.turn("anna", "a page"):
        pass


def test_what_several_wait_for_is_made_once(pool) -> None:
    turns, made = Turns(), []

    def make(person, contents, kind):
        made.append((person, dict(contents), kind))
        return Site(pages={"index.html": b"A page."})

    previews = Previews(make, lambda *_: b"", turns)
    taken = Taken(turns, pool)

    def look(account):
        ids, read = {"about.md": "1"}, lambda: {"about.md": b"Words."}
        return previews.site(account, "anna", ids, read, ProjectionKind.OWNER)

    looks = [pool.submit(look, account) for account in ("anna", "teacher")]
    while turns.waiting < 2:
        pass
    taken.go()
    assert [one.result(PATIENCE).pages for one in looks] == [{"index.html": b"A page."}] * 2
    assert made == [("anna", {"about.md": b"Words."}, ProjectionKind.OWNER)]
