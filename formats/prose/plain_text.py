"""The words of a text as its reader sees them, without the marks of Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from formats.prose.parsing import MAX_CHARACTERS, Tree, parse

_BREAKS = frozenset({"softbreak", "hardbreak"})


def paragraphs(source: str) -> tuple[str, ...]:
    """Give the paragraphs, headings, lines of lists and cells of tables, one after another.

    A picture is its description in brackets. What is too long or too intricate to be read
    is one paragraph.
    """
    tree = parse(source) if len(source) <= MAX_CHARACTERS else None
    if tree is None:
        return (" ".join(source.split()),)
    return tuple(text for text in _blocks(tree) if text)


def _blocks(node: Tree) -> Iterator[str]:
    if node.type == "inline":
        yield " ".join("".join(_inline(node)).split())
    elif node.type in ("fence", "code_block"):
        yield from (line.rstrip() for line in node.content.splitlines())
    else:
        for child in node.children:
            yield from _blocks(child)


def _inline(node: Tree) -> Iterator[str]:
    if node.type in _BREAKS:
        yield " "
    elif node.type == "image":
        yield f"[{node.content}]"
    elif node.children:
        for child in node.children:
            yield from _inline(child)
    else:
        yield node.content
