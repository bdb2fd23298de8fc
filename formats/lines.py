"""The lines of mistakes that were found between files.

What checks references works on objects, which know no lines; here the line is
found again, by the field and the value that the issue names.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from academy.issue import Issue, in_order
from formats.files import decode
from formats.front_matter import read_document
from formats.report import Report
from formats.yaml_tree import Items, Node, Scalar, Table, read_yaml

_Place = tuple[str, str, str]


def with_lines(issues: Iterable[Issue], files: Mapping[str, bytes]) -> tuple[Issue, ...]:
    """Give issues without a line the line on which their field stands, in order again.

    `files` is path to content. Of several fields of one name, the one whose value the issue
    names (as `value` or `name`) is meant; of equal ones, the first issue means the first.
    What cannot be found keeps its issue as it is.
    """
    trees: dict[str, Table | None] = {}
    seen: Counter[_Place] = Counter()
    placed = []
    for issue in issues:
        file, line, field = issue.location.file, issue.location.line, issue.location.field
        if not line and field and file in files:
            if file not in trees:
                trees[file] = _tree(file, files[file])
            value = str(issue.values.get("value", issue.values.get("name", "")))
            line = _line(trees[file], field, value, seen[file, field, value])
            seen[file, field, value] += 1
        placed.append(replace(issue, location=replace(issue.location, line=line)))
    return in_order(placed)


def _tree(file: str, content: bytes) -> Table | None:
    text = decode(content, Report(file))
    if text is None:
        return None
    if file.endswith(".md"):
        return read_document(text, file)[0].head
    return read_yaml(text, file)[0]


def _line(tree: Table | None, field: str, value: str, turn: int) -> int:
    """The line of the field with the value, the `turn`-th of them, else of the field, else 0."""
    found = list(_fields(tree, field)) if tree else []
    exact = [at for line, node in found for at in _lines_of(node, _plain(value), line)]
    if exact:
        return exact[min(turn, len(exact) - 1)]
    return found[0][0] if found else 0


def _fields(node: Node, field: str) -> Iterator[tuple[int, Node]]:
    """Every entry of that name, at any depth, in the order of the file."""
    if isinstance(node, Items):
        for one in node.items:
            yield from _fields(one, field)
    elif isinstance(node, Table):
        for key, (line, value) in node.entries.items():
            if key == field:
                yield line, value
            yield from _fields(value, field)


def _lines_of(node: Node, value: str, line: int) -> Iterator[int]:
    """Where a value stands in what a field holds: itself, in a list, or in a list of tables."""
    if isinstance(node, Scalar):
        if _plain(node.text) == value:
            yield line
        return
    parts = node.items if isinstance(node, Items) else [one for _, one in node.entries.values()]
    for part in parts:
        yield from _lines_of(part, value, part.line)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
