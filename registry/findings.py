"""Collecting what is wrong with the files of an import."""

from __future__ import annotations

from academy.issue import Issue, Location, Severity


class Findings:
    """The mistakes found so far; the place of one can be named by its text as `field`."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self._told: set[tuple[str, Location]] = set()

    def error(self, code: str, place: Location, **values: str | int) -> None:
        """Add a mistake that kept something from being imported."""
        self._add(code, Severity.ERROR, place, values)

    def warning(self, code: str, place: Location, **values: str | int) -> None:
        """Add something that the sender of the file should know of."""
        self._add(code, Severity.WARNING, place, values)

    def once(self, code: str, place: Location, **values: str | int) -> None:
        """Add a mistake unless the same one was found at the same place already."""
        if (code, place) not in self._told:
            self._told.add((code, place))
            self.error(code, place, **values)

    def _add(
        self, code: str, severity: Severity, place: Location, values: dict[str, str | int]
    ) -> None:
        self.issues.append(Issue(code, severity, place, {"field": place.field, **values}))
