"""Form to file and back: nothing is lost, whatever a file says besides."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.portfolio import ItemKind
from desk.forms.controls import Control, Lists, controls
from desk.forms.item_form import HIDDEN, filled_text
from desk.pieces import piece_of_item
from formats.editing import Text, text_of
from formats.front_matter import write_document
from formats.portfolio import ITEM_SCHEMAS

ODD = ["null", "~", "да", "2024", "2026-03-05", "- a", "# a", "a: b", "'", '"', "---", "[a", "&a",
       "|", "Ё й ё", "😀", "0x1F", "12:30:45", "<script>", "{{7*7}}", "a #b", "%a"]  # fmt: skip
words = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]),
    min_size=1,
    max_size=60,
).map(lambda text: normalize("NFC", text.strip())).filter(bool)
bodies = st.lists(words, max_size=4).map("\n\n".join)
unknown = st.dictionaries(st.sampled_from(["mood", "weather", "x-note"]), words, max_size=2)


@st.composite
def files(draw):
    """The file of an item of some kind, with known fields, unknown ones, and a body."""
    kind = draw(st.sampled_from(sorted(ITEM_SCHEMAS, key=lambda one: one.value)))
    keys = [one.key for one in ITEM_SCHEMAS[kind].fields if one.key != "files"]
    known = draw(st.dictionaries(st.sampled_from(keys), words, max_size=5))
    head = {"title": draw(words), **known, **draw(unknown)}
    head.pop("self_assessment", None)
    return kind, text_of(write_document(head, draw(bodies)))


def as_sent(found: tuple[Control, ...]) -> dict[str, str]:
    """The fields as a browser sends them when nobody has touched the form."""
    sent = {}
    for one in found:
        sent |= as_sent(one.parts) if one.sort == "group" else {one.name: one.value}
    return sent


def form_of(kind, text: Text) -> dict[str, str]:
    fields = as_sent(controls(ITEM_SCHEMAS[kind], text.plain or {}, Lists(), HIDDEN))
    return {**fields, "body": text.body.strip("\n").replace("\n", "\r\n")}


@settings(max_examples=60)
@given(files())
def test_a_form_that_nobody_touched_loses_nothing(found):
    kind, text = found
    piece = piece_of_item(kind, "item", "section")

    again, removed = filled_text(piece, text, form_of(kind, text))

    assert removed == ()
    assert again.plain == text.plain
    assert again.body.strip() == text.body.strip()


@pytest.mark.parametrize("title", ["\uf900", "\U0002f800"])
def test_a_character_that_has_a_composed_form_is_left_as_it_is(title):
    text = text_of(f"---\ntitle: {title}\n---\n")
    piece = piece_of_item(ItemKind.GOAL, "item")
    assert filled_text(piece, text, form_of(ItemKind.GOAL, text))[0] is text


@settings(max_examples=60)
@given(files(), words)
def test_a_changed_title_changes_the_title_only(found, title):
    kind, text = found
    piece = piece_of_item(kind, "item", "section")

    again, _ = filled_text(piece, text, {**form_of(kind, text), "title": title})

    assert {**again.plain, "title": ""} == {**text.plain, "title": ""}
    assert again.plain["title"].split() == normalize("NFC", title).split()


def test_comments_and_their_places_stay():
    text = text_of("---\n# о работе\ntitle: A\n\n# когда\ndate: 2026-01-02 # точно\nmood: x\n---\n")

    again = text.with_head({"title": "B", "date": "2026-01-02"})

    assert again.written() == (
        "---\n# о работе\ntitle: B\n\n# когда\ndate: 2026-01-02 # точно\nmood: x\n---\n"
    )


@pytest.mark.parametrize("head", ["{title: a, date: 2026-01-01}", "title: [a", "- a"])
def test_a_head_that_cannot_be_cut_by_lines_is_written_as_a_whole(head):
    again = text_of(f"---\n{head}\n---\nText\n").with_head({"title": "b"})

    assert again.plain is not None
    assert again.plain["title"] == "b"
    assert again.body.strip() == "Text"
