"""What was filled in: from the fields of a form to the fields of a file.

Everything typed is kept, also what is wrong: a draft may be wrong, and its
author gets back what they wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from academy.issue import Issue
from desk.forms.controls import ROW
from formats.editing import Plain
from formats.kinds import Flag, Kind, ListOf, Moment, TableOf
from formats.report import Report
from formats.schema import Field, Schema
from formats.yaml_tree import Scalar

# What the gate refuses, and the marks that would come along when text is pasted.
_NEVER = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    r"|[\u2028-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of a file that a form was about, as plain data, and what is wrong in them."""

    changes: Mapping[str, object]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """The fields that came, the time that moments are told in, and the mistakes found so far."""

    given: Mapping[str, str]
    report: Report
    zone: tzinfo | None


def read_filled(
    schema: Schema[Any],
    given: Mapping[str, str],
    present: Mapping[str, Plain],
    hidden: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> Filled:
    """Read the fields of a form by a schema; `present` is what the file says now.

    A field that the form does not have is left as it is; one that is empty is
    left out of the file, and missed where it has to be there. Of a list every value
    stands in a line of its own.
    """
    form = _Form(given, Report(""), zone)
    changes: dict[str, object] = {}
    for one in schema.fields:
        if one.key not in hidden and one.key != "files" and _is_asked(one.kind, one.key, form):
            changes[one.key] = _read(one, one.key, present.get(one.key), form)
    return Filled(changes, tuple(form.report.issues))


def _is_asked(kind: Kind, name: str, form: _Form) -> bool:
    """Tell whether the form has a field, or a part of it."""
    has_rows = isinstance(kind, ListOf) and isinstance(kind.kind, Schema)
    if has_rows or isinstance(kind, Schema | TableOf):
        return any(one.startswith(f"{name}.") for one in form.given)
    return name in form.given


def _read(one: Field, name: str, present: Plain, form: _Form) -> object | None:
    """Read a field that the form has; None for an empty one."""
    match one.kind:
        case Schema():
            return _group(one.kind.fields, name, present, form)
        case TableOf():
            return _table(one.kind, name, present, form)
        case ListOf(kind=Schema() as schema):
            return _rows(schema, name, present, form)
        case ListOf():
            return _list(one, one.kind, name, form)
    return _value(one, name, present, form)


def _group(
    fields: Sequence[Field], name: str, present: Plain, form: _Form
) -> dict[str, object] | None:
    """Read the parts of a group; what the file holds beside them stays."""
    table: dict[str, object] = dict(present) if isinstance(present, dict) else {}
    for part in fields:
        inner = f"{name}.{part.key}"
        if _is_asked(part.kind, inner, form):
            before = present.get(part.key) if isinstance(present, dict) else None
            table[part.key] = _read(part, inner, before, form)
    return {key: value for key, value in table.items() if value is not None} or None


def _table(kind: TableOf, name: str, present: Plain, form: _Form) -> dict[str, object] | None:
    """Read a table with a field for each of its keys."""
    fields = [Field(str(option.value), kind.kind) for option in kind.options]
    return _group(fields, name, present, form)


def _rows(schema: Schema[Any], name: str, present: Plain, form: _Form) -> list[object] | None:
    """Read the rows of a list; one that is empty, or was taken away, is left out."""
    entries = present if isinstance(present, list) else []
    found: list[object] = []
    number = 0
    while (at := form.given.get(f"{name}.{number}.{ROW}")) is not None:
        place, number = f"{name}.{number}", number + 1
        if form.given.get(f"{place}.remove"):
            continue
        is_old = at.isdecimal() and int(at) < len(entries)
        if is_old or _says_something(place, form):
            found.append(_group(schema.fields, place, entries[int(at)] if is_old else None, form))
    return [one for one in found if one is not None] or None


def _says_something(place: str, form: _Form) -> bool:
    return any(
        tidy(text)
        for name, text in form.given.items()
        if name.startswith(f"{place}.") and name.rpartition(".")[2] != ROW
    )


def _list(one: Field, kind: ListOf, name: str, form: _Form) -> list[str] | None:
    """Read a list of single values, in their order."""
    wanted = list(dict.fromkeys(filter(None, map(tidy, form.given[name].split("\n")))))
    if not wanted and one.required:
        form.report.error("field-empty", 0, name)
    for text in wanted:
        kind.kind.read(Scalar(0, text), name, form.report)
    return wanted or None


def _value(one: Field, name: str, present: Plain, form: _Form) -> object | None:
    """Read one value; what is wrong stays the text it is, what says the same as it was."""
    text = tidy(form.given[name])
    if isinstance(one.kind, Flag) and not text and present is not None:
        text = "no"
    if not text:
        if one.required:
            form.report.error("field-empty", 0, name)
        return None
    if isinstance(one.kind, Moment):
        text = _with_zone(text, form.zone)
    value = one.kind.read(Scalar(0, text), name, form.report)
    if value is None:
        return text
    if isinstance(present, str) and one.kind.read(Scalar(0, present), name, Report("")) == value:
        return present
    return text if isinstance(one.kind, Moment) else one.kind.write(value)


def _with_zone(text: str, zone: tzinfo | None) -> str:
    """Give `2026-11-24T09:00`, as a browser gives it, in the academy's time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo or zone is None else moment.replace(tzinfo=zone).isoformat()


def tidy(text: str) -> str:
    """Give the value of a field without what no file takes: characters that cannot be seen."""
    return tidy_body(text.replace("\t", " ")).strip()


def tidy_body(text: str) -> str:
    """Give a long text with the line ends of Unix and without what cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NEVER.sub("", text)
