"""Issues as lines of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from academy.issue import Issue


@pytest.fixture
def report() -> Callable[[Iterable[Issue]], list[str]]:
    """Give each issue as `severity file:line field code {values}`."""

    def lines(issues: Iterable[Issue]) -> list[str]:
        written = []
        for one in issues:
            place = f"{one.location.file}:{one.location.line}"
            values = {
                key: value
                for key, value in one.values.items()
                if key not in ("field", "known", "options") and value != ""
            }
            parts = [one.severity.value, place, one.location.field, one.code, str(values or "")]
            written.append(" ".join(part for part in parts if part))
        return written

    return lines
