"""Editing a file that a person wrote: what a form does not touch stays as it was, letter by letter.

A file is taken apart into its head and its body. Of the head only the lines of
the fields that change are written anew; comments, the order of fields, and
fields that the program does not know stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from formats.front_matter import read_document
from formats.yaml_tree import Items, Node, Scalar, Table, read_yaml, write_yaml

Plain = None | str | list["Plain"] | dict[str, "Plain"]


def plain_of(node: Node | None) -> Plain:
    """Give a node as plain data; every value stays the text it was written as."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Items):
        return [plain_of(one) for one in node.items]
    if isinstance(node, Table):
        return {key: plain_of(value) for key, (_, value) in node.entries.items()}
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """A text file taken apart: its head, line by line, and its body.

    `plain` is what the head says; None when it cannot be read, and then it is
    replaced as a whole. A file without a body (`portfolio.yml`) is all head.
    """

    head: tuple[str, ...]
    body: str
    plain: Mapping[str, Plain] | None
    is_document: bool = True

    def with_head(self, changes: Mapping[str, object]) -> Text:
        """Give the text with fields changed: field to plain data, or to None to leave it out.

        A field that says the same already is not touched.
        """
        plain = self.plain or {}
        touched = {
            key: value
            for key, value in changes.items()
            if not (key in plain and _same(value, plain[key]))
            and (key in plain or value is not None)
        }
        if self.plain is not None and not touched:
            return self
        lines = _rewritten(self.head, plain, touched) if self.plain is not None else None
        if lines is None:
            whole = {**plain, **touched}
            lines = _lines({key: value for key, value in whole.items() if value is not None})
        return Text(tuple(lines), self.body, _read(lines), self.is_document)

    def with_body(self, body: str) -> Text:
        """Give the text with another body; line ends are those of Unix."""
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        if body.strip("\n") == self.body.strip("\n"):
            return self
        return Text(self.head, body.strip("\n"), self.plain, self.is_document)

    def written(self) -> str:
        """Put the file together."""
        head = "".join(f"{line}\n" for line in self.head)
        if not self.is_document:
            return head
        body = self.body.strip("\n")
        return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def text_of(content: str, *, is_document: bool = True) -> Text:
    """Take a file apart; `is_document` when it has a body below its head."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if not is_document:
        lines = content.removesuffix("\n").split("\n") if content else []
        return Text(tuple(lines), "", _read(lines), is_document)
    lines = content.split("\n")
    document, _ = read_document(content, "")
    if lines[0].rstrip() != "---":
        return Text((), content, {}, is_document)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Text((), content, None, is_document)
    plain = plain_of(document.head) if document.head else None
    known = plain if isinstance(plain, dict) else None
    return Text(tuple(lines[1:end]), document.body.source, known, is_document)


def _read(lines: list[str]) -> Mapping[str, Plain] | None:
    table, issues = read_yaml("\n".join(lines), "")
    found = plain_of(table)
    return found if isinstance(found, dict) and not issues else None


def _lines(plain: Mapping[str, object]) -> list[str]:
    return write_yaml(plain).removesuffix("\n").split("\n") if plain else []


def _rewritten(
    head: tuple[str, ...], plain: Mapping[str, Plain], touched: Mapping[str, object]
) -> list[str] | None:
    """Write only what changes; None where the head cannot be cut by its fields."""
    table, _ = read_yaml("\n".join(head), "")
    starts = [(line - 1, key) for key, (line, _) in table.entries.items()] if table else []
    lines = list(head[: starts[0][0]]) if starts else list(head)
    ends = [*(at for at, _ in starts[1:]), len(head)][: len(starts)]
    for (start, key), end in zip(starts, ends, strict=True):
        block = list(head[start:end])
        if key not in touched:
            lines += block
            continue
        if touched[key] is not None:
            lines += _lines({key: touched[key]})
        lines += _comments_below(block)
    for key, value in touched.items():
        if key not in plain and value is not None:
            lines += _lines({key: value})
    # Several fields in one line, a value that reaches to the margin: whatever was cut wrongly
    # does not say what it should.
    expected = _read(_lines({key: v for key, v in {**plain, **touched}.items() if v is not None}))
    written = _read(lines)
    if written is None or _without_nothing(written) != _without_nothing(expected or {}):
        return None
    return lines


def _comments_below(block: list[str]) -> list[str]:
    """The comments and empty lines at the end of a field: they belong to what follows."""
    count = 0
    for line in reversed(block[1:]):
        if line.strip() and not line.startswith("#"):
            break
        count += 1
    return block[len(block) - count :] if count else []


def _same(wanted: object, present: Plain) -> bool:
    if wanted == present:
        return True
    written = _read(_lines({"value": wanted}))
    if written is not None and written.get("value") == present:
        return True
    # A form gives a character back in its composed form, which says the same.
    return _composed(wanted) == _composed(present)


def _composed(value: object) -> str:
    plain = _read(_lines({"value": value}))
    return normalize("NFC", json.dumps(plain, ensure_ascii=False))


def _without_nothing(plain: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in plain.items() if value is not None}
