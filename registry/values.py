"""The value of each cell, by the field its column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256

from academy.identifiers import is_slug
from academy.institution import Academy
from formats.kinds import Text
from formats.record import CARD, DOCUMENT
from registry.cells import read_code, read_day, read_mailbox, read_name
from registry.fields import Column
from registry.phones import read_phone
from registry.references import options_of, resolve
from registry.sensitive import shown
from registry.words import read_document_kind, read_outcome, read_status
from registry.wrong import Wrong

Value = str | date | Enum


@dataclass(frozen=True, slots=True)
class Reading:
    """What values are read with: the academy's content, and the day it is."""

    academy: Academy
    today: date


def read_value(
    column: Column, text: str, values: Mapping[Column, Value | None], reading: Reading
) -> Value | Wrong:
    """Read a cell that is neither blank nor a dash; `values` are those of its row so far."""
    if column in _REFERENCES:
        programme = values.get(Column.PROGRAMME) if column is Column.GROUP else None
        options = options_of(reading.academy, column)
        found = resolve(text, options)
        if isinstance(found, Wrong) and found.code == "cell-ambiguous" and programme:
            narrowed = options_of(reading.academy, column, str(programme))
            return resolve(text, narrowed)
        return found
    value = _READERS[column](text)
    if column is Column.AS_OF and isinstance(value, date) and value > reading.today:
        return Wrong("cell-in-future", {"value": f"{value:%d.%m.%Y}"})
    return value


def document_id(code: str) -> str:
    """Give the id of a document: its code where that can be a file name, else a digest of it."""
    small = code.casefold()
    return small if is_slug(small) else f"d-{sha256(small.encode()).hexdigest()[:16]}"


def _text(limit: int) -> Callable[[str], str | Wrong]:
    def read(text: str) -> str | Wrong:
        return _within(text, limit)

    return read


def _within(text: str, limit: int) -> str | Wrong:
    if len(text) > limit:
        return Wrong("cell-too-long", {"limit": limit, "length": len(text)})
    return text


def _checked(
    read: Callable[[str], Value | None], code: str, limit: int = 1000
) -> Callable[[str], Value | Wrong]:
    """Make a reader that says what is wrong of one that gives None."""

    def checked(text: str) -> Value | Wrong:
        value = read(text)
        if value is None:
            return Wrong(code, {"value": shown(text)})
        return _within(value, limit) if isinstance(value, str) else value

    return checked


def _limits() -> dict[str, int]:
    """The longest texts that the files of a listener can hold."""
    fields = (*CARD.fields, *DOCUMENT.fields)
    return {one.target: one.kind.limit for one in fields if isinstance(one.kind, Text)}


def _read_grade(text: str) -> str | Wrong:
    """A grade is shown as the records give it, but a spreadsheet has made `5.0` of a five."""
    return _within(text.removesuffix(".0") if text[:-2].isdigit() else text, 40)


_LIMITS = _limits()
NAME_LIMIT = _LIMITS["last_name"]
_REFERENCES = frozenset(
    {Column.CATEGORY, Column.PROGRAMME, Column.GROUP, Column.CURATOR, Column.DEPARTMENT}
)
_NAME = _checked(read_name, "cell-not-a-name", NAME_LIMIT)
_DAY = _checked(read_day, "cell-not-a-date")
_READERS: Mapping[Column, Callable[[str], Value | Wrong]] = {
    Column.EXTERNAL_ID: _checked(read_code, "cell-mangled-code", _LIMITS["external_id"]),
    Column.FULL_NAME: _checked(read_name, "cell-not-a-name", 3 * NAME_LIMIT),
    Column.LAST_NAME: _NAME,
    Column.FIRST_NAME: _NAME,
    Column.PATRONYMIC: _NAME,
    Column.STATUS: _checked(read_status, "cell-not-a-status"),
    Column.STATUS_SINCE: _DAY,
    Column.ENROLLED: _DAY,
    Column.ENDS: _DAY,
    Column.MAILBOX: _checked(read_mailbox, "cell-not-a-mailbox", _LIMITS["mailbox"]),
    Column.PHONE: _checked(read_phone, "cell-not-a-phone", _LIMITS["phone"]),
    Column.MODULE: _text(200),
    Column.OUTCOME: _checked(read_outcome, "cell-not-an-outcome"),
    Column.GRADE: _read_grade,
    Column.TEACHER: _text(100),
    Column.DOCUMENT: _checked(read_code, "cell-mangled-code", 200),
    Column.KIND: _checked(read_document_kind, "cell-not-a-document-kind"),
    Column.TITLE: _text(_LIMITS["title"]),
    Column.NUMBER: _text(_LIMITS["number"]),
    Column.DATE: _DAY,
    Column.AS_OF: _DAY,
}
