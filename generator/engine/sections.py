"""The sections of a page that the search finds, as Material's parser tells them apart.

That parser is told of each tag and each text by `html.parser`, and asks each time where
it is. A page of plain tags and texts is read here in one go by the same rules, five times
as fast; any other page is left to the original. Its rules are by the names of elements:
two elements of one name are the same to it, and that is kept.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from material.plugins.search.plugin import Element, Parser, Section, void

from generator.engine.plain_html import ATTRIBUTE, TAG, is_plain

_NEVER_SHOWN = frozenset({"object", "script", "style"})
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TO_ESCAPE = re.compile("[&<>]")


def sections_of(html: str) -> list[Any]:
    """Give the sections of a page, each with its title and its text."""
    if is_plain(html):
        return _Reading().read(html)
    parser: Any = Parser()  # type: ignore[no-untyped-call]
    parser.feed(html)
    parser.close()
    found: list[Any] = parser.data
    return found


class _Reading:
    """Where in a page one is: the names of the elements around, and the section at hand."""

    def __init__(self) -> None:
        self.sections: list[Any] = []
        self.section: Any = None
        self.around: list[str] = []
        # Whether one is inside of a link that leads to its own heading, by the depth of it.
        self.permalinks: list[int] = []
        self.skipped = set(_NEVER_SHOWN)
        self.is_hidden = False

    def read(self, html: str) -> list[Any]:
        position = 0
        for match in TAG.finditer(html):
            start = match.start()
            if position < start and not self.is_hidden:
                self.text(html[position:start])
            position = match.end()
            is_end, tag, attributes, closes_itself = match.groups()
            if not is_end:
                self.begin(tag, attributes)
            if is_end or closes_itself:
                self.end(tag)
        if position < len(html) and not self.is_hidden:
            self.text(html[position:])
        return self.sections

    def begin(self, tag: str, written: str) -> None:
        if tag in void:
            return
        attributes = _attributes(written) if written else {}
        self.around.append(tag)
        if tag in self.skipped:
            self.is_hidden = True
        if tag in _HEADINGS and "id" in attributes:
            self._begin_section(tag, attributes)
        if self.section is None:
            self._add(Section(Element("hx")))  # type: ignore[no-untyped-call]
        if "data-search-exclude" in attributes or attributes.get("class") == "linenodiv":
            self.skipped.add(tag)
            self.is_hidden = True
        if tag == "a" and attributes.get("class") == "headerlink":
            self.permalinks.append(len(self.around))
        if tag in _KEPT and not self.is_hidden:
            self._data().append(f"<{tag}>")

    def end(self, tag: str) -> None:
        around = self.around
        if not around or around[-1] != tag:
            return
        if self.section.depth > len(around):
            self._leave_section()
        around.pop()
        if self.permalinks and self.permalinks[-1] > len(around):
            self.permalinks.pop()
        if tag in self.skipped:
            if tag not in _NEVER_SHOWN:
                self.skipped.remove(tag)
            self.is_hidden = not self.skipped.isdisjoint(around)
            return
        if tag in _KEPT and not self.is_hidden:
            _close(self._data(), tag)

    def text(self, written: str) -> None:
        text = unescape(written) if "&" in written else written
        is_space = text.isspace()
        if "pre" not in self.around:
            text = " " if is_space else text.replace("\n", " ")
        if self.section is None:
            self._add(Section(Element("hx")))  # type: ignore[no-untyped-call]
        if self.section.el.tag in self.around:
            if not self.permalinks:
                self.section.title.append(_escaped(text))
            return
        data = self.section.text
        if not is_space:
            data.append(_escaped(text))
        elif not data or not data[-1].isspace() or "pre" in self.around:
            data.append(text)

    def _begin_section(self, tag: str, attributes: dict[str, str | None]) -> None:
        depth = len(self.around)
        if tag != "h1" and not self.sections:
            self._add(Section(Element("hx"), depth))  # type: ignore[no-untyped-call]
        section: Any = Section(Element(tag, attributes), depth)  # type: ignore[no-untyped-call]
        if self.sections:
            section.id = attributes["id"]
        self._add(section)

    def _leave_section(self) -> None:
        """Go back to the section around the one at hand, which is never gone on with."""
        for section in reversed(self.sections):
            if section.depth <= len(self.around):
                self.section.depth = float("inf")
                self.section = section
                return

    def _add(self, section: Any) -> None:  # noqa: ANN401 - Material has no types
        self.section = section
        self.sections.append(section)

    def _data(self) -> list[str]:
        """What is written to: the title of the section at hand, or its text."""
        section = self.section
        found: list[str] = section.title if section.el.tag in self.around else section.text
        return found


def _close(data: list[str], tag: str) -> None:
    """End an element; one with nothing in it leaves no trace."""
    begin = data.index(f"<{tag}>")
    if all(one.isspace() for one in data[begin + 1 :]):
        del data[begin:]
    else:
        data.append(f"</{tag}>")


def _attributes(written: str) -> dict[str, str | None]:
    return {
        one[1].lower(): unescape(one[2]) if one[2] and "&" in one[2] else one[2]
        for one in ATTRIBUTE.finditer(written)
    }


def _escaped(text: str) -> str:
    return escape(text, quote=False) if _TO_ESCAPE.search(text) else text
