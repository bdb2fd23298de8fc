"""Any bytes at all in any file: an answer, issues with words, never a traceback."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from academy.issue import Severity
from formats.academy_content import read_academy
from formats.dossier import read_dossier
from formats.lines import with_lines
from messages import LANGUAGES, catalogue

MAIN = [
    "about.md", "portfolio.yml", "works/w/index.md", "works/w/a.jpg", "works/\x00/index.md",
    "achievements/a/index.md", "goals/g.md", "reflections/r.md", "sections/s/e/index.md",
]  # fmt: skip
RECORD = [
    "card.yml", "results.yml", "consent.yml", "documents/d.yml", "reviews/w/1.md",
    "verification/w.yml",
]  # fmt: skip
CONTENT = [
    "academy.yml", "policy.yml", "staff.yml", "groups/g.yml", "programmes/p.yml",
    "announcements/a.md", "materials/m.md", "pages/p.md",
]  # fmt: skip

FIELDS = [
    "title", "date", "kind", "module", "files", "file", "caption", "order", "visible_to", "set_on",
    "due", "state", "category", "level", "part", "link", "sections", "id", "language", "results",
    "outcome", "consents", "purposes", "registered", "withdrawn", "manifest", "path", "size",
    "verdict", "moment", "answers", "name", "short_name", "support", "email", "time_zone",
    "categories", "scoring", "fill", "review", "terms", "modules", "hours", "control", "resources",
    "url", "from", "until", "groups", "staff", "last_name", "external_id", "programme", "titel", "",
]  # fmt: skip
VALUES = [
    "", "a", "~", "no", "2026-03-05", "31.02.2026", "0001-01-01", "9999-12-31T23:59:59-14:00", "1",
    "-1", "9" * 400, "passed", "works", "https://[", "[]", "{}", "[a, [b, {c: d}]]", "{a: {b: c}}",
    "&a x", "*a", "!!python/name:os", "|", ">\n  text", '"\\ud800"', '"\\0"', "'", "\x00", "\x85",
    "\u2028", "\ud800", "[" * 10_000, "{a: " * 500, "%", "@", "Ё" * 3000,
]  # fmt: skip

line = st.tuples(
    st.sampled_from(["", "  ", "- ", "  - ", "    ", "\t", "? "]),
    st.sampled_from(FIELDS),
    st.sampled_from([": ", ":", " "]),
    st.sampled_from(VALUES),
).map("".join)
odd_yaml = st.lists(line, max_size=12).map("\n".join).map(lambda t: t.encode("utf-8", "ignore"))
heads = odd_yaml.map(lambda text: b"---\n" + text + b"\n---\nWords.\n")
content = st.binary(max_size=200) | odd_yaml | heads | st.text().map(lambda t: t.encode("utf-16"))


def trees(paths: list[str]) -> st.SearchStrategy[dict[str, bytes]]:
    return st.dictionaries(st.sampled_from(paths), content, max_size=4)


DEEP = b"title: " + b"[" * 10_000
LONG = b"a" * 300_000


@settings(max_examples=150)
@given(main=trees(MAIN), record=trees(RECORD))
@example(main=dict.fromkeys(MAIN, DEEP), record=dict.fromkeys(RECORD, DEEP))
@example(main=dict.fromkeys(MAIN, LONG), record=dict.fromkeys(RECORD, LONG))
@example(main=dict.fromkeys(MAIN, b"\x00"), record=dict.fromkeys(RECORD, b"\xed\xa0\x80"))
def test_whatever_stands_in_a_listeners_repository(
    main: dict[str, bytes], record: dict[str, bytes]
):
    read = read_dossier("p", main, record)

    issues = with_lines(read.issues, main | record)
    assert read.dossier is not None or any(one.severity is Severity.ERROR for one in issues)
    assert len(issues) == len(read.issues)
    for language in LANGUAGES:
        words = catalogue(language)
        assert all(words.what(one) and words.fix(one) for one in issues)


@settings(max_examples=150)
@given(files=trees(CONTENT))
@example(files=dict.fromkeys(CONTENT, DEEP))
@example(files=dict.fromkeys(CONTENT, LONG))
def test_whatever_stands_in_the_academys_repository(files: dict[str, bytes]):
    read = read_academy(files, "v")

    issues = with_lines(read.issues, files)
    assert read.academy is not None or any(one.severity is Severity.ERROR for one in issues)
    for language in LANGUAGES:
        words = catalogue(language)
        assert all(words.what(one) and words.fix(one) for one in issues)
