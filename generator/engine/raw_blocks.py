"""Blocks of HTML in Markdown, put aside before Python-Markdown looks at each of their tags.

Python-Markdown does the same: a block that begins a paragraph and ends one is put
aside as it is. It finds its end with `html.parser`, which takes a third of the time
of a page; here plain blocks are found with one expression, and only those.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Any

from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra

from generator.engine.plain_html import TAG, VOID, is_plain

_ENDS_PARAGRAPH = re.compile(r"(?:[ ]*\n){2}")
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")


class RawBlocks(HtmlBlockPreprocessor):  # type: ignore[misc]
    """Takes the place of Python-Markdown's own step of the name `html_block`."""

    def run(self, lines: list[str]) -> list[str]:
        """Put the blocks of HTML aside."""
        source = self._without_plain_blocks("\n".join(lines))
        if not has_blocks(source, self._block_level):
            return source.split("\n")
        parser = _Extractor(self.md)
        parser.feed(source)
        parser.close()
        return "".join(parser.cleandoc).split("\n")

    @cached_property
    def _block_level(self) -> frozenset[str]:
        return frozenset(self.md.block_level_elements)

    def _without_plain_blocks(self, source: str) -> str:
        parts = []
        position = 0
        for start, end in plain_blocks(source, self._block_level):
            aside = self.md.htmlStash.store(f"{source[start:end]}\n")
            parts += [source[position:start], "\n", aside, "\n\n"]
            position = end
        return "".join([*parts, source[position:]])


def plain_blocks(source: str, block_level: Container[str]) -> list[tuple[int, int]]:
    """Find the plain blocks that stand for themselves; none in a text that is not plain."""
    if not is_plain(source):
        return []
    try:
        return list(_blocks(source, block_level))
    except _CrossedError:
        return []


def has_blocks(source: str, block_level: Container[str]) -> bool:
    """Tell whether a parser of HTML could find anything to put aside; True when it may be."""
    if "<" not in source and "&" not in source:
        return False
    if not is_plain(source) or _LOOSE_AMPERSAND.search(source):
        return True
    return any(match[2] in block_level for match in TAG.finditer(source))


class _CrossedError(Exception):
    """An end that does not belong to the last beginning."""


def _blocks(source: str, block_level: Container[str]) -> Iterator[tuple[int, int]]:
    opened: list[str] = []
    start: int | None = None
    for match in TAG.finditer(source):
        is_end, tag, attributes, closes_itself = match.groups()
        if tag in VOID or closes_itself:
            continue
        if not is_end:
            if not opened:
                begins = source[max(0, match.start() - 2) : match.start()] in ("", "\n\n")
                start = match.start() if begins and tag in block_level else None
            if " markdown" in attributes:
                start = None
            opened.append(tag)
            continue
        if not opened or opened.pop() != tag:
            raise _CrossedError
        if opened or start is None or not _ENDS_PARAGRAPH.match(source, match.end()):
            continue
        if not _LOOSE_AMPERSAND.search(source, start, match.end()):
            yield start, match.end()


class _Extractor(HTMLExtractorExtra):  # type: ignore[misc]
    """Python-Markdown's own, which would make a new set of names for each tag it meets."""

    def __init__(self, md: Any) -> None:  # noqa: ANN401 - Python-Markdown has no types
        self._block_level = frozenset(md.block_level_elements)
        super().__init__(md)

    @property
    def block_level_tags(self) -> frozenset[str]:
        """The names of elements that are blocks."""
        return self._block_level
