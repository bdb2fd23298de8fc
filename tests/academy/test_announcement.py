"""Announcements: to whom, when, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from academy.announcement import Announcement, shown_to
from academy.dossier import Dossier

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def announcement(name: str = "a", **values: object) -> Announcement:
    known: dict[str, object] = {"id": name, "title": name, "starts": NOW - DAY}
    return Announcement(**{**known, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("groups", "programmes", "concerned"),
    [
        ((), (), True),
        (("photo-1",), (), True),
        (("photo-2",), (), False),
        ((), ("photo",), True),
        ((), ("cooking",), False),
        (("photo-2",), ("photo",), True),
        (("photo-2", "photo-1"), ("cooking",), True),
    ],
)
def test_it_concerns_the_groups_and_the_programmes_it_names(
    dossier: Dossier, groups: tuple[str, ...], programmes: tuple[str, ...], concerned: bool
):
    one = announcement(groups=groups, programmes=programmes)

    assert one.concerns(dossier.card) is concerned
    assert shown_to((one,), dossier.card, NOW) == ((one,) if concerned else ())


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        (NOW, None, True),
        (NOW + timedelta(microseconds=1), None, False),
        (NOW - DAY, NOW, False),
        (NOW - DAY, NOW + timedelta(microseconds=1), True),
        (NOW, NOW, False),
    ],
)
def test_it_is_shown_from_its_start_until_before_its_end(
    starts: datetime, ends: datetime | None, shown: bool
):
    assert announcement(starts=starts, ends=ends).is_shown(NOW) is shown


def test_important_ones_come_first_then_the_newest(dossier: Dossier):
    old = announcement("old", starts=NOW - 3 * DAY)
    twins = announcement("b"), announcement("a")
    important = announcement("important", starts=NOW - 9 * DAY, important=True)
    over = replace(important, id="over", ends=NOW)

    shown = shown_to((old, over, *twins, important), dossier.card, NOW)

    assert [one.id for one in shown] == ["important", "a", "b", "old"]
