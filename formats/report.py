"""Collecting the mistakes of one file."""

from __future__ import annotations

from academy.issue import Issue, Location, Severity


class Report:
    """The mistakes found in one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []

    def error(self, code: str, line: int, field: str = "", **values: str | int) -> None:
        """Add an error; `file`, `line` and `field` can be named by its text too."""
        self._add(Severity.ERROR, code, line, field, values)

    def warning(self, code: str, line: int, field: str = "", **values: str | int) -> None:
        """Add a warning."""
        self._add(Severity.WARNING, code, line, field, values)

    def advice(self, code: str, line: int, field: str = "", **values: str | int) -> None:
        """Add a piece of advice."""
        self._add(Severity.ADVICE, code, line, field, values)

    def _add(
        self, severity: Severity, code: str, line: int, field: str, values: dict[str, str | int]
    ) -> None:
        self.issues.append(
            Issue(code, severity, Location(self.file, line, field), {"field": field, **values})
        )
