"""The controls of a form: one for each field of a schema, filled with what a file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from formats.editing import Plain
from formats.kinds import Address, Choice, Day, Kind, ListOf, Number, Slug, Text
from formats.schema import Field, Schema

Options = Sequence[tuple[str, str]]
"""The values of a choice, each with its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: what it is called in the form, how it looks, and what it holds.

    `sort` is `line`, `text`, `day`, `number`, `address`, `choice`, or `group`
    with the controls in it. `key` names its words.
    """

    name: str
    key: str
    sort: str
    value: str = ""
    required: bool = False
    limit: int = 0
    options: Options = ()
    parts: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Choices that are data of the academy: by the name of the control."""

    choices: Mapping[str, Options] = field(default_factory=dict)


def controls(
    schema: Schema[Any], plain: Mapping[str, Plain], lists: Lists, hidden: Iterable[str] = ()
) -> tuple[Control, ...]:
    """Give the controls for the fields of a schema; those of `hidden` and files have other ways."""
    left_out = {"files", *hidden}
    return tuple(
        _control(one, plain.get(one.key), lists, "")
        for one in schema.fields
        if one.key not in left_out
    )


def _control(one: Field, value: Plain, lists: Lists, place: str) -> Control:
    name = f"{place}{one.key}"
    if isinstance(one.kind, Schema):
        table = value if isinstance(value, dict) else {}
        parts = tuple(
            _control(part, table.get(part.key), lists, f"{name}.") for part in one.kind.fields
        )
        return Control(name=name, key=one.key, sort="group", parts=parts)
    sort, limit = sort_of(one.kind)
    options = lists.choices.get(name) or options_of(one.kind)
    return Control(
        name=name,
        key=name.replace(".", "-"),
        sort="choice" if options else sort,
        value=value if isinstance(value, str) else "",
        required=one.required,
        limit=limit,
        options=options,
    )


def sort_of(kind: Kind) -> tuple[str, int]:
    """How a kind of value is asked for, and how many characters it takes at most."""
    match kind:
        case Text():
            return ("text" if kind.lines else "line"), kind.limit
        case Day():
            return "day", 10
        case Number():
            return "number", 6
        case Address():
            return "address", 2000
        case Choice():
            return "choice", 0
        case Slug():
            return "line", 48
        case ListOf():
            return "list", 0
    raise TypeError(f"There is no control for {kind.name}.")


def options_of(kind: Kind) -> Options:
    """The values of an enumeration; their words are those of the domain."""
    if not isinstance(kind, Choice):
        return ()
    return tuple((one.value, f"{kind.options.__name__}.{one.value}") for one in kind.options)
