"""Places in the rating of a programme."""

from __future__ import annotations

from datetime import date

from academy.standing import Standing, standings

DAY = date(2026, 11, 24)


def test_equal_points_share_a_place_and_the_next_place_counts_everyone_ahead():
    found = standings({"a": 8, "b": 24, "c": 8, "d": 4}, DAY)

    assert found == {
        "b": Standing(1, 4, DAY),
        "a": Standing(2, 4, DAY),
        "c": Standing(2, 4, DAY),
        "d": Standing(4, 4, DAY),
    }
    assert [found[person].ahead for person in "bacd"] == [0, 1, 1, 3]


def test_among_two_nobody_is_ranked():
    assert standings({"a": 8, "b": 24}, DAY) == {}
    assert standings({}, DAY) == {}


def test_who_has_no_points_is_among_the_others_and_has_no_place():
    assert standings({"a": 8, "b": 0, "c": 0}, DAY) == {"a": Standing(1, 3, DAY)}
