"""The day it is at the academy."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from academy.calendar import academy_day


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", date(2026, 3, 5)),
        ("Europe/Moscow", date(2026, 3, 6)),
        ("America/Havana", date(2026, 3, 5)),
    ],
)
def test_the_academys_day_begins_at_its_own_midnight(zone: str, expected: date):
    assert academy_day(datetime(2026, 3, 5, 21, 30, tzinfo=UTC), zone) == expected
