"""The day it is: dates begin and end in the academy's own time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def academy_day(at: datetime, time_zone: str) -> date:
    """The date in the academy's time zone at the moment `at`."""
    return at.astimezone(ZoneInfo(time_zone)).date()
