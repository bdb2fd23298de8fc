"""Tidying of repositories, now and then, while nobody waits for it."""

from __future__ import annotations

import time

from forge.embedded.repositories import EmbeddedForge
from forge.port import RepositoryMissingError

SECONDS_BETWEEN = 600.0


class Tidying:
    """Packs what many commits have left; most of the time a call does nothing."""

    def __init__(self, repositories: EmbeddedForge) -> None:
        self._repositories = repositories
        self._next = 0.0

    def run(self) -> None:
        """Tidy every repository that needs it, unless that was done a short while ago."""
        if time.monotonic() < self._next:
            return
        for name in self._repositories.names():
            try:
                self._repositories.tidy(name)
            except RepositoryMissingError:
                continue  # It was removed after the list was made.
        self._next = time.monotonic() + SECONDS_BETWEEN
