"""Schemas: the fields of a file, declared once for reading, writing and documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

from formats.kinds import Kind
from formats.report import Report
from formats.yaml_tree import Node, Scalar, Table

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the key in the file, its kind, whether it must be there.

    `attribute` is the name in the domain object, where it is another one.
    """

    key: str
    kind: Kind
    required: bool = False
    attribute: str = ""

    @property
    def target(self) -> str:
        """The name of the attribute it fills."""
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Schema(Generic[T_co]):
    """The fields of a kind of file, and what is built of them.

    A schema is a kind of value too, so schemas nest.
    """

    name: str
    build: Callable[..., T_co]
    fields: tuple[Field, ...]

    def read(self, node: Node, field: str, report: Report) -> T_co | None:
        """Read a table; what is wrong is reported and left out.

        Gives None when a required field is missing or wrong.
        """
        if not isinstance(node, Table):
            report.error("field-not-a-table", node.line, field)
            return None
        self._report_unknown(node, report)
        values: dict[str, object] = {}
        whole = True
        for one in self.fields:
            value = self._value(one, node, report)
            if value is not None:
                values[one.target] = value
            elif one.required:
                whole = False
        return self.build(**values) if whole else None

    def write(self, value: object) -> dict[str, object]:
        """Give an object of the domain as plain data; what is empty is left out."""
        plain: dict[str, object] = {}
        for one in self.fields:
            part = getattr(value, one.target)
            if part is not None and part not in ((), {}):
                plain[one.key] = one.kind.write(part)
        return plain

    def _value(self, one: Field, node: Table, report: Report) -> object | None:
        if one.key not in node.entries:
            if one.required:
                report.error("field-missing", node.line, one.key)
            return None
        line, value = node.entries[one.key]
        if isinstance(value, Scalar) and (value.is_null or not value.text.strip()):
            if one.required:
                report.error("field-empty", line, one.key)
            return None
        before = len(report.issues)
        read = one.kind.read(value, one.key, report)
        if one.required and (read is None or read == ()) and len(report.issues) == before:
            report.error("field-empty", line, one.key)
        return read

    def _report_unknown(self, node: Table, report: Report) -> None:
        known = [one.key for one in self.fields]
        for key, (line, _) in node.entries.items():
            if key in known:
                continue
            close = get_close_matches(key, known, n=1, cutoff=0.6)
            code = "field-unknown-close" if close else "field-unknown"
            report.error(
                code, line, key[:60], known=", ".join(known), close=close[0] if close else ""
            )
