"""Previews for the desk: sites of a portfolio as it would be, made by the same generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

from academy.institution import Academy
from academy.projection import Projection, ProjectionKind
from desk.previews import Site
from forge.port import RECORD, Repositories
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError
from generator.reading import FILE_LIMIT, portfolio_of
from generator.workshop import Workshop


class Previewer:
    """Makes sites that nobody but their author and reviewers see. It may be shared by threads."""

    def __init__(
        self,
        repositories: Repositories,
        workshop: Workshop,
        academy: Callable[[], Academy],
        now: Callable[[], datetime],
    ) -> None:
        self._repositories = repositories
        self._workshop = workshop
        self._academy = academy
        self._now = now
        self._lock = Lock()

    def site(self, person: str, main: Mapping[str, bytes], kind: ProjectionKind) -> Site:
        """Make a site with `main` in the place of what is published; an empty one if it fails."""
        academy = self._academy()
        portfolio = portfolio_of(person, main, self._record(person), academy)
        if portfolio.dossier is None:
            return Site()
        with self._lock:
            try:
                project, _ = self._workshop.compose(
                    portfolio.dossier, academy, Projection(kind=kind), self._now()
                )
                pages = self._workshop.render(project)
            except (UnsafePageError, RenderError, PermissionError):
                return Site()
        return Site(pages=pages, media=project.media)

    def _record(self, person: str) -> dict[str, bytes]:
        head = self._repositories.heads(person).get(RECORD)
        if head is None:
            return {}
        snapshot = self._repositories.snapshot(person, head, FILE_LIMIT)
        return {path: content for path, (_, content) in snapshot.items() if content is not None}
