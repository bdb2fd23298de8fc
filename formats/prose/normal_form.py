"""The normal form of a text: Markdown in which every character is meant.

Block structure, links and pictures are written as Markdown, so that MkDocs
resolves and checks them; inline marks are written as the HTML they stand for,
because `*` next to `**` is read differently by different parsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from academy.issue import Issue
from academy.prose import Prose
from formats.prose.links import Refusal, Resolve, link_target, picture_target
from formats.prose.parsing import MAX_CHARACTERS, SPECIAL, Tree, parse
from formats.report import Report

_INLINE_TAGS = {"em": "em", "strong": "strong", "s": "del"}
_SPECIAL = str.maketrans({char: f"&#{ord(char)};" for char in "\\`*_[]<>&{}|~#!"})
_LONGEST_WRITTEN = 250_000
_LINE_START = re.compile(r"^([+=-]|[0-9]+(?=[.)]))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A text ready for MkDocs, and what had to be said about it."""

    markdown: str
    issues: tuple[Issue, ...] = ()


def normal_form(prose: Prose, file: str, resolve: Resolve, shift: int = 1) -> NormalForm:
    """Write a text in its normal form.

    `file` is where it comes from, for the issues; `resolve` finds what its
    relative links name. The highest heading becomes one of level `shift` + 1, whatever
    level its author began with, so that no level of the page is left out.
    """
    report = Report(file)
    if len(prose.source) > MAX_CHARACTERS:
        report.error(
            "text-too-long", prose.first_line, limit=MAX_CHARACTERS, length=len(prose.source)
        )
        return NormalForm("", tuple(report.issues))
    tree = parse(prose.source)
    if tree is None:
        report.error("text-too-intricate", prose.first_line)
        return NormalForm("", tuple(report.issues))
    levels = [int(node.tag[1]) for node in tree.walk() if node.type == "heading"]
    down = shift + 1 - min(levels, default=1)
    writer = _Writer(report, resolve, down, prose.first_line)
    markdown = "\n".join(writer.blocks(tree))
    if len(markdown) > _LONGEST_WRITTEN:
        # Few characters can stand for many: an address that is written once and meant often.
        report.error("text-too-intricate", prose.first_line)
        return NormalForm("", tuple(report.issues))
    return NormalForm(markdown, tuple(report.issues))


def escaped(text: str) -> str:
    """Write plain text so that Markdown shows it as it is, at the start of a line too."""
    line = " ".join(text.split())
    return _guard_line_starts(_literal(line))


def _literal(text: str) -> str:
    """Write text so that no character of it is a mark; to look is quicker than to translate."""
    return text.translate(_SPECIAL) if SPECIAL.search(text) else text


def _guard_line_starts(text: str) -> str:
    def entity(match: re.Match[str]) -> str:
        start = match[0]
        if start.isdigit():
            return f"&#{ord(start[0])};{start[1:]}"
        return f"&#{ord(start)};"

    return _LINE_START.sub(entity, text)


