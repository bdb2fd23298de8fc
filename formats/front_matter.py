"""Markdown files with a YAML head between two lines of `---`."""

from __future__ import annotations

from dataclasses import dataclass

from academy.issue import Issue, Location, Severity
from academy.prose import Prose
from formats.yaml_tree import Table, read_yaml, write_yaml


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: the table of its head (None when unreadable) and its body."""

    head: Table | None
    body: Prose


def read_document(text: str, file: str) -> tuple[Document, list[Issue]]:
    """Take a Markdown file apart; a file without a head has an empty table."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Document(Table(line=1), Prose(text, 1)), []
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        issue = Issue("head-not-closed", Severity.ERROR, Location(file, 1))
        return Document(None, Prose("", 1)), [issue]
    head, issues = read_yaml("\n".join(lines[1:end]), file, first_line=2)
    start = end + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    return Document(head, Prose("\n".join(lines[start:]), start + 1)), issues


def write_document(head: dict[str, object], body: str) -> str:
    """Put a file together; a body ends with one line break."""
    text = body.strip("\n")
    written = write_yaml(head) if head else ""
    return f"---\n{written}---\n" + (f"\n{text}\n" if text else "")
