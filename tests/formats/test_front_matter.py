"""Markdown files with a head."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.issue import Issue, Location, Severity
from academy.prose import Prose
from formats.files import decode
from formats.front_matter import Document, read_document, write_document
from formats.report import Report
from formats.yaml_tree import Scalar, Table


def test_a_file_is_taken_apart_and_the_body_knows_its_line():
    assert read_document("---\ntitle: Light\n---\n\n\nWords.\n", "a.md") == (
        Document(Table(2, {"title": (2, Scalar(2, "Light"))}), Prose("Words.\n", 6)),
        [],
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("", Prose("", 1)),
        ("Words.\n", Prose("Words.\n", 1)),
        (" ---\na: 1\n---\n", Prose(" ---\na: 1\n---\n", 1)),
        ("\n---\na: 1\n---\n", Prose("\n---\na: 1\n---\n", 1)),
    ],
)
def test_a_file_without_a_head_is_all_body(text: str, body: Prose):
    assert read_document(text, "a.md") == (Document(Table(1), body), [])


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\n---\nWords.", Prose("Words.", 3)),
        ("--- \n---\t\n", Prose("", 4)),
        ("---\n---", Prose("", 3)),
        ("---\n---\n---\nWords.", Prose("---\nWords.", 3)),
    ],
)
def test_an_empty_head_is_an_empty_table(text: str, body: Prose):
    assert read_document(text, "a.md") == (Document(Table(2), body), [])


def test_a_head_that_never_ends_is_a_mistake():
    assert read_document("---\ntitle: Light\n", "a.md") == (
        Document(None, Prose("", 1)),
        [Issue("head-not-closed", Severity.ERROR, Location("a.md", 1))],
    )


def test_a_mistake_in_the_head_has_the_line_of_the_file():
    document, issues = read_document("---\na: 1\nb: [\n---\nWords.\n", "a.md")

    assert document == Document(None, Prose("Words.\n", 5))
    assert [(one.code, one.location.line) for one in issues] == [("yaml-broken", 4)]


def test_the_written_form():
    assert write_document({"title": "Light"}, "\n\nWords.\n\n\n") == (
        "---\ntitle: Light\n---\n\nWords.\n"
    )
    assert write_document({}, "") == "---\n---\n"


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"))


@given(title=lines, body=st.lists(lines | st.sampled_from(["---", "", "```"])).map("\n".join))
def test_what_is_written_is_read_back(title: str, body: str):
    document, issues = read_document(write_document({"title": title}, body), "a.md")

    assert issues == []
    assert document.head is not None
    _, value = document.head.entries["title"]
    assert isinstance(value, Scalar)
    assert value.text == title
    kept = body.strip("\n").split("\n")
    while kept and not kept[0].strip():
        kept.pop(0)
    assert document.body.source.removesuffix("\n") == "\n".join(kept)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbftitle", "title"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("Ё".encode(), "Ё"),
        (b"", ""),
    ],
)
def test_any_editor_may_save_it_in_its_own_way(content: bytes, text: str):
    report = Report("a.md")

    assert (decode(content, report), report.issues) == (text, [])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff", 1),
        (b"a\nb\n\xd1\xe2\xe5\xf2\n", 3),
        ("Свет".encode("cp1251"), 1),
        ("a".encode("utf-16"), 1),
        (b"a\n\xed\xa0\x80", 2),
    ],
)
def test_another_encoding_is_a_mistake_with_its_line(content: bytes, line: int):
    report = Report("a.md")

    assert decode(content, report) is None
    assert report.issues == [
        Issue("file-not-utf8", Severity.ERROR, Location("a.md", line), {"field": ""})
    ]
