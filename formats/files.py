"""Reading one file of a repository: bytes to an object of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from academy.issue import Issue
from academy.prose import Prose
from formats.front_matter import read_document
from formats.report import Report
from formats.schema import Schema
from formats.yaml_tree import read_yaml

T = TypeVar("T")


def read_file(
    schema: Schema[T], path: str, files: Mapping[str, bytes], issues: list[Issue]
) -> T | None:
    """Read a YAML file; one that is not there is None without a mistake."""
    if path not in files:
        return None
    report = Report(path)
    text = decode(files[path], report)
    value = None
    if text is not None:
        table, found = read_yaml(text, path)
        issues += found
        value = schema.read(table, "", report) if table else None
    issues += report.issues
    return value


def read_markdown(
    schema: Schema[T], path: str, files: Mapping[str, bytes], issues: list[Issue]
) -> tuple[T, Prose] | None:
    """Read a Markdown file that is there: its head as an object, and its body."""
    report = Report(path)
    text = decode(files[path], report)
    value = None
    body = Prose()
    if text is not None:
        document, found = read_document(text, path)
        issues += found
        body = document.body
        value = schema.read(document.head, "", report) if document.head else None
    issues += report.issues
    return (value, body) if value is not None else None


def read_prose(path: str, files: Mapping[str, bytes], issues: list[Issue]) -> Prose:
    """Read a Markdown file without a head; one that is not there is empty."""
    if path not in files:
        return Prose()
    report = Report(path)
    text = decode(files[path], report)
    issues += report.issues
    return Prose(text) if text else Prose()


def decode(content: bytes, report: Report) -> str | None:
    """Decode UTF-8 with any line ends; otherwise report it and give None."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.error("file-not-utf8", content.count(b"\n", 0, error.start) + 1)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
