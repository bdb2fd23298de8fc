"""Whatever a schema can hold is written and read back the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.front_matter import read_document, write_document
from formats.institution import (
    ACADEMY,
    ANNOUNCEMENT,
    GROUP,
    MATERIAL,
    PAGE,
    POLICY,
    PROGRAMME,
    STAFF,
)
from formats.kinds import (
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
from formats.portfolio import ITEM_SCHEMAS, SETTINGS
from formats.record import CARD, CONSENTS, DOCUMENT, RESULTS, REVIEW, VERIFICATION
from formats.report import Report
from formats.schema import Schema
from formats.yaml_tree import Table, read_yaml, write_yaml

SCHEMAS: list[Schema[object]] = [
    *ITEM_SCHEMAS.values(), SETTINGS,
    CARD, RESULTS, DOCUMENT, CONSENTS, REVIEW, VERIFICATION,
    ACADEMY, POLICY, STAFF, GROUP, PROGRAMME, ANNOUNCEMENT, PAGE, MATERIAL,
]  # fmt: skip

ODD = ["null", "~", "no", "да", "2024", "2026-03-05", "1e3", "- a", "# a", "a: b", "a #b", "'", '"',
       "---", "...", "[a", "{a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "?", "a  b", "Ё й ё",
       "😀", "<<", "=", "0x1F", "1_000", "12:30:45", ":", "a:", "-", ",", "\\n", "\u200b", "\u202e"]  # fmt: skip # noqa: E501


def texts(kind: Text) -> st.SearchStrategy[str]:
    allowed = st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\u2028\u2029\ufeff\ufffe\uffff",
        include_characters="\n" if kind.lines else "",
    )
    made = st.sampled_from(ODD) | st.text(allowed, min_size=1, max_size=min(kind.limit, 140))
    stripped = made.map(lambda text: unicodedata.normalize("NFC", text).strip())
    if not kind.lines:
        stripped = stripped.map(lambda text: " ".join(text.split("\n")))
    return stripped.filter(lambda text: 0 < len(text) <= kind.limit)


moments = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))

VALUES: dict[type, Callable[[Any], st.SearchStrategy[object]]] = {
    Text: texts,
    Slug: lambda _: st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?", fullmatch=True),
    Number: lambda kind: st.integers(kind.low, kind.high),
    Day: lambda _: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    Moment: lambda _: moments.map(lambda moment: moment.replace(microsecond=0)),
    Flag: lambda _: st.booleans(),
    Choice: lambda kind: st.sampled_from(list(kind.options)),
    Address: lambda _: st.sampled_from(["https://example.org/?q=%D0%B0#x", "http://пр.example/"]),
    ListOf: lambda kind: st.lists(values(kind.kind), max_size=min(kind.limit, 3)).map(tuple),
    TableOf: lambda kind: st.dictionaries(
        st.sampled_from(list(kind.options)), values(kind.kind), max_size=3
    ),
    Schema: lambda kind: objects(kind),  # noqa: PLW0108 - it is made below.
}


def values(kind: Kind) -> st.SearchStrategy[object]:
    """Every value of a kind, in the one form in which reading gives it."""
    return VALUES[type(kind)](kind)


def objects(schema: Schema[object]) -> st.SearchStrategy[object]:
    must = {one.target: values(one.kind) for one in schema.fields if one.required}
    can = {one.target: values(one.kind) for one in schema.fields if not one.required}
    must = {name: one.filter(lambda value: value != ()) for name, one in must.items()}
    build = bound(schema).build
    return st.fixed_dictionaries(must, optional=can).map(lambda given: build(**given))


def bound(schema: Schema[object]) -> Schema[object]:
    """Items learn their id and section from their path; here they are given."""
    known = {"id": "i"} if schema in ITEM_SCHEMAS.values() else {}
    if schema.name.startswith("sections/"):
        known["section"] = "s"
    if not known:
        return schema
    return Schema(schema.name, lambda **given: schema.build(**known, **given), schema.fields)


def written(schema: Schema[object], value: object) -> dict[str, object]:
    """Files that hold nothing but a list are written of whatever has that list."""
    if isinstance(value, tuple):
        value = SimpleNamespace(**{schema.fields[0].target: value})
    return schema.write(value)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
@settings(max_examples=25)
@given(data=st.data())
def test_what_a_schema_writes_it_reads_and_writes_again(
    schema: Schema[object], data: st.DataObject
):
    value = data.draw(objects(schema))
    head, body = written(schema, value), "Words.\n\n---\n\nMore words."

    if schema.name.endswith(".md"):
        document, issues = read_document(write_document(head, body), "x.md")
        table = document.head
        assert document.body.source == body + "\n"
    else:
        table, issues = read_yaml(write_yaml(head), "x.yml")

    report = Report("x")
    assert issues == []
    assert isinstance(table, Table)
    again = bound(schema).read(table, "", report)
    assert report.issues == []
    assert again == value
    assert write_yaml(written(schema, again)) == write_yaml(head), "one form for one value"


def test_every_schema_of_a_file_is_tried():
    assert len({schema.name for schema in SCHEMAS}) == len(SCHEMAS) == 20
