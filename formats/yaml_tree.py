"""YAML as plain nodes with line numbers: the only place that imports PyYAML.

Listeners write YAML by hand, and some of them are hostile. So nodes are built
from the event stream, without recursion: anchors, aliases and tags are refused
(no bombs, no objects), depth and size are bounded, doubled keys are mistakes.
Scalars stay text; a field's kind decides what they mean, so that `title: 2024`
is a title and `no` is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol

import yaml

from academy.issue import Issue, Location, Severity

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_EVENTS = 50_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NOT_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Line breaks to YAML but to no editor, pasted along with text: lines would be miscounted.
_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}


@dataclass(slots=True)
class Scalar:
    """A value; `is_null` for an empty one, `~` and `null` without quotes."""

    line: int
    text: str
    is_null: bool = False


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A mapping: key to the line of the key and the value."""

    line: int
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)


Node = Scalar | Items | Table


class _Report(Protocol):
    def __call__(self, code: str, line: int, **values: str | int) -> None: ...


class _RefusedError(Exception):
    """Reading stops: what follows cannot be trusted."""

    def __init__(self, code: str, line: int, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Table | None, list[Issue]]:
    """Read a YAML text whose top is a mapping.

    `first_line` is the line of the file on which the text starts. Gives the
    table (None when it cannot be read at all) and the mistakes found.
    """
    issues: list[Issue] = []

    def report(code: str, line: int, **values: str | int) -> None:
        place = Location(file, line + first_line - 1)
        issues.append(Issue(code, Severity.ERROR, place, values))

    text = text.translate(_BREAKS)
    try:
        node = _build(_checked(text), report)
    except _RefusedError as refused:
        report(refused.code, refused.line, **refused.values)
        return None, issues
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        report("yaml-broken", line, near=_line_of(text, line))
        return None, issues
    if not isinstance(node, Table):
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return Table(line=first_line), issues
        report("yaml-not-a-mapping", node.line)
        return None, issues
    _move(node, first_line - 1)
    return node, issues


def write_yaml(plain: Mapping[str, object]) -> str:
    """Write plain data as YAML: keys in the given order, one form for one value."""
    return str(
        yaml.dump(
            dict(plain),
            Dumper=_PlainDumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=100,
        )
    )


class _PlainDumper(_Dumper):  # type: ignore[misc]
    """Writes a value that stands in two places twice: an alias would be refused when it is read."""

    def ignore_aliases(self, _data: object) -> bool:
        """Never make one."""
        return True


def _checked(text: str) -> str:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _RefusedError("yaml-too-large", 1, limit=MAX_BYTES // 1024)
    if found := _NOT_YAML.search(text):
        _refuse_character(found[0], text.count("\n", 0, found.start()) + 1)
    return text


def _refuse_character(character: str, line: int) -> NoReturn:
    raise _RefusedError("yaml-control-character", line, character=f"U+{ord(character):04X}")


def _line_of(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""


def _build(text: str, report: _Report) -> Node | None:
    """Build nodes from events with a stack of open collections."""
    stack: list[_Open] = []
    top: Node | None = None
    documents = 0
    for count, event in enumerate(_events(text)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if count > MAX_EVENTS:
            raise _RefusedError("yaml-too-large", line, limit=MAX_BYTES // 1024)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _RefusedError("yaml-several-documents", line)
        _refuse_tricks(event, line)
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        node = _node(event, line)
        if node is None:
            continue
        if stack:
            stack[-1].take(node, report)
        else:
            top = node
        if not isinstance(node, Scalar):
            stack.append(_Open(node))
            if len(stack) > MAX_DEPTH:
                raise _RefusedError("yaml-too-deep", line, limit=MAX_DEPTH)
    return top


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # Newer libyaml looks far ahead and counts brackets itself, before it gives an event.
        if "nesting depth" not in (error.problem or ""):
            raise
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _RefusedError("yaml-too-deep", line, limit=MAX_DEPTH) from None


def _refuse_tricks(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError("yaml-anchor", line)
    if tag := getattr(event, "tag", None):
        raise _RefusedError("yaml-tag", line, tag=str(tag)[:60])


def _node(event: yaml.Event, line: int) -> Node | None:
    if isinstance(event, yaml.ScalarEvent):
        if found := _NOT_YAML.search(event.value):  # Written as an escape: "\0".
            _refuse_character(found[0], line)
        is_null = not event.style and event.value in ("", "~", "null")
        return Scalar(line, event.value, is_null)
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line)
    if isinstance(event, yaml.MappingStartEvent):
        return Table(line)
    return None


class _Open:
    """A collection that is being filled; of a mapping, the key that waits for its value."""

    __slots__ = ("key", "node")

    def __init__(self, node: Items | Table) -> None:
        self.node = node
        self.key: Scalar | None = None

    def take(self, node: Node, report: _Report) -> None:
        if isinstance(self.node, Items):
            self.node.items.append(node)
        elif self.key is None:
            if not isinstance(node, Scalar):
                raise _RefusedError("yaml-key-not-text", node.line)
            self.key = node
        else:
            key, self.key = self.key, None
            if key.text in self.node.entries:
                first = self.node.entries[key.text][0]
                report("yaml-doubled-key", key.line, key=key.text[:60], first=first)
            else:
                self.node.entries[key.text] = (key.line, node)


def _move(node: Node, lines: int) -> None:
    """Move line numbers on: the text started further down in its file."""
    if not lines:
        return
    todo: list[Node] = [node]
    while todo:
        one = todo.pop()
        one.line += lines
        if isinstance(one, Items):
            todo += one.items
        elif isinstance(one, Table):
            one.entries = {k: (at + lines, value) for k, (at, value) in one.entries.items()}
            todo += [value for _, value in one.entries.values()]
