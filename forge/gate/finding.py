"""What a check found out about one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.issue import Issue, Location, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in a file whose path the check does not know."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    line: int = 0
    severity: Severity = Severity.ERROR

    def at(self, path: str) -> Issue:
        """Give the issue for the file with this path."""
        values = {"path": path, **self.values}
        return Issue(self.code, self.severity, Location(path, self.line), values)


@dataclass(frozen=True, slots=True)
class Checked:
    """The content as it may enter, or None; and what was found."""

    content: bytes | None
    findings: tuple[Finding, ...] = ()


def refused(code: str, *, line: int = 0, **values: str | int) -> Checked:
    """Give the result for a file that may not enter, for one reason."""
    return Checked(None, (Finding(code, values, line),))
