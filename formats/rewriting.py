"""The lines of a table with some of its fields changed, and all others as they were.

A field that is a table or a list in its own lines is changed from within, so
that comments and unknown fields stay in there too. What cannot be cut by its
lines is written anew: first the field, at the last the caller's whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from formats.plain import Plain, lines_of, read_lines, says_the_same
from formats.yaml_tree import read_yaml

_DASH = "- "


def rewritten(
    lines: Sequence[str], plain: Mapping[str, Plain], touched: Mapping[str, object]
) -> list[str] | None:
    """Write only the fields that are `touched`, None being to leave one out.

    `plain` is what the lines say. Gives None where they cannot be cut by their fields.
    """
    expected = read_lines(lines_of(_without_nothing({**plain, **touched})))
    for goes_within in (True, False):
        found = _cut(lines, plain, touched, goes_within=goes_within)
        # Several fields in one line, a value that reaches to the margin: whatever was cut
        # wrongly does not say what it should.
        said = read_lines(found)
        if said is not None and _without_nothing(said) == _without_nothing(expected or {}):
            return found
    return None


def _cut(
    lines: Sequence[str],
    plain: Mapping[str, Plain],
    touched: Mapping[str, object],
    *,
    goes_within: bool,
) -> list[str]:
    table, _ = read_yaml("\n".join(lines), "")
    starts = [(line - 1, key) for key, (line, _) in table.entries.items()] if table else []
    found = list(lines[: starts[0][0]]) if starts else list(lines)
    ends = [*(at for at, _ in starts[1:]), len(lines)][: len(starts)]
    for (start, key), end in zip(starts, ends, strict=True):
        block = list(lines[start:end])
        if key not in touched:
            found += block
            continue
        below = _comments_below(block)
        own, value = block[: len(block) - len(below)], touched[key]
        if value is not None:
            within = _within(own, plain.get(key), value) if goes_within else None
            found += within or lines_of({key: value})
        found += below
    for key, value in touched.items():
        if key not in plain and value is not None:
            found += lines_of({key: value})
    return found


def _within(block: Sequence[str], present: Plain, wanted: object) -> list[str] | None:
    """Change a table or a list that stands below its key; None when it does not."""
    if len(block) < 2:  # Of several fields in one line, all but the last have no line at all.
        return None
    first, inner = block[0], block[1:]
    if not first.partition("#")[0].rstrip().endswith(":"):
        return None
    if isinstance(present, dict) and isinstance(wanted, dict):
        lines = _table_within(inner, present, wanted)
    elif isinstance(present, list) and isinstance(wanted, list) and wanted:
        lines = _list_within(inner, present, wanted)
    else:
        return None
    return None if lines is None else [first, *lines]


def _table_within(
    inner: Sequence[str], present: Mapping[str, Plain], wanted: Mapping[str, object]
) -> list[str] | None:
    """Change the fields of a table that is moved in."""
    depth = _depth(inner)
    if not depth or any(line[:depth].strip() for line in inner):
        return None
    flat = [line[depth:] for line in inner]
    touched = _differing(present, wanted)
    lines = rewritten(flat, present, touched) if touched else flat
    return None if lines is None else [f"{' ' * depth}{line}" if line else "" for line in lines]


def _list_within(
    inner: Sequence[str], present: Sequence[Plain], wanted: Sequence[object]
) -> list[str] | None:
    """Change the items of a list that differ; those that stay keep their lines."""
    depth = _depth(inner)
    margin = " " * depth
    starts = [n for n, line in enumerate(inner) if line.startswith(f"{margin}{_DASH}")]
    if len(starts) != len(present):
        return None
    blocks = [
        list(inner[start:end]) for start, end in zip(starts, [*starts[1:], len(inner)], strict=True)
    ]
    lines = list(inner[: starts[0]])
    for before, after in _pairs(present, wanted):
        block = blocks[before] if before is not None else []
        below = _comments_below(block, margin) if block else []
        own = block[: len(block) - len(below)]
        if after is not None:
            same = before is not None and says_the_same(wanted[after], present[before])
            old = present[before] if before is not None else None
            lines += own if same else _item(own, old, wanted[after], margin)
        lines += below
    return lines


def _item(block: Sequence[str], present: Plain, wanted: object, margin: str) -> list[str]:
    """Write an item of a list: its table from within, or all of it anew."""
    width = len(margin) + len(_DASH)
    if block and isinstance(present, dict) and isinstance(wanted, dict):
        flat = [" " * width + block[0][width:], *block[1:]]
        lines = _table_within(flat, present, wanted) if _depth(flat) == width else None
        if lines and lines[0].startswith(" " * width):
            return [f"{margin}{_DASH}{lines[0][width:]}", *lines[1:]]
    return [f"{margin}{line}" for line in lines_of({"value": [wanted]})[1:]]


def _pairs(
    present: Sequence[Plain], wanted: Sequence[object]
) -> Iterator[tuple[int | None, int | None]]:
    """Tell which item became which: those that stay, those that changed, new ones, gone ones."""
    old, new = ([_key(one) for one in side] for side in (present, wanted))
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        shared = min(end - start, last - first)
        yield from zip(range(start, start + shared), range(first, first + shared), strict=True)
        yield from ((gone, None) for gone in range(start + shared, end))
        yield from ((None, added) for added in range(first + shared, last))


def _key(value: object) -> str:
    plain = read_lines(lines_of({"value": value}))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _differing(present: Mapping[str, Plain], wanted: Mapping[str, object]) -> dict[str, object]:
    """Give the fields that change, None for those that go."""
    gone: dict[str, object] = {key: None for key in present if wanted.get(key) is None}
    changed = {
        key: value
        for key, value in wanted.items()
        if value is not None and not (key in present and says_the_same(value, present[key]))
    }
    return {**gone, **changed}


def _depth(lines: Sequence[str]) -> int:
    """How far in the first line stands that says something."""
    said = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return len(said) - len(said.lstrip(" "))


def _comments_below(block: Sequence[str], margin: str = "") -> list[str]:
    """The comments and empty lines at the end of a field: they belong to what follows."""
    count = 0
    for line in reversed(block[1:]):
        if line.strip() and not line.startswith(f"{margin}#"):
            break
        count += 1
    return list(block[len(block) - count :]) if count else []


def _without_nothing(plain: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in plain.items() if value is not None}
