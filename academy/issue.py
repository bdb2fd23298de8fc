"""Mistakes of authors as values.

A mistake in a file, a row or a setting is an `Issue`; exceptions are kept for
our own faults and for the environment. The words live in `messages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """How much an issue matters to the reader of the report."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where an issue is: a file, a line (1-based, 0 for the whole file), a column or field name."""

    file: str
    line: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One mistake: a code of the catalogue, where it is, and the values its text names."""

    code: str
    severity: Severity
    location: Location
    values: dict[str, str | int] = field(default_factory=dict, hash=False)


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Sort issues for a report: by file, line and field, then errors before the rest."""
    return tuple(
        sorted(issues, key=lambda issue: (issue.location, _WEIGHT[issue.severity], issue.code))
    )


def has_errors(issues: Iterable[Issue]) -> bool:
    """Tell whether any of the issues is an error."""
    return any(issue.severity is Severity.ERROR for issue in issues)
