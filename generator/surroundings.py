"""Where a build learns what stands in no branch of a listener: a port, and an empty one."""

from __future__ import annotations

from typing import Protocol

from academy.circumstances import Circumstances


class Surroundings(Protocol):
    """Knows the circumstances of listeners."""

    def digest(self, person: str) -> str:
        """What is another one whenever the circumstances are; it is asked for at every look."""

    def of(self, person: str) -> Circumstances:
        """The circumstances of a listener."""


class NoSurroundings:
    """Nothing was sent, and nobody is ranked."""

    def digest(self, _person: str) -> str:
        """Always the same."""
        return ""

    def of(self, _person: str) -> Circumstances:
        """Nothing."""
        return Circumstances()
