"""Editing a file that a person wrote: what a form does not touch stays as it was, letter by letter.

A file is taken apart into its head and its body. Of the head only the lines of
the fields that change are written anew (`formats/rewriting.py`); comments, the order
of fields, and fields that the program does not know stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formats.front_matter import read_document
from formats.plain import Plain, lines_of, plain_of, read_lines, says_the_same
from formats.rewriting import rewritten

__all__ = ["Plain", "Text", "plain_of", "text_of"]


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
            if not (key in plain and says_the_same(value, plain[key]))
            and (key in plain or value is not None)
        }
        if self.plain is not None and not touched:
            return self
        lines = rewritten(self.head, plain, touched) if self.plain is not None else None
        if lines is None:
            whole = {**plain, **touched}
            lines = lines_of({key: value for key, value in whole.items() if value is not None})
        return Text(tuple(lines), self.body, read_lines(lines), self.is_document)

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
        return Text(tuple(lines), "", read_lines(lines), is_document)
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
