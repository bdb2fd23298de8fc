"""Each kind of value: what it takes, what it makes of it, what it refuses and how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.dates import parse_day, parse_moment
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
    is_web_address,
)
from formats.report import Report
from formats.yaml_tree import read_yaml


class Colour(Enum):
    RED = "red"
    GREEN = "green"
    DARK_BLUE = "dark_blue"


def read(kind: Kind, written: str) -> tuple[object, list[str]]:
    """Read `x: <written>`: the value, and each mistake as `line field code values`."""
    report = Report("a.yml")
    table, found = read_yaml(f"x: {written}", "a.yml")
    assert table is not None, found
    _, node = table.entries["x"]
    value = kind.read(node, "x", report)
    mistakes = []
    for issue in report.issues:
        values = {key: one for key, one in issue.values.items() if key != "field"}
        mistakes.append(f"{issue.location.line} {issue.location.field} {issue.code} {values}")
    return value, mistakes


GOOD = [
    (Text(), "Light", "Light"),
    (Text(), "  'two  words '", "two  words"),
    (Text(), "2024", "2024"),
    (Text(), "no", "no"),
    (Text(), "2026-03-05", "2026-03-05"),
    (Text(), '"и\\u0306"', "й"),
    (Text(), "|\n  one\n  two\n", "one two"),
    (Text(), '"one\\r\\n\\ttwo\\L\\Pthree"', "one two three"),
    (Text(lines=True), "|\n  one\n  two\n", "one\ntwo"),
    (Text(lines=True), '"one\\r\\ntwo\\Lthree"', "one\ntwo\nthree"),
    (Text(limit=3), "abc", "abc"),
    (Text(), '""', None),
    (Slug(), "photo-basics-2", "photo-basics-2"),
    (Slug(), "2024", "2024"),
    (Number(), "0", 0),
    (Number(-5, 5), "-5", -5),
    (Number(0, 10), "'7'", 7),
    (Number(), "007", 7),
    (Number(0, 10**9), "1000000000", 10**9),
    (Day(), "2026-03-05", date(2026, 3, 5)),
    (Day(), "05.03.2026", date(2026, 3, 5)),
    (Day(), "5.3.2026", date(2026, 3, 5)),
    (Day(), "29.02.2024", date(2024, 2, 29)),
    (Day(), "01.01.1900", date(1900, 1, 1)),
    (Day(), "31.12.2199", date(2199, 12, 31)),
    (Moment(), "2026-03-05", datetime(2026, 3, 5, tzinfo=UTC)),
    (Moment(), "2026-03-05 14:00", datetime(2026, 3, 5, 14, tzinfo=UTC)),
    (Moment(), "2026-03-05T14:00:00Z", datetime(2026, 3, 5, 14, tzinfo=UTC)),
    (Moment(), "2026-03-05T14:00:00+03:00", datetime(2026, 3, 5, 11, tzinfo=UTC)),
    (Flag(), "yes", True),
    (Flag(), "Да", True),
    (Flag(), "on", True),
    (Flag(), "TRUE", True),
    (Flag(), "no", False),
    (Flag(), "нет", False),
    (Flag(), "off", False),
    (Choice(Colour), "red", Colour.RED),
    (Choice(Colour), "Dark_Blue", Colour.DARK_BLUE),
    (Address(), "https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
    (Address(), "http://пример.example:8080/", "http://пример.example:8080/"),
    (ListOf(Slug()), "[a, b]", ("a", "b")),
    (ListOf(Slug()), "a", ("a",)),
    (ListOf(Slug()), "[]", ()),
    (ListOf(Number()), "\n- 1\n- 2\n", (1, 2)),
    (ListOf(Text()), "[a, ~, b]", ("a", "b")),
    (TableOf(Colour, Number()), "{red: 1, Green: 2}", {Colour.RED: 1, Colour.GREEN: 2}),
    (TableOf(Colour, Number()), "{}", {}),
]


@pytest.mark.parametrize(("kind", "written", "expected"), GOOD)
def test_what_a_kind_takes(kind: Kind, written: str, expected: object):
    assert read(kind, written) == (expected, [])


OPTIONS = "'options': 'red, green, dark_blue'"
BAD = [
    (Text(), "[a]", ["1 x field-not-text {}"]),
    (Text(), "{a: b}", ["1 x field-not-text {}"]),
    (Text(limit=3), "abcd", ["1 x field-too-long {'limit': 3, 'length': 4}"]),
    (Slug(), "Photo Basics", ["1 x field-not-identifier {'value': 'Photo Basics'}"]),
    (Slug(), "фото", ["1 x field-not-identifier {'value': 'фото'}"]),
    (Slug(), "[a]", ["1 x field-not-text {}"]),
    (Number(1, 9), "0", ["1 x field-not-number {'value': '0', 'low': 1, 'high': 9}"]),
    (Number(1, 9), "10", ["1 x field-not-number {'value': '10', 'low': 1, 'high': 9}"]),
    (Number(1, 9), "1.5", ["1 x field-not-number {'value': '1.5', 'low': 1, 'high': 9}"]),
    (Number(1, 9), "72 ч", ["1 x field-not-number {'value': '72 ч', 'low': 1, 'high': 9}"]),
    (Number(1, 9), "٣", ["1 x field-not-number {'value': '٣', 'low': 1, 'high': 9}"]),
    (
        Number(1, 9),
        "9" * 5000,
        [f"1 x field-not-number {{'value': '{'9' * 60}', 'low': 1, 'high': 9}}"],
    ),
    (Day(), "30.02.2026", ["1 x field-not-date {'value': '30.02.2026'}"]),
    (Day(), "29.02.2026", ["1 x field-not-date {'value': '29.02.2026'}"]),
    (Day(), "2026-3-5", ["1 x field-not-date {'value': '2026-3-5'}"]),
    (Day(), "05.03.26", ["1 x field-not-date {'value': '05.03.26'}"]),
    (Day(), "0206-03-05", ["1 x field-not-date {'value': '0206-03-05'}"]),
    (Day(), "9999-12-31", ["1 x field-not-date {'value': '9999-12-31'}"]),
    (Day(), "0000-00-00", ["1 x field-not-date {'value': '0000-00-00'}"]),
    (Day(), "2026-03-05T10:00", ["1 x field-not-date {'value': '2026-03-05T10:00'}"]),
    (Moment(), "05.03.2026", ["1 x field-not-moment {'value': '05.03.2026'}"]),
    (Moment(), "soon", ["1 x field-not-moment {'value': 'soon'}"]),
    (
        Moment(),
        "0001-01-01T00:00:00+23:00",
        ["1 x field-not-moment {'value': '0001-01-01T00:00:00+23:00'}"],
    ),
    (Moment(), "9999-12-31", ["1 x field-not-moment {'value': '9999-12-31'}"]),
    (Flag(), "maybe", ["1 x field-not-flag {'value': 'maybe'}"]),
    (Flag(), "1", ["1 x field-not-flag {'value': '1'}"]),
    (
        Choice(Colour),
        "gren",
        [
            f"1 x field-not-a-choice-close {{'value': 'gren', {OPTIONS}, 'close': 'green'}}",
        ],
    ),
    (
        Choice(Colour),
        "yellow-ish",
        [
            f"1 x field-not-a-choice {{'value': 'yellow-ish', {OPTIONS}, 'close': ''}}",
        ],
    ),
    (Address(), "example.org", ["1 x field-not-address {'value': 'example.org'}"]),
    (Address(), "javascript:alert(1)", ["1 x field-not-address {'value': 'javascript:alert(1)'}"]),
    (TableOf(Colour, Number()), "red", ["1 x field-not-a-table {}"]),
]


@pytest.mark.parametrize(("kind", "written", "mistakes"), BAD)
def test_what_a_kind_refuses(kind: Kind, written: str, mistakes: list[str]):
    assert read(kind, written) == (None, mistakes)


def test_a_list_keeps_what_is_right_and_names_the_line_of_each_mistake():
    value, mistakes = read(ListOf(Slug()), "\n- good\n- Not Good\n- [a]\n- fine\n")

    assert value == ("good", "fine")
    assert mistakes == [
        "3 x field-not-identifier {'value': 'Not Good'}",
        "4 x field-not-text {}",
    ]


def test_a_list_that_is_too_long_is_cut():
    value, mistakes = read(ListOf(Number(), limit=2), "[1, 2, 3]")

    assert value == (1, 2)
    assert mistakes == ["1 x field-too-many {'limit': 2, 'count': 3}"]


def test_a_table_names_the_line_of_each_mistake():
    value, mistakes = read(TableOf(Colour, Number(0, 9)), "\n  red: 1\n  gren: 2\n  green: x\n")

    assert value == {Colour.RED: 1}
    assert mistakes == [
        f"3 x field-not-a-choice-close {{'value': 'gren', {OPTIONS}, 'close': 'green'}}",
        "4 x field-not-number {'value': 'x', 'low': 0, 'high': 9}",
    ]


def test_the_names_that_the_documentation_uses():
    kinds: list[Kind] = [
        Text(120), Text(500, lines=True), Slug(), Number(1, 9), Day(), Moment(), Flag(),
        Choice(Colour), Address(), ListOf(Slug()), TableOf(Colour, Number(0, 9)),
    ]  # fmt: skip

    assert [kind.name for kind in kinds] == [
        "text, up to 120 characters",
        "text, up to 500 characters, several lines",
        "identifier: a–z, 0–9 and -",
        "whole number, 1 to 9",
        "date: 2026-03-05 or 05.03.2026",
        "moment: 2026-03-05T14:00:00+03:00, or a date",
        "yes or no",
        "one of `red`, `green`, `dark_blue`",
        "address: https://…",
        "list of: identifier: a–z, 0–9 and -",
        "table: one of `red`, `green`, `dark_blue`, each with: whole number, 0 to 9",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "", "https://", "https:///path", "//example.org", "ftp://example.org", "https://a b.org",
        "https://me@example.org", "https://me:pw@example.org", "https://example.org:99999",
        "https://[::1", "https://example.org/\n", "https://example.org/\x00", "https://a/<b>",
        "https://a/\"b", "https://a\\b", "https://a/" + "a" * 2000, "data:text/html,hi",
        "HTTPS", "https:example.org",
    ],
)  # fmt: skip
def test_no_address_of_the_web(text: str):
    assert not is_web_address(text)


@given(st.text())
def test_dates_moments_and_addresses_never_end_in_a_traceback(text: str):
    parse_day(text)
    parse_moment(text)
    is_web_address("https://" + text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_both_ways_to_write_a_date_are_the_same_date(day: date):
    assert parse_day(day.isoformat()) == parse_day(f"{day:%d.%m.%Y}") == day


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_is_the_same_wherever_it_was_written(moment: datetime, minutes: int):
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))

    read_back = parse_moment(elsewhere.isoformat())

    assert read_back == moment
    assert read_back.tzinfo is UTC
