"""Dates and moments as people and machines write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEARS = range(1900, 2200)  # What lies outside is a slip, and no date can be counted on from it.


def parse_day(text: str) -> date | None:
    """Read `2026-03-05` or `05.03.2026`.

    Anything else, days that do not exist and years before 1900 or after 2199 are None.
    """
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else (match[6], match[5], match[4])
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def parse_moment(text: str) -> datetime | None:
    """Read a moment of ISO 8601 into UTC; one without a zone is in UTC already.

    Anything else and years before 1900 or after 2199 are None.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in _YEARS else None
