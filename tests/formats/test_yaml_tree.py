"""YAML that people write by hand, and YAML that is written to do harm."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from academy.issue import Issue, Location, Severity
from formats import yaml_tree
from formats.yaml_tree import Items, Scalar, Table, read_yaml, write_yaml


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything holds with libyaml and without it."""
    monkeypatch.setattr(yaml_tree, "_Loader", getattr(yaml, request.param))
    return str(request.param)


def mistakes(text: str, first_line: int = 1) -> list[str]:
    _, issues = read_yaml(text, "a.yml", first_line)
    return [f"{one.location.line} {one.code} {one.values}" for one in issues]


def test_nodes_know_their_lines():
    text = "title: Light\nfiles:\n  - file: a.jpg\n    alt: ''\n  - b.jpg\nempty:\n"

    assert read_yaml(text, "a.yml", first_line=11) == (
        Table(
            11,
            {
                "title": (11, Scalar(11, "Light")),
                "files": (
                    12,
                    Items(
                        13,
                        [
                            Table(
                                13,
                                {"file": (13, Scalar(13, "a.jpg")), "alt": (14, Scalar(14, ""))},
                            ),
                            Scalar(15, "b.jpg"),
                        ],
                    ),
                ),
                "empty": (16, Scalar(16, "", is_null=True)),
            },
        ),
        [],
    )


@pytest.mark.parametrize(
    ("written", "text", "is_null"),
    [
        ("", "", True),
        ("~", "~", True),
        ("null", "null", True),
        ("Null", "Null", False),
        ("'null'", "null", False),
        ("no", "no", False),
        ("2024", "2024", False),
        ("1e3", "1e3", False),
        ("2026-03-05", "2026-03-05", False),
        ("<<", "<<", False),
        ("=", "=", False),
        ("'it''s'", "it's", False),
        ('"\\u0416"', "Ж", False),
    ],
)
def test_values_stay_text(written: str, text: str, is_null: bool):
    table, issues = read_yaml(f"x: {written}", "a.yml")

    assert issues == []
    assert table is not None
    assert table.entries["x"][1] == Scalar(1, text, is_null)


