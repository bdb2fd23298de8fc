"""A demo's time runs while it is served, and never back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cabinet.clock import DemoClock, demo_moment, mark_demo, now, running_clock
from cabinet.settings import Home

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    mark_demo(home.demo_mark, NOON)
    return home


def test_it_runs_on_from_the_moment_the_demo_has_come_to(home):
    clock = running_clock(home)
    first, second = clock(), clock()
    assert NOON <= first <= second < NOON + timedelta(minutes=5)


def test_what_is_told_is_written_down_before(home, monkeypatch):
    seconds = iter((0.0, 0.0, 3.0, 6.0, 9.0))
    monkeypatch.setattr("cabinet.clock.time.monotonic", lambda: next(seconds))
    clock = DemoClock(home, NOON)
    told = []
    for _ in range(4):
        told.append(clock() - NOON)
        assert demo_moment(home) >= NOON + told[-1]
    assert told == [timedelta(seconds=n) for n in (0, 3, 6, 9)]


def test_after_a_kill_it_goes_on_later_and_never_earlier(home):
    told = running_clock(home)()
    assert running_clock(home)() >= told
    assert now(home) >= told


def test_a_server_can_begin_at_another_moment(home):
    summer = NOON - timedelta(days=150)
    assert summer <= running_clock(home, summer)() < summer + timedelta(minutes=5)
    assert demo_moment(home) == NOON


def test_an_academy_that_is_no_demo_goes_by_the_clock(tmp_path):
    home = Home(tmp_path)
    assert demo_moment(home) is None
    before = datetime.now(UTC)
    assert before <= running_clock(home)() <= datetime.now(UTC)
