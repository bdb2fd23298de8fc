"""Dates and moments in words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date, language: str) -> str:
    """Write a date: `5 марта 2026`, `5 March 2026`."""
    months = _RUSSIAN if language == "ru" else _ENGLISH
    return f"{day.day} {months[day.month - 1]} {day.year}"


def moment_in_words(at: datetime, language: str, time_zone: str) -> str:
    """Write a moment in the academy's time zone: `5 марта 2026, 14:05`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{day_in_words(local.date(), language)}, {local:%H:%M}"