class _Writer:
    """Walks a tree and writes each node; knows the file only to say where a mistake is."""

    def __init__(self, report: Report, resolve: Resolve, shift: int, first_line: int) -> None:
        self.report = report
        self.resolve = resolve
        self.shift = shift
        self.first_line = first_line
        self.line = first_line

    def blocks(self, node: Tree, *, tight: bool = False) -> list[str]:
        """Write the children of a block as lines, with empty lines between them."""
        lines: list[str] = []
        for child in node.children:
            self.line = self.first_line + child.map[0] if child.map else self.line
            block = list(self._block(child))
            if not block:
                continue
            if lines and not tight:
                lines.append("")
            lines += block
        return lines

    def _block(self, node: Tree) -> Iterator[str]:
        write = _BLOCKS.get(node.type)
        if write is not None:
            yield from write(self, node)

    def paragraph(self, node: Tree) -> Iterator[str]:
        text = self._inline(node).strip()
        if text:
            yield from _guard_line_starts(text).split("\n")

    def heading(self, node: Tree) -> Iterator[str]:
        text = " ".join(self._inline(node).split())
        if text:
            level = min(6, int(node.tag[1]) + self.shift)
            yield f"{'#' * level} {text}"

    def quote(self, node: Tree) -> Iterator[str]:
        for line in self.blocks(node):
            yield f"> {line}".rstrip()

    def code(self, node: Tree) -> Iterator[str]:
        content = node.content.expandtabs(4).rstrip("\n")
        if not content.strip():
            return
        longest = max((len(run) for run in re.findall("`+", content)), default=0)
        fence = "`" * max(3, longest + 1)
        yield from (fence, *content.split("\n"), fence)

    def rule(self, _node: Tree) -> Iterator[str]:
        yield "***"

    def enumeration(self, node: Tree) -> Iterator[str]:
        tight = all(_is_tight(item) for item in node.children)
        number = int(node.attrs.get("start", 1))
        # An item without words is left out: Python-Markdown would show its mark as text.
        written = (self._item(item, tight=tight) for item in node.children)
        for position, lines in enumerate(lines for lines in written if lines):
            mark = f"{number + position}." if node.type == "ordered_list" else "-"
            if position and not tight:
                yield ""
            yield f"{mark.ljust(3)} {lines[0]}"
            yield from (f"    {line}".rstrip() for line in lines[1:])

    def _item(self, item: Tree, *, tight: bool) -> list[str]:
        lines = self.blocks(item, tight=tight)
        if lines and item.children[0].type != "paragraph":
            # Only text can follow the mark of a list; other blocks come below a line of nothing.
            return ["&#32;", "", *lines]
        return lines

    def table(self, node: Tree) -> Iterator[str]:
        rows = [row for part in node.children for row in part.children]
        aligns = [str(cell.attrs.get("style", "")) for cell in rows[0].children]
        for position, row in enumerate(rows):
            cells = (" ".join(self._inline(cell).split()) for cell in row.children)
            yield f"| {' | '.join(cells)} |"
            if position == 0:
                yield f"| {' | '.join(_delimiter(align) for align in aligns)} |"

    def _inline(self, node: Tree) -> str:
        return "".join(self._span(child) for part in node.children for child in part.children)

    def _span(self, node: Tree) -> str:
        if node.type == "text":
            return _literal(node.content)
        if node.type == "code_inline":
            return f"<code>{_literal(node.content)}</code>"
        if node.type in ("softbreak", "hardbreak"):
            return "\n" if node.type == "softbreak" else "  \n"
        if node.type == "image":
            return self._picture(node)
        inner = "".join(self._span(child) for child in node.children)
        if node.type == "link":
            return self._link(node, inner)
        tag = _INLINE_TAGS.get(node.type)
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _link(self, node: Tree, inner: str) -> str:
        href = str(node.attrs.get("href", ""))
        target = link_target(href, self.resolve)
        if isinstance(target, Refusal):
            self._refuse(target, href)
            return inner
        return f"[{inner or target}]({target})"

    def _picture(self, node: Tree) -> str:
        href = str(node.attrs.get("src", ""))
        target = picture_target(href, self.resolve)
        words = _literal(" ".join(node.content.split()))
        if isinstance(target, Refusal):
            self._refuse(target, href)
            return words
        if not words:
            self.report.advice("picture-without-words", self.line, name=href[:80])
        return f"![{words}]({target})"

    def _refuse(self, refusal: Refusal, href: str) -> None:
        self.report.error(refusal.value, self.line, address=href[:80])


def _is_tight(item: Tree) -> bool:
    """An item is tight when it is one paragraph, perhaps with lists below it."""
    kinds = [child.type for child in item.children]
    first = item.children[0] if item.children else None
    hidden = first is None or (first.type == "paragraph" and first.hidden)
    return hidden and all(kind in ("bullet_list", "ordered_list") for kind in kinds[1:])


def _delimiter(style: str) -> str:
    if "center" in style:
        return ":---:"
    return "---:" if "right" in style else "---"


_BLOCKS: dict[str, Callable[[_Writer, Tree], Iterator[str]]] = {
    "paragraph": _Writer.paragraph,
    "heading": _Writer.heading,
    "blockquote": _Writer.quote,
    "fence": _Writer.code,
    "code_block": _Writer.code,
    "hr": _Writer.rule,
    "bullet_list": _Writer.enumeration,
    "ordered_list": _Writer.enumeration,
    "table": _Writer.table,
}
