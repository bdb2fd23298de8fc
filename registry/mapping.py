"""The file that tells what the columns of an academy's own exports are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.issue import Issue
from formats.files import read_file
from formats.kinds import ListOf, TableOf, Text
from formats.schema import Field, Schema
from registry.fields import Column, TableKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Headings beyond the built-in ones, sheets whose kind is said, and what is to be passed over.

    A heading named here counts before all built-in ones.
    """

    columns: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    sheets: Mapping[TableKind, tuple[str, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()


MAPPING = Schema(
    "import.yml",
    ColumnMapping,
    (
        Field("columns", TableOf(Column, ListOf(Text(100)))),
        Field("sheets", TableOf(TableKind, ListOf(Text(100)))),
        Field("ignore", ListOf(Text(100))),
    ),
)


def read_mapping(name: str, content: bytes) -> tuple[ColumnMapping | None, tuple[Issue, ...]]:
    """Read a mapping file; None when it cannot be read at all, with what is wrong in it."""
    issues: list[Issue] = []
    mapping = read_file(MAPPING, name, {name: content}, issues)
    return mapping, tuple(issues)
