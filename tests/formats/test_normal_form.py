"""The normal form: hostile Markdown in, nothing but what we write out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from academy.prose import Prose
from formats.prose.normal_form import normal_form
from formats.prose.parsing import MOST_MARKS, _parser, without_invisible

EXTENSIONS = [
    "tables",
    "md_in_html",
    "sane_lists",
    "toc",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.tilde",
]
SETTINGS = {
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"use_pygments": False},
}
FILES = {"photo.jpg": "photo.jpg", "../other/index.md": "../other/index.md"}


class Seen(HTMLParser):
    """What a browser would see of a page: tags, attributes, and text without white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += re.sub(r"\s+", "", data)

    def handle_comment(self, _data):
        self.tags.add("!--")

    def handle_decl(self, _decl):
        self.tags.add("!")

    def handle_pi(self, _data):
        self.tags.add("?")


TAGS = set(
    """p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img hr br table thead tbody
    tr th td""".split()
)


def written(source):
    return normal_form(Prose(source), "works/a/index.md", FILES.get)


def rendered(source):
    html = Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS).convert(
        written(source).markdown
    )
    return Seen(html)


# Divided by spaces, because most of the marks of Markdown stand in it.
MARKS = """
# ## > - 1. 2) * ** _ __ ` ``` ~~~ ~~ [ ]( ) ![ < > & &lt; &#60; &amp; " ' \\ { } {: :| | || --8<--
[TOC] !!! ??? === --- *** <b> </b> <script>alert(1)</script> <!-- --> <div</div> <?php ]]> <![CDATA[
javascript:alert(1) https://example.org/a_b photo.jpg (x) [a]: [a] [^1] [^1]: *[X]: $x$ == ^ слово ё
klzzwxh:0001 wzxhzdk:0 amp <svg/onload=alert(1)> &Tab; &colon; <a/href="j&#97;vascript:x">y</a>
<https://a.b> <a@b.c> {{x}} {%x%} onclick=x markdown="1"
""".split()
SPACES = [" ", "  ", "    ", "\n", "\n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\t"]
INVISIBLE = ["\u00a0", "\u200b", "\x02", "\x03", "\u202e", "\ufeff", "\x85", "\u2028", "\x0b"]
PIECES = st.one_of(*map(st.sampled_from, (MARKS, SPACES, INVISIBLE)))
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
@example("[x](javascript:alert(1))\n\n<script>alert(1)</script>")
@example("- a\n\n      code\n\n> ```\n> <b>\n> ```")
@example("|a|b|\n|-|:-:|\n|`x|y`|<b>|")
def test_whatever_is_typed_only_our_own_constructs_come_out(source):
    seen = rendered(source)
    assert seen.tags <= TAGS
    assert seen.attributes <= {"id", "href", "src", "alt", "class", "align", "start"}
    for address in seen.addresses:
        assert re.match(r"https?://|mailto:|tel:|photo\.jpg|\.\./other/index\.md", address)


@given(TEXTS.filter(lambda source: "![" not in source))
@settings(max_examples=300, deadline=None)
@example("a\n# b\nc")
@example("5\\. x\n- y\n+ z")
@example("*a***b**")
def test_no_word_is_lost_or_added(source):
    html = _parser().render(without_invisible(source))
    assert rendered(source).text == Seen(html).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A\n\n## B", ["## A", "### B"]),
        ("## A\n\n### B", ["## A", "### B"]),
        ("### A\n\n# B", ["#### A", "## B"]),
        ("###### A", ["## A"]),
    ],
)
def test_the_highest_heading_stands_right_below_that_of_the_page(source: str, expected: list[str]):
    form = normal_form(Prose(source), "about.md", lambda _path: None)

    assert [line for line in form.markdown.splitlines() if line] == expected


def filled(piece: str, length: int = 99_000) -> str:
    return (piece * (length // len(piece) + 1))[:length]


@pytest.mark.parametrize(
    "source",
    [
        filled("*", 49_000) + "a" + filled("*", 49_000),
        "[x]: https://example.org/" + "a" * 1900 + "\n\n" + filled("[x] ", 90_000),
        "[x]: " + "a" * 40_000 + "\n\n" + filled("[x] ", 50_000),
        filled("["),
        filled("# a\n"),
        filled("a\n=\n"),
        filled("a\\\n"),
        filled("- > - > - > a\n"),
        "|a" * 300 + "\n" + "|-" * 300 + "\n" + filled("|b\n", 90_000),
        "*a " * 30 + "b" + "*" * 30,
    ],
    ids=[
        "bold in bold", "an address meant often", "a long address", "brackets", "headings",
        "underlined headings", "breaks", "lists in quotes", "cells", "italics in italics",
    ],
)  # fmt: skip
def test_a_text_that_is_nothing_but_marks_is_refused_in_words(source: str) -> None:
    """Each took the generator from twenty seconds to for ever, and all others waited (CWE-407)."""
    written = normal_form(Prose(source), "about.md", lambda path: path)

    assert written.markdown == ""
    assert {one.code for one in written.issues} >= {"text-too-intricate"}


def test_brackets_in_addresses_are_not_searched_again_and_again() -> None:
    """To find the ends of bare addresses took half a minute here."""
    source = filled("http://a.b/(", 90_000)

    assert "<a" not in normal_form(Prose(source), "about.md", lambda path: path).markdown
    assert (
        "https://example.org"
        in normal_form(Prose("https://example.org"), "about.md", lambda path: path).markdown
    )


def test_a_long_text_with_ordinary_marks_is_taken() -> None:
    source = filled(
        f"## Задача\n\n{'Старый двор, ' * 20}*без* **тени**, [план](a.md).\n\n- клён\n- ель\n\n",
        90_000,
    )

    assert normal_form(Prose(source), "about.md", lambda path: path).issues == ()


@pytest.mark.parametrize(
    ("piece", "most"),
    [("# a\n\n", 1153), ("a\\\n", 3000), ("```\na\n```\n\n", 1000), ("&", 14_996), ("[] ", 7498)],
    ids=["headings", "breaks", "pieces of code", "special characters", "brackets"],
)
def test_what_a_page_is_slow_with_counts_for_more(piece: str, most: int) -> None:
    """Of each sort as many as MkDocs makes in about a third of a second, and not one more."""
    taken = normal_form(Prose(piece * most), "about.md", lambda path: path)
    refused = normal_form(Prose(piece * (most + 3)), "about.md", lambda path: path)

    assert taken.issues == ()
    assert [one.code for one in refused.issues] == ["text-too-intricate"]


@pytest.mark.parametrize("piece", ["[ ", "a_", "&amp;lt;", "!#", "`", "\\*", "~~ ", "a[^1] ", "{}"])
def test_no_text_becomes_more_entities_than_a_page_can_hold(piece: str) -> None:
    """Python-Markdown goes through the rest of a paragraph for each of them."""
    for length in (5_000, 20_000, 99_000):
        written = normal_form(Prose(filled(piece, length)), "about.md", lambda path: path)
        assert written.markdown.count("&#") <= MOST_MARKS
