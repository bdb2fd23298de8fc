"""Two changes of one file brought together, field by field.

Git compares lines, and the fields of a head are neighbours: a new title here and
a new date there are a conflict to it. To us they are none. What is changed on
both sides in two ways is a conflict indeed, and is told by its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from academy.conflict import FieldConflict
from academy.issue import has_errors
from formats.front_matter import read_document
from formats.yaml_tree import Table, read_yaml

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Settled:
    """The file with both changes; None when there are conflicts, or nothing can be told."""

    content: bytes | None
    conflicts: tuple[FieldConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file taken apart: the lines of each field of its head, and the text below."""

    fields: dict[str, str]
    body: str
    is_document: bool


def settle(
    path: str,
    base: bytes | None,
    theirs: bytes | None,
    published: bytes | None,
    chosen: Mapping[str, str | None] = MappingProxyType({}),
) -> Settled:
    """Bring together what became of `base` on two sides; None is no file.

    `chosen` says what somebody has decided about fields in conflict, as it is to be
    written ("" is the text). A file that one side has deleted, and one that is no page
    of ours, is not settled.
    """
    if base is None or theirs is None or published is None:
        return Settled(None)
    parts = [_taken_apart(path, content) for content in (base, theirs, published)]
    old, their, new = parts
    if old is None or their is None or new is None or old.is_document != new.is_document:
        return Settled(None)
    fields, conflicts = _merged_fields(path, old, their, new, chosen)
    body = _merged_text(old.body, their.body, new.body)
    if body is None:
        body = chosen.get("")
    if body is None:
        conflicts = (*conflicts, _conflict(path, "", old.body, their.body, new.body))
    if conflicts or body is None:
        return Settled(None, conflicts)
    return Settled(_put_together(fields, body, is_document=new.is_document))


def _taken_apart(path: str, content: bytes) -> _Parts | None:
    """Take a file apart; None for what cannot be read."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if path.endswith((".yml", ".yaml")):
        table, issues = read_yaml(text, path)
        if table is None or has_errors(issues):
            return None
        return _Parts(_fields(table, text.split("\n"), 1), "", is_document=False)
    if not path.endswith(".md"):
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return _Parts({}, text, is_document=True)
    document, issues = read_document(text, path)
    if document.head is None or has_errors(issues):
        return None
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE)
    return _Parts(_fields(document.head, lines[1:end], 2), document.body.source, is_document=True)


def _fields(table: Table, lines: Sequence[str], first: int) -> dict[str, str]:
    """Give the lines of each field of a head; a comment goes with the field above it, if any."""
    begun = sorted((line - first, key) for key, (line, _) in table.entries.items())
    starts = [0, *(start for start, _ in begun[1:])]
    ends = [*starts[1:], len(lines)]
    found = zip(begun, starts, ends, strict=False)
    return {key: "\n".join(lines[start:end]).rstrip() for (_, key), start, end in found}


def _merged_fields(
    path: str, old: _Parts, their: _Parts, new: _Parts, chosen: Mapping[str, str | None]
) -> tuple[dict[str, str], tuple[FieldConflict, ...]]:
    """Give the fields of both sides together, in the order of what is published."""
    fields: dict[str, str] = {}
    conflicts = []
    for key in dict.fromkeys((*new.fields, *their.fields)):
        before, here, there = (parts.fields.get(key) for parts in (old, their, new))
        if here == there or before in {here, there}:
            value = there if here == before else here
        elif key in chosen:
            value = chosen[key]
        else:
            conflicts.append(_conflict(path, key, before, here, there))
            continue
        if value is not None:
            fields[key] = value
    return fields, tuple(conflicts)


def _merged_text(old: str, their: str, new: str) -> str | None:
    """Give a text with the changes of both sides, when they touch different lines."""
    if their in {new, old}:
        return new
    if new == old:
        return their
    before, here, there = (text.split("\n") for text in (old, their, new))
    first, second = _region(before, here), _region(before, there)
    if first[0] > second[0]:
        first, second, here, there = second, first, there, here
    if first[1] >= second[0]:
        return None
    until = len(before) - second[1]
    changed = there[second[0] : len(there) - until]
    start = here[: len(here) - (len(before) - second[0])]
    return "\n".join([*start, *changed, *before[second[1] :]])


def _region(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Give the lines of `before` between the first and the last that were changed."""
    shortest = min(len(before), len(after))
    start = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    rest = shortest - start
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return start, len(before) - tail


def _put_together(fields: dict[str, str], body: str, *, is_document: bool) -> bytes:
    """Write a file of its parts."""
    head = "".join(f"{lines}\n" for lines in fields.values())
    if not is_document:
        return head.encode()
    text = body.strip("\n")
    text = f"{text}\n" if text else ""
    if not fields:
        return text.encode()
    return f"{_FENCE}\n{head}{_FENCE}\n{chr(10) if text else ''}{text}".encode()


def _conflict(
    path: str, field: str, base: str | None, theirs: str | None, published: str | None
) -> FieldConflict:
    """Give a conflict of one field."""
    item = path.rpartition(".")[0].removesuffix("/index")
    return FieldConflict(item=item, field=field, base=base, theirs=theirs, published=published)
