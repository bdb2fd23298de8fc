"""What was filled in: from the fields of a form to the fields of a file.

Everything typed is kept, also what is wrong: a draft may be wrong, and its
author gets back what they wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from academy.issue import Issue
from formats.editing import Plain
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


def read_filled(
    schema: Schema[Any],
    given: Mapping[str, str],
    present: Mapping[str, Plain],
    hidden: Sequence[str] = (),
) -> Filled:
    """Read the fields of a form by a schema; `present` is what the file says now.

    A field that the form does not have is left as it is; one that is empty is
    left out of the file, and missed where it has to be there.
    """
    report = Report("")
    changes: dict[str, object] = {}
    for one in schema.fields:
        if one.key in hidden or one.key == "files":
            continue
        if isinstance(one.kind, Schema):
            changes.update(_group(one, one.kind, given, present.get(one.key), report))
        elif one.key in given:
            changes[one.key] = _value(one, one.key, given[one.key], report)
    return Filled(changes, tuple(report.issues))


def _group(
    one: Field, schema: Schema[Any], given: Mapping[str, str], present: Plain, report: Report
) -> dict[str, object]:
    """Read the parts of a group; what the file holds beside them stays."""
    names = {part.key: f"{one.key}.{part.key}" for part in schema.fields}
    if not any(name in given for name in names.values()):
        return {}
    table: dict[str, object] = dict(present) if isinstance(present, dict) else {}
    for part in schema.fields:
        if names[part.key] in given:
            table[part.key] = _value(part, names[part.key], given[names[part.key]], report)
    kept = {key: value for key, value in table.items() if value is not None}
    return {one.key: kept or None}


def _value(one: Field, name: str, text: str, report: Report) -> object | None:
    """Read one value; what is wrong stays the text it is."""
    text = tidy(text)
    if not text:
        if one.required:
            report.error("field-empty", 0, name)
        return None
    value = one.kind.read(Scalar(0, text), name, report)
    return text if value is None else one.kind.write(value)


def tidy(text: str) -> str:
    """Give the value of a field without what no file takes: characters that cannot be seen."""
    return tidy_body(text.replace("\t", " ")).strip()


def tidy_body(text: str) -> str:
    """Give a long text with the line ends of Unix and without what cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NEVER.sub("", text)
