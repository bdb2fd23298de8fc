"""Markdown source to a tree: the only place that imports markdown-it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

MAX_CHARACTERS = 100_000

# C0 and C1 controls, Unicode's own line ends, invisible marks that turn the direction of text,
# and lone surrogates: nothing a reader could see, and each of them has fooled some parser.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)

Tree = SyntaxTreeNode


@lru_cache(maxsize=64)
def parse(source: str) -> Tree:
    """Parse CommonMark with tables, struck text and bare web addresses; HTML stays text.

    The latest trees are kept, because every projection shows the same texts. Nobody
    changes a tree.
    """
    return SyntaxTreeNode(_parser().parse(without_invisible(source)))


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
        linkify.pretest = lambda text: (":" in text or "//" in text) and search(text)
    # Every link is parsed, also one with a scheme that will be refused: the refusal names it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser
