"""The controls of a form: one for each field of a schema, filled with what a file says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from formats.dates import parse_moment
from formats.editing import Plain
from formats.kinds import (
    YES,
    Address,
    Choice,
    Day,
    Flag,
    Kind,
    ListOf,
    Moment,
    Number,
    Slug,
    TableOf,
    Text,
)
from formats.schema import Field, Schema

Options = Sequence[tuple[str, str]]
"""The values of a choice, each with its words."""

ROW = "row"
"""Below the name of a row: which row of the file it is, or nothing for a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: what it is called in the form, how it looks, and what it holds.

    `sort` is `line`, `text`, `day`, `moment`, `number`, `address`, `choice`, `flag`; `lines` for
    a list with an entry a line, `picks` for one of `options`; `group` with the controls
    in it, `rows` with the rows of them. `key` names its words, or `word` is them.
    """

    name: str
    key: str
    sort: str
    value: str = ""
    required: bool = False
    limit: int = 0
    options: Options = ()
    parts: tuple[Control, ...] = ()
    rows: tuple[Row, ...] = ()
    word: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The values of a list."""
        return tuple(self.value.split("\n")) if self.value else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of several groups of controls: its title, and which row of the file it is."""

    name: str
    at: str
    title: str
    parts: tuple[Control, ...]


def _itself(word: str) -> str:
    return word


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Choices that are data of the academy, by the place of the control; words of the domain.

    `meant` has the value that holds where nothing is written, by the place of the control.
    `prefix` stands before the keys of all words, `zone` is the time that moments are told in.
    """

    choices: Mapping[str, Options] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)
    word: Callable[[str], str] = _itself
    prefix: str = ""
    zone: tzinfo | None = None


def controls(
    schema: Schema[Any], plain: Mapping[str, Plain], lists: Lists, hidden: Iterable[str] = ()
) -> tuple[Control, ...]:
    """Give the controls for the fields of a schema; those of `hidden` and files have other ways."""
    left_out = {"files", *hidden}
    return tuple(
        _control(one, plain.get(one.key), lists, one.key, one.key)
        for one in schema.fields
        if one.key not in left_out
    )


def _control(one: Field, value: Plain, lists: Lists, name: str, place: str) -> Control:
    """Make a control; `name` has the numbers of rows in it, `place` has not."""
    key = lists.prefix + place.replace(".", "-")
    match one.kind:
        case Schema():
            table = value if isinstance(value, dict) else {}
            parts = _parts(one.kind, table, lists, name, place)
            return Control(name=name, key=key, sort="group", parts=parts)
        case TableOf():
            parts = _of_table(one.kind, value, lists, name, place)
            return Control(name=name, key=key, sort="group", parts=parts)
        case ListOf(kind=Schema() as schema):
            rows = _rows(schema, value, lists, name, place)
            return Control(name=name, key=key, sort="rows", rows=rows)
    sort, limit = sort_of(one.kind)
    options = lists.choices.get(place) or _worded(options_of(one.kind), lists)
    said = _value(one.kind, value, lists)
    if options and sort == "lines":
        # What is chosen comes first, in the order of the file, which so stays as it is.
        chosen = said.split("\n") if said else []
        words = dict(options)
        options = [(key, words.get(key, key)) for key in dict.fromkeys([*chosen, *words])]
        sort = "picks"
    elif options:
        sort, options = "choice", _choice(options, said, lists.meant.get(place))
    return Control(
        name=name,
        key=key,
        sort=sort,
        value=said,
        required=one.required,
        limit=limit,
        options=options,
    )


def _choice(options: Options, said: str, meant: str | None) -> Options:
    """Give the values of a choice, what is not written among them.

    Where that means one of the values, it stands for that value until it is written.
    """
    if meant is None:
        return [("", ""), *options]
    if said == meant:
        return options
    return [("" if value == meant else value, words) for value, words in options]


def _parts(
    schema: Schema[Any], table: Mapping[str, Plain], lists: Lists, name: str, place: str
) -> tuple[Control, ...]:
    return tuple(
        _control(part, table.get(part.key), lists, f"{name}.{part.key}", f"{place}.{part.key}")
        for part in schema.fields
    )


def _of_table(
    kind: TableOf, value: Plain, lists: Lists, name: str, place: str
) -> tuple[Control, ...]:
    """A control for every key that a table may have."""
    table = value if isinstance(value, dict) else {}
    sort, limit = sort_of(kind.kind)
    options = _worded(options_of(kind.kind), lists)
    return tuple(
        Control(
            name=f"{name}.{option.value}",
            key=lists.prefix + place,
            sort=sort,
            value=_value(kind.kind, table.get(option.value), lists),
            limit=limit,
            options=options,
            word=lists.word(f"{kind.options.__name__}.{option.value}"),
        )
        for option in kind.options
    )


def _rows(
    schema: Schema[Any], value: Plain, lists: Lists, name: str, place: str
) -> tuple[Row, ...]:
    """The rows of a list, and an empty one to add to it."""
    entries = value if isinstance(value, list) else [] if value is None else [value]
    rows = []
    for number, entry in enumerate([*entries, None]):
        table = entry if isinstance(entry, dict) else {}
        parts = _parts(schema, table, lists, f"{name}.{number}", place)
        at = "" if entry is None else str(number)
        rows.append(Row(name=f"{name}.{number}", at=at, title=_title(parts), parts=parts))
    return tuple(rows)


def _title(parts: Iterable[Control]) -> str:
    """What to call a row: its title or name, or else the first thing it says."""
    said = [
        (one.name.rpartition(".")[2], dict(one.options).get(one.value, one.value))
        for one in parts
        if one.value
    ]
    named = [text for key, text in said if key in ("title", "name")]
    return next(iter([*named, *(text for _, text in said)]), "")


def _value(kind: Kind, value: Plain, lists: Lists) -> str:
    """Give a value as its control holds it."""
    if isinstance(kind, ListOf):
        entries = value if isinstance(value, list) else [value]
        return "\n".join(one for one in entries if isinstance(one, str))
    text = value if isinstance(value, str) else ""
    if isinstance(kind, Flag):
        return "yes" if text.strip().lower() in YES else ""
    moment = parse_moment(text) if isinstance(kind, Moment) and lists.zone else None
    return moment.astimezone(lists.zone).strftime("%Y-%m-%dT%H:%M") if moment else text


_SORTS: Mapping[type, tuple[str, int]] = {
    Day: ("day", 10),
    Moment: ("moment", 32),
    Number: ("number", 6),
    Address: ("address", 2000),
    Choice: ("choice", 0),
    Flag: ("flag", 0),
    Slug: ("line", 48),
    ListOf: ("lines", 0),
}


def sort_of(kind: Kind) -> tuple[str, int]:
    """How a kind of value is asked for, and how many characters it takes at most."""
    if isinstance(kind, Text):
        return ("text" if kind.lines else "line"), kind.limit
    return _SORTS[type(kind)]


def options_of(kind: Kind) -> Options:
    """The values of an enumeration; their words are those of the domain."""
    if not isinstance(kind, Choice):
        return ()
    return tuple((one.value, f"{kind.options.__name__}.{one.value}") for one in kind.options)


def _worded(options: Options, lists: Lists) -> Options:
    return tuple((value, lists.word(word)) for value, word in options)
