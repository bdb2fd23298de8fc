"""The rules of use in the academy's content: what has to be acknowledged first (clause 6.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from markdown_it import MarkdownIt

from formats.front_matter import Document, read_document
from formats.prose.parsing import without_invisible
from formats.yaml_tree import Scalar

FILE = "public/rules.md"
_HEADING = re.compile(r"\A#\s+(.+?)\s*\n")
_PAGE = re.compile(r"(?:\./)?([a-z0-9-]+)\.md")


@dataclass(frozen=True, slots=True)
class RulesOfUse:
    """The rules as they are in force: a version, and the text as HTML without anything foreign."""

    version: str
    title: str
    html: str


def read_rules_of_use(files: Mapping[str, bytes]) -> RulesOfUse | None:
    """Read the rules of the academy's files; None when there are none.

    The version is the field of that name; rules without one have the digest of
    their text for a version, so that no change of them goes unnoticed.
    """
    if FILE not in files:
        return None
    document, _ = read_document(files[FILE].decode("utf-8-sig", "replace"), FILE)
    body = without_invisible(document.body.source)
    heading = _HEADING.match(body)
    return RulesOfUse(
        version=_field(document, "version") or sha256(body.encode()).hexdigest()[:12],
        title=heading[1] if heading else _field(document, "title"),
        html=_html(body[heading.end() :] if heading else body),
    )


def _field(document: Document, name: str) -> str:
    entry = document.head.entries.get(name) if document.head else None
    return entry[1].text if entry and isinstance(entry[1], Scalar) else ""


def _html(text: str) -> str:
    """CommonMark as HTML: raw HTML stays text, and markdown-it refuses addresses that run code."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(text)
    for token in (child for one in tokens for child in one.children or ()):
        if token.type == "link_open":
            token.attrSet("href", _address(str(token.attrGet("href") or "")))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _address(href: str) -> str:
    """The pages of the content lie beside each other; here they are linked from elsewhere."""
    page = _PAGE.fullmatch(href)
    return f"/{page[1]}/" if page else href
