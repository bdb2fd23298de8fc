"""The kinds of values a field can have: what may be written, and what it means.

Each kind reads a node into a value, or reports what is wrong and gives None;
and writes a value as plain data. Its `name` stands in `docs/formats.md`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import Enum
from typing import Any, Protocol
from urllib.parse import urlsplit

from academy.identifiers import is_slug
from formats.dates import parse_day, parse_moment
from formats.report import Report
from formats.yaml_tree import Items, Node, Scalar, Table

_LINE_BREAK = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_LINE_BREAKS = re.compile(r"\s*\n\s*")
YES = frozenset({"yes", "true", "on", "да"})
_NO = frozenset({"no", "false", "off", "нет"})


class Kind(Protocol):
    """A kind of value."""

    @property
    def name(self) -> str:
        """What the documentation calls it."""

    def read(self, node: Node, field: str, report: Report) -> object | None:
        """Give the value, or report what is wrong and give None."""

    def write(self, value: Any) -> object:
        """Give the value as plain data."""


def _text_of(node: Node, field: str, report: Report) -> str | None:
    if not isinstance(node, Scalar):
        report.error("field-not-text", node.line, field)
        return None
    return unicodedata.normalize("NFC", node.text).strip()


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, or several with `lines`."""

    limit: int = 200
    lines: bool = False

    @property
    def name(self) -> str:
        return f"text, up to {self.limit} characters" + (", several lines" if self.lines else "")

    def read(self, node: Node, field: str, report: Report) -> str | None:
        text = _text_of(node, field, report)
        if not text:
            return None
        text = _LINE_BREAK.sub("\n", text)
        if not self.lines:
            text = _LINE_BREAKS.sub(" ", text)
        if len(text) > self.limit:
            report.error("field-too-long", node.line, field, limit=self.limit, length=len(text))
            return None
        return text

    def write(self, value: Any) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Slug:
    """An identifier of the academy or of an item."""

    name: str = "identifier: a–z, 0–9 and -"

    def read(self, node: Node, field: str, report: Report) -> str | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        if not is_slug(text):
            report.error("field-not-identifier", node.line, field, value=text[:60])
            return None
        return text

    def write(self, value: Any) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds."""

    low: int = 0
    high: int = 100_000

    @property
    def name(self) -> str:
        return f"whole number, {self.low} to {self.high}"

    def read(self, node: Node, field: str, report: Report) -> int | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}", text) or not self.low <= int(text) <= self.high:
            report.error(
                "field-not-number", node.line, field, value=text[:60], low=self.low, high=self.high
            )
            return None
        return int(text)

    def write(self, value: Any) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Day:
    """A date: `2026-03-05` or `05.03.2026`."""

    name: str = "date: 2026-03-05 or 05.03.2026"

    def read(self, node: Node, field: str, report: Report) -> date | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        day = parse_day(text)
        if day is None:
            report.error("field-not-date", node.line, field, value=text[:60])
        return day

    def write(self, value: Any) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with its time zone; a bare date is its first moment in UTC."""

    name: str = "moment: 2026-03-05T14:00:00+03:00, or a date"

    def read(self, node: Node, field: str, report: Report) -> datetime | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        moment = parse_moment(text)
        if moment is None:
            report.error("field-not-moment", node.line, field, value=text[:60])
        return moment

    def write(self, value: Any) -> object:
        return str(value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    name: str = "yes or no"

    def read(self, node: Node, field: str, report: Report) -> bool | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        if text.lower() not in YES | _NO:
            report.error("field-not-flag", node.line, field, value=text[:60])
            return None
        return text.lower() in YES

    def write(self, value: Any) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of an enumeration."""

    options: type[Enum]

    @property
    def name(self) -> str:
        return "one of " + ", ".join(f"`{option.value}`" for option in self.options)

    def read(self, node: Node, field: str, report: Report) -> Enum | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        values = [option.value for option in self.options]
        if text.lower() in values:
            return self.options(text.lower())
        close = get_close_matches(text.lower(), values, n=1, cutoff=0.6)
        code = "field-not-a-choice-close" if close else "field-not-a-choice"
        report.error(
            code, node.line, field,
            value=text[:60], options=", ".join(values), close=close[0] if close else "",
        )  # fmt: skip
        return None

    def write(self, value: Any) -> object:
        return str(value.value)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web: `https://…` or `http://…`."""

    name: str = "address: https://…"

    def read(self, node: Node, field: str, report: Report) -> str | None:
        text = _text_of(node, field, report)
        if text is None:
            return None
        if not is_web_address(text):
            report.error("field-not-address", node.line, field, value=text[:80])
            return None
        return text

    def write(self, value: Any) -> object:
        return value


def is_web_address(text: str) -> bool:
    """Tell whether `text` is an absolute http(s) address without spaces and user names."""
    if re.search(r"[\s\x00-\x20\x7f\\<>\"'`{}|^]", text) or len(text) > 2000:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.username is None


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind; a single value stands for a list of one."""

    kind: Kind
    limit: int = 200

    @property
    def name(self) -> str:
        return f"list of: {self.kind.name}"

    def read(self, node: Node, field: str, report: Report) -> tuple[object, ...] | None:
        nodes = node.items if isinstance(node, Items) else [node]
        nodes = [one for one in nodes if not (isinstance(one, Scalar) and one.is_null)]
        if len(nodes) > self.limit:
            report.error("field-too-many", node.line, field, limit=self.limit, count=len(nodes))
            nodes = nodes[: self.limit]
        values = (self.kind.read(one, field, report) for one in nodes)
        return tuple(value for value in values if value is not None)

    def write(self, value: Any) -> object:
        return [self.kind.write(one) for one in value]


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table whose keys are the values of an enumeration."""

    options: type[Enum]
    kind: Kind

    @property
    def name(self) -> str:
        return f"table: {Choice(self.options).name}, each with: {self.kind.name}"

    def read(self, node: Node, field: str, report: Report) -> dict[Enum, object] | None:
        if not isinstance(node, Table):
            report.error("field-not-a-table", node.line, field)
            return None
        values: dict[Enum, object] = {}
        for key, (line, child) in node.entries.items():
            option = Choice(self.options).read(Scalar(line, key), field, report)
            value = self.kind.read(child, field, report)
            if option is not None and value is not None:
                values[option] = value
        return values

    def write(self, value: Any) -> object:
        return {str(option.value): self.kind.write(one) for option, one in value.items()}
