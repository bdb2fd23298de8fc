"""Two changes of one file brought together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.conflict import FieldConflict
from formats.settling import settle

PATH = "works/garden/index.md"
BASE = """---
title: Garden
date: 2026-03-01
files:
  - file: a.jpg
    caption: The gate
kind: project
---

One.

Two.

Three.
"""


def page(*changes, text=BASE):
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def settled(theirs, published, base=None):
    return settle(PATH, base or BASE.encode(), theirs, published)


def test_changes_of_different_fields_come_together_though_they_are_neighbours():
    theirs = page(("title: Garden", "title: The garden by the sea"))
    published = page(("date: 2026-03-01", "date: 2026-04-01"), ("kind: project", "module: m1"))

    assert settled(theirs, published).content == page(
        ("title: Garden", "title: The garden by the sea"),
        ("date: 2026-03-01", "date: 2026-04-01"),
        ("kind: project", "module: m1"),
    )


def test_a_field_changed_on_both_sides_is_a_conflict_with_all_its_versions():
    result = settled(page(("Garden", "Sea")), page(("Garden", "Wood")))

    assert result.content is None
    assert result.conflicts == (
        FieldConflict(
            item="works/garden",
            field="title",
            base="title: Garden",
            theirs="title: Sea",
            published="title: Wood",
        ),
    )


def test_the_same_change_on_both_sides_is_no_conflict():
    both = page(("Garden", "Sea"))

    assert settled(both, both).content == both


def test_changes_of_different_paragraphs_come_together_with_those_of_the_head():
    theirs = page(("One.", "One, longer."), ("Garden", "Sea"))
    published = page(("Three.", "Three.\n\nFour."), ("2026-03-01", "2026-05-01"))

    assert settled(theirs, published).content == page(
        ("One.", "One, longer."),
        ("Garden", "Sea"),
        ("Three.", "Three.\n\nFour."),
        ("2026-03-01", "2026-05-01"),
    )


def test_one_paragraph_changed_on_both_sides_is_a_conflict_of_the_text():
    result = settled(page(("Two.", "Second.")), page(("Two.", "2.")))

    assert [(one.field, one.theirs, one.published) for one in result.conflicts] == [
        ("", "One.\n\nSecond.\n\nThree.\n", "One.\n\n2.\n\nThree.\n")
    ]


def test_a_deleted_field_against_a_changed_one_is_a_conflict_and_else_it_is_gone():
    without = page(("date: 2026-03-01\n", ""))

    assert settled(without, page(("Garden", "Sea"))).content == page(
        ("date: 2026-03-01\n", ""), ("Garden", "Sea")
    )
    (conflict,) = settled(without, page(("2026-03-01", "2026-05-01"))).conflicts
    assert (conflict.field, conflict.theirs) == ("date", None)


def test_settings_are_settled_too():
    result = settle(
        "portfolio.yml",
        b"language: ru\nheadline: A\n",
        b"language: en\nheadline: A\n",
        b"language: ru\nheadline: B\n",
    )

    assert result.content == b"language: en\nheadline: B\n"


@pytest.mark.parametrize(
    ("path", "contents"),
    [
        (PATH, (BASE.encode(), None, b"x")),
        (PATH, (None, b"x", b"y")),
        (PATH, (b"---\ntitle: [\n---\n", b"---\ntitle: a\n---\n", b"---\ntitle: b\n---\n")),
        (PATH, (b"\xff", b"x", b"y")),
        ("works/garden/plan.txt", (b"a", b"b", b"c")),
        ("works/garden/a.jpg", (b"a", b"b", b"c")),
    ],
)
def test_what_is_no_page_or_is_not_there_is_not_settled(path, contents):
    result = settle(path, *contents)

    assert (result.content, result.conflicts) == (None, ())


_LINES = st.lists(st.sampled_from(["a", "b", "", "c"]), max_size=8).map("\n".join)


@given(_LINES, _LINES)
def test_one_change_alone_is_taken_as_it_is(base, changed):
    old, new = base.encode(), changed.encode()
    once = settle("about.md", old, new, old).content
    again = settle("about.md", old, old, new).content

    text = changed.strip("\n")
    assert once == again == (f"{text}\n" if text else "").encode()


@given(_LINES, _LINES, _LINES)
def test_which_side_is_which_matters_to_nobody(base, first, second):
    texts = [one.encode() for one in (base, first, second)]
    here = settle("about.md", *texts)
    there = settle("about.md", texts[0], texts[2], texts[1])

    assert here.content == there.content


def test_what_was_chosen_for_a_field_in_conflict_stands_in_the_file():
    theirs = page(("Garden", "Sea"), ("Two.", "Zwei."))
    published = page(("Garden", "Wood"), ("Two.", "Deux."), ("kind: project", "kind: essay"))

    chosen = {"title": "title: Sea", "": "One.\n\nBoth.\n"}
    result = settle(PATH, BASE.encode(), theirs, published, chosen)

    assert result.content == page(
        ("Garden", "Sea"),
        ("kind: project", "kind: essay"),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nBoth."),
    )
    assert settle(PATH, BASE.encode(), theirs, published, {"": "Both."}).content is None


def test_a_field_may_be_chosen_to_go():
    theirs, published = page(("kind: project\n", "")), page(("kind: project", "kind: essay"))

    result = settle(PATH, BASE.encode(), theirs, published, {"kind": None})
    assert result.content == page(("kind: project\n", ""))
