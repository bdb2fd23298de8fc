"""Text that a person wrote in Markdown, not yet looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown source and the line of its file on which it starts (1-based)."""

    source: str = ""
    first_line: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.source.strip()

    @property
    def words(self) -> int:
        """How many words the source has; marks of Markdown count where they stand alone."""
        return len(self.source.split())