@pytest.mark.parametrize("text", ["", "\n\n", "# words\n", "---\n", "~", "--- ~\n...\n"])
def test_a_file_that_says_nothing_is_an_empty_table(text: str):
    assert read_yaml(text, "a.yml", first_line=3) == (Table(3), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [1, 2\n", ["3 yaml-broken {'near': ''}"]),
        ("a: 1\nb: c: d\n", ["2 yaml-broken {'near': 'b: c: d'}"]),
        ("a: 1\n\tb: 2\n", ["2 yaml-broken {'near': 'b: 2'}"]),
        ("a: 'open\nb: 1\n", ["3 yaml-broken {'near': ''}"]),
        ("a: 1\n---\nb: 2\n", ["2 yaml-several-documents {}"]),
        ("- a\n- b\n", ["1 yaml-not-a-mapping {}"]),
        ("just words\n", ["1 yaml-not-a-mapping {}"]),
        ("a: 1\n? [b]\n: 2\n", ["2 yaml-key-not-text {}"]),
        ("a: &x 1\n", ["1 yaml-anchor {}"]),
        ("a: &x [1]\n", ["1 yaml-anchor {}"]),
        ("a: 1\nb: *x\n", ["2 yaml-anchor {}"]),
        ("a: 1\nb: !!python/object:os.system ls\n",
         ["2 yaml-tag {'tag': 'tag:yaml.org,2002:python/object:os.system'}"]),
        ("a: !mine 1\n", ["1 yaml-tag {'tag': '!mine'}"]),
        ("a: !!set {b}\n", ["1 yaml-tag {'tag': 'tag:yaml.org,2002:set'}"]),
        ("a: 1\nb: x\x00y\n", ["2 yaml-control-character {'character': 'U+0000'}"]),
        ("a: 1\nb: x\x1b[31my\n", ["2 yaml-control-character {'character': 'U+001B'}"]),
        ("a: \ud800\n", ["1 yaml-control-character {'character': 'U+D800'}"]),
        ("a: \ufffe\n", ["1 yaml-control-character {'character': 'U+FFFE'}"]),
        ('a: 1\nb: "x\\0y"\n', ["2 yaml-control-character {'character': 'U+0000'}"]),
        ('a: 1\n"x\\e": y\n', ["2 yaml-control-character {'character': 'U+001B'}"]),
        ("a: 1\nb: 2\na: 3\n", ["3 yaml-doubled-key {'key': 'a', 'first': 1}"]),
        ("x:\n  a: 1\n  a: 2\na: 3\n", ["3 yaml-doubled-key {'key': 'a', 'first': 2}"]),
        (f"{'k' * 99}: 1\n{'k' * 99}: 2\n",
         [f"2 yaml-doubled-key {{'key': '{'k' * 60}', 'first': 1}}"]),
        ("a: " + "b" * 300_000, ["1 yaml-too-large {'limit': 256}"]),
        ("a: " + "Ж" * 140_000, ["1 yaml-too-large {'limit': 256}"]),
        ("a:\n" + "- b\n" * 60_000, ["49998 yaml-too-large {'limit': 256}"]),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(text: str, expected: list[str]):
    assert mistakes(text) == expected


def test_the_line_of_a_mistake_is_that_of_the_whole_file():
    assert read_yaml("a: 1\na: 2\n", "x.md", first_line=2) == (
        Table(2, {"a": (2, Scalar(2, "1"))}),
        [
            Issue(
                "yaml-doubled-key",
                Severity.ERROR,
                Location("x.md", 3),
                {"key": "a", "first": 1},
            )
        ],
    )


@pytest.mark.parametrize("depth", [13, 100, 10_000, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_ten_thousand_levels_are_refused_at_the_thirteenth(opening: str, depth: int):
    text = opening * depth

    limit = "1 yaml-too-large {'limit': 256}" if len(text) > 256 * 1024 else None
    assert mistakes(text) == [limit or "1 yaml-too-deep {'limit': 12}"]


def test_a_bomb_does_not_go_off():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )

    assert mistakes(bomb) == ["1 yaml-anchor {}"]


def test_line_breaks_that_no_editor_counts_move_no_lines():
    pasted = "a: one\u2028two\u2029three\x85four\nb: 1\nb: 2\n"

    table, issues = read_yaml(pasted, "a.yml")

    assert table is not None
    assert table.entries["a"] == (1, Scalar(1, "one two three four"))
    assert [one.location.line for one in issues] == [3]


odd = st.sampled_from(
    ["a", "b", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!", "|\n",
     ">\n", "'", '"', "\\", "#", "%", "@", "`", "? ", "---\n", "...\n", "\t", "\x00", "\x85",
     "\u2028", "\ufeff", "\ud800", "~", "<<", "\\x", "\\UFFFFFFFF", "\\ud800", "%YAML 9.9\n",
     "%TAG ! x\n"]
)  # fmt: skip


@given(text=st.text() | st.lists(odd).map("".join))
def test_whatever_is_written_there_is_an_answer_and_no_traceback(text: str):
    table, issues = read_yaml(text, "a.yml")

    assert table is not None or issues
    lines = len(text.splitlines()) + 1
    assert all(1 <= one.location.line <= lines for one in issues)


@given(
    escape=st.sampled_from(["\\x", "\\u", "\\U"]), digits=st.text("0123456789abcdef", max_size=8)
)
def test_no_escape_brings_in_what_may_not_be_written(escape: str, digits: str):
    table, issues = read_yaml(f'a: "{escape}{digits}"', "a.yml")

    if table is None:
        assert issues
    else:
        _, value = table.entries["a"]
        assert isinstance(value, Scalar)
        value.text.encode("utf-8")
        assert "\x00" not in value.text


plain = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | st.integers(-9, 9),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), parts, max_size=3)
    ),
    max_leaves=8,
)


def as_text(node: object) -> object:
    """A node as plain data again: what cannot be told apart in a file is text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [as_text(one) for one in node.items]
    assert isinstance(node, Table)
    return {key: as_text(value) for key, (_, value) in node.entries.items()}


def stringed(value: object) -> object:
    if isinstance(value, dict):
        return {key: stringed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [stringed(one) for one in value]
    return str(value).translate({0x2028: " ", 0x2029: " "})


@given(value=st.dictionaries(st.text("abc", min_size=1, max_size=3), plain, max_size=4))
def test_what_is_written_is_read_back(value: dict[str, object]):
    text = write_yaml(stringed(value))

    table, issues = read_yaml(text, "a.yml")

    assert issues == []
    assert as_text(table) == stringed(value)


def test_the_written_form_is_for_people():
    assert (
        write_yaml(
            {"title": "Свет и тень", "kind": "project", "order": 3, "files": [{"file": "a.jpg"}]}
        )
        == "title: Свет и тень\nkind: project\norder: 3\nfiles:\n- file: a.jpg\n"
    )


def test_one_value_in_two_places_is_written_twice():
    day = date(2026, 11, 24)

    assert write_yaml({"status_since": day, "as_of": day}) == (
        "status_since: 2026-11-24\nas_of: 2026-11-24\n"
    )
