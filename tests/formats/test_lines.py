"""Mistakes between files get the line on which their field stands."""

from __future__ import annotations

import pytest

from academy.issue import Issue, Location, Severity
from formats.lines import with_lines

CONTENT = {
    "card.yml": b"last_name: Orlova\n# a comment: group\ngroup: photo-9\n",
    "results.yml": b"results:\n  - module: light\n    grade: lights\n  - module: lights\n",
    "groups/g.yml": b"""\
title: G
reviewers: [anna,
  bob]
terms:
  - module: a
    starts: 2026-01-01
  - module: b
  - {module: a, due: 2026-01-01}
""",
    "academy.yml": b"""\
sections: not this one
categories:
  - id: adults
    sections:
      - home
      - libary
  - id: guests
    sections: [libary]
""",
    "announcements/a.md": b"---\ntitle: A\nuntil: 2026-01-01\ngroups: photo-9\n---\ngroups: body\n",
    "works/w/index.md": """\
---
title: W
module:   'свет  и
  тень'
files:
  - file: one.jpg
  - caption: Two
    file: two.jpg
---
""".encode(),
    "broken.yml": b"a: [\n",
    "latin.yml": b"a: \xff\n",
}


def issue(file: str, field: str, value: str | None = None, line: int = 0) -> Issue:
    values: dict[str, str | int] = {} if value is None else {"field": field, "value": value}
    return Issue("a-code", Severity.ERROR, Location(file, line, field), values)


@pytest.mark.parametrize(
    ("file", "field", "value", "line"),
    [
        ("card.yml", "group", "photo-9", 3),
        ("results.yml", "module", "lights", 4),
        ("groups/g.yml", "reviewers", "bob", 3),
        ("groups/g.yml", "module", "b", 7),
        ("academy.yml", "sections", "libary", 6),
        ("announcements/a.md", "groups", "photo-9", 4),
        ("announcements/a.md", "until", None, 3),
        ("works/w/index.md", "module", "свет и тень", 3),
        # The value is not there (it was cut, or came by default): the field is near enough.
        ("card.yml", "group", "photo-", 3),
        ("results.yml", "module", "x", 2),
        # Nothing can be told.
        ("card.yml", "programme", "x", 0),
        ("card.yml", "", "photo-9", 0),
        ("gone.yml", "group", "photo-9", 0),
        ("broken.yml", "a", "b", 0),
        ("latin.yml", "a", "b", 0),
    ],
)
def test_the_line_of_a_field_and_its_value(file: str, field: str, value: str | None, line: int):
    assert with_lines([issue(file, field, value)], CONTENT) == (issue(file, field, value, line),)


def test_a_file_of_an_item_is_found_by_its_name():
    place = Location("works/w/index.md", 0, "files")
    lost = Issue("file-missing", Severity.ERROR, place, {"name": "two.jpg"})

    assert [one.location.line for one in with_lines([lost], CONTENT)] == [8]


def test_equal_mistakes_stand_on_lines_of_their_own():
    twice = [issue("academy.yml", "sections", "libary")] * 2
    terms = [issue("groups/g.yml", "module", "a")] * 3

    assert [one.location.line for one in with_lines(twice, CONTENT)] == [6, 8]
    assert [one.location.line for one in with_lines(terms, CONTENT)] == [5, 8, 8]


def test_a_line_that_is_known_is_kept_and_all_are_in_order():
    known = issue("card.yml", "group", "photo-9", line=1)
    last = issue("card.yml", "group", "photo-9")

    assert with_lines([last, known], CONTENT) == (known, issue("card.yml", "group", "photo-9", 3))
    assert with_lines([], CONTENT) == ()
