"""YAML as plain data in which every value is the text it was written as, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from unicodedata import normalize

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


def read_lines(lines: Sequence[str]) -> Mapping[str, Plain] | None:
    """Read the lines of a table; None for what is none, or has a mistake in it."""
    table, issues = read_yaml("\n".join(lines), "")
    found = plain_of(table)
    return found if isinstance(found, dict) and not issues else None


def lines_of(plain: Mapping[str, object]) -> list[str]:
    """Write a table, line by line."""
    return write_yaml(plain).removesuffix("\n").split("\n") if plain else []


def says_the_same(wanted: object, present: Plain) -> bool:
    """Tell whether a value would be written as it is there already."""
    if wanted == present:
        return True
    written = read_lines(lines_of({"value": wanted}))
    if written is not None and written.get("value") == present:
        return True
    # A form gives a character back in its composed form, which says the same.
    return _composed(wanted) == _composed(present)


def _composed(value: object) -> str:
    plain = read_lines(lines_of({"value": value}))
    return normalize("NFC", json.dumps(plain, ensure_ascii=False))
