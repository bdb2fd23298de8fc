"""Markdown source to a tree: the only place that imports markdown-it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

MAX_CHARACTERS = 100_000

MOST_MARKS = 15_000
"""How many blocks, words in italics, links, special characters and so on a text may have (CWE-407).

The longest text that people write has some thousands; of a hundred thousand that one
presses out of a keyboard, a page takes minutes. What is dear to make counts for more.
"""

# The name of each heading is looked for among all others, each break of a line among all that
# follows, and each piece of code is made a table; so many of one sort take a second by themselves.
_WEIGHTS = {"heading_open": 10, "hardbreak": 4, "fence": 15, "code_block": 15}
_DEEPEST = 20
# At each bare address the rest of the line is looked through, and at each bracket in one.
_LONGEST_SEARCHED = 8_000
_LONGEST_ADDRESS = 2_100

# C0 and C1 controls, Unicode's own line ends, invisible marks that turn the direction of text,
# and lone surrogates: nothing a reader could see, and each of them has fooled some parser.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)

SPECIAL = re.compile(r"[\\`*_\[\]<>&{}|~#!]")
"""The characters that mean something to Markdown."""

Tree = SyntaxTreeNode


@lru_cache(maxsize=64)
def parse(source: str) -> Tree | None:
    """Parse CommonMark with tables, struck text and bare web addresses; HTML stays text.

    The latest trees are kept, because every projection shows the same texts. Nobody
    changes a tree. None for a text that has more marks than is taken, or more in one another.
    """
    tokens = _parser().parse(without_invisible(source))
    return None if _are_too_many(tokens) else SyntaxTreeNode(tokens)


def _are_too_many(tokens: Sequence[Token]) -> bool:
    marks = 0
    for inline in tokens:
        marks += _WEIGHTS.get(inline.type, 1)
        depth = 0
        for child in inline.children or ():
            # Each special character becomes a mark of its own, so that it is shown as it is.
            marks += _WEIGHTS.get(child.type, 1) + len(SPECIAL.findall(child.content))
            depth += child.nesting
            if depth > _DEEPEST:
                return True
    return marks > MOST_MARKS


def without_invisible(text: str) -> str:
    """Replace characters that nobody sees by spaces."""
    return _INVISIBLE.sub(" ", text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 12})
    parser.enable(["table", "strikethrough", "linkify"])
    linkify = parser.linkify
    if linkify is not None:
        linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        # Only what has a scheme is an address then; a text without one is not searched for any.
        search = linkify.pretest
        linkify.pretest = lambda text: (
            len(text) <= _LONGEST_SEARCHED and (":" in text or "//" in text) and search(text)
        )
        find = linkify.match_at_start
        linkify.match_at_start = lambda text: find(text[:_LONGEST_ADDRESS])
    # Every link is parsed, also one with a scheme that will be refused: the refusal names it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser
