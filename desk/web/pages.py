"""Templates of the desk: HTML in which every value is escaped. The only importer of Jinja here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from formats.prose.plain_text import paragraphs
from messages import Catalogue, catalogue
from messages.dates import day_in_words, moment_in_words


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, with the academy's time zone."""

    catalogue: Catalogue
    time_zone: str

    @property
    def language(self) -> str:
        """The language they are in."""
        return self.catalogue.language

    def text(self, key: str, **values: object) -> str:
        """A text of the catalogue `desk`."""
        return self.catalogue.text(f"desk.{key}", **values)

    def count(self, key: str, number: int, **values: object) -> str:
        """A counting text of the catalogue `desk`."""
        return self.catalogue.count(f"desk.{key}", number, **values)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue `desk` has a text."""
        return self.catalogue.has(f"desk.{key}")

    def name(self, value: Enum | str) -> str:
        """The word for a value of the domain, or for its name."""
        key = value if isinstance(value, str) else f"{type(value).__name__}.{value.value}"
        return self.catalogue.text(f"domain.{key}")

    def size(self, size: int) -> str:
        """The size of a file in words."""
        kilobytes = size / 1024
        if kilobytes < 1024:
            return self.catalogue.text("cabinet.size-kb", size=max(1, round(kilobytes)))
        return self.catalogue.text("cabinet.size-mb", size=f"{kilobytes / 1024:.1f}")

    def day(self, day: date | None) -> str:
        """A date in words; nothing for none."""
        return day_in_words(day, self.language) if day else ""

    def moment(self, at: datetime | None) -> str:
        """A moment in words, in the academy's time zone; nothing for none."""
        return moment_in_words(at, self.language, self.time_zone) if at else ""


def words_of(language: str, time_zone: str) -> Words:
    """The words of a language."""
    return Words(catalogue(language), time_zone)


class Pages:
    """The templates, kept ready."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, template: str, words: Words, values: Mapping[str, object]) -> str:
        """Fill a template in. Words and the forms of dates are at hand in every one."""
        return self._environment.get_template(template).render(
            t=words.text,
            n=words.count,
            has=words.has,
            name=words.name,
            size=words.size,
            plain=paragraphs,
            day=words.day,
            moment=words.moment,
            language=words.language,
            what=words.catalogue.what,
            fix=words.catalogue.fix,
            **values,
        )


def made_safe(html: str) -> Markup:
    """Take HTML that the generator made: it was escaped and looked at there."""
    return Markup(html)  # noqa: S704 - see above.
