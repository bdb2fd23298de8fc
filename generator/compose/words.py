"""Words, dates and moments in the language of one cabinet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from academy.calendar import academy_day
from messages import Catalogue, catalogue
from messages.dates import day_in_words, moment_in_words

_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_])")
_YEAR = re.compile(r"(?<=[^\W\d_]) (?=[12]\d{3}\b)")


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language, with the academy's time zone."""

    catalogue: Catalogue
    time_zone: str

    def text(self, key: str, **values: object) -> str:
        """A text of the catalogue `cabinet`."""
        return self.catalogue.text(f"cabinet.{key}", **values)

    def count(self, key: str, number: int, **values: object) -> str:
        """A counting text of the catalogue `cabinet`."""
        return _together(self.catalogue.count(f"cabinet.{key}", number, **values))

    def name(self, value: Enum) -> str:
        """The word for a value of the domain."""
        return self.catalogue.text(f"domain.{type(value).__name__}.{value.value}")

    def day(self, day: date | None) -> str:
        """A date in words, which no line breaks; nothing for none."""
        return _together(day_in_words(day, self.catalogue.language)) if day else ""

    def moment_day(self, at: datetime) -> str:
        """The day of a moment in words, in the academy's time zone."""
        return self.day(academy_day(at, self.time_zone))

    def moment(self, at: datetime) -> str:
        """A moment in words, in the academy's time zone."""
        return _together(moment_in_words(at, self.catalogue.language, self.time_zone))


def _together(text: str) -> str:
    """Keep numbers on a line with what they count, and the year with its month."""
    return _YEAR.sub("\u00a0", _COUNTED.sub("\u00a0", text))


def words_of(language: str, time_zone: str) -> Words:
    """The words of a language."""
    return Words(catalogue(language), time_zone)
