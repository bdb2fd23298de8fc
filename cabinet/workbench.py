"""The generator at hand for the desk: previews, and cabinets built when something merges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from academy.institution import Academy
from academy.projection import Projection, ProjectionKind
from administration.sharing import SharedProjections
from auth_proxy.identity.passwords import Passwords
from cabinet.content_looks import page_for_listeners
from cabinet.desk_imports import imports_of
from cabinet.office import Office
from cabinet.settings import PROGRAM
from desk.previews import Previews, Site
from desk.staff.digests import Digests
from desk.web.pages import Pages
from desk.workplace import Workplace
from forge.port import RECORD, RepositoryMissingError
from generator.building import Builder
from generator.drawing_ahead import draw_ahead
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError
from generator.reading import FILE_LIMIT, portfolio_of
from generator.workshop import Workshop
from ledger import Ledger

TEMPLATES = Path("site_templates") / "desk"


@dataclass(frozen=True, slots=True)
class _Tools:
    """A warm workshop, and the lock of whoever uses it."""

    workshop: Workshop
    lock: Lock = field(default_factory=Lock)


class Workbench:
    """Two warm generators, for whatever thread a request is answered in.

    One publishes and one makes previews, so that publishing waits for no preview. A `workshop`
    that is lent serves for both.
    """

    def __init__(
        self,
        office: Office,
        ledger: Ledger,
        now: Callable[[], datetime],
        workshop: Workshop | None = None,
    ) -> None:
        self._office = office
        self._shares = SharedProjections(ledger, now)
        self._now = now
        self._building = _Tools(workshop or Workshop(PROGRAM, office.home.assets))
        self._looking = self._building
        if workshop is None:
            self._looking = _Tools(Workshop(PROGRAM, office.home.assets))
        self._academy: Academy | None = None
        self._builder: Builder | None = None

    @property
    def theme(self) -> str:
        """The address of the assets."""
        return self._building.workshop.theme.address

    def academy(self) -> Academy:
        """The academy's content as it is now; read again only when it has moved."""
        known = self._academy
        if known is None or known.policy.version != self._office.academy_commit():
            known = self._academy = self._office.academy()
        return known

    def publish(self, person: str) -> None:
        """Build the cabinet of a person now."""
        academy = self.academy()
        with self._building.lock:
            if self._builder is None or self._builder.academy is not academy:
                office = self._office
                self._builder = Builder(
                    office.repositories,
                    office.sites,
                    self._building.workshop,
                    academy,
                    self._shares.of,
                    office.surroundings,
                )
            self._builder.build(person, self._now())

    def site(self, person: str, main: Mapping[str, bytes], kind: ProjectionKind) -> Site:
        """Make a site with `main` in the place of what is published; an empty one if it fails."""
        academy = self.academy()
        portfolio = portfolio_of(person, main, self._record(person), academy)
        if portfolio.dossier is None:
            return Site()
        workshop = self._looking.workshop
        with self._looking.lock:
            try:
                project, _ = workshop.compose(
                    portfolio.dossier, academy, Projection(kind=kind), self._now()
                )
                pages = workshop.render(project)
            except (UnsafePageError, RenderError, PermissionError):
                return Site()
        return Site(pages=pages, media=project.media)

    def draw_ahead(self, person: str, blobs: Sequence[str]) -> None:
        """Draw pictures that are not published yet, in the sizes of pages.

        That is only to have them sooner: where it cannot be done, publishing does it.
        """
        office = self._office
        pictures = (office.repositories.read(person, [one])[one] for one in blobs)
        with suppress(OSError, RepositoryMissingError):
            draw_ahead(person, pictures, office.sites)

    def look_of_content(self, path: str, files: Mapping[str, bytes]) -> bytes:
        """Make the page on which listeners see a file of the academy's content."""
        with self._looking.lock:
            return page_for_listeners(self._looking.workshop, path, files, self._now())

    def _record(self, person: str) -> dict[str, bytes]:
        repositories = self._office.repositories
        head = repositories.heads(person).get(RECORD)
        if head is None:
            return {}
        snapshot = repositories.snapshot(person, head, FILE_LIMIT)
        return {path: content for path, (_, content) in snapshot.items() if content is not None}


def workplace_of(
    office: Office, ledger: Ledger, now: Callable[[], datetime], workshop: Workshop | None = None
) -> Workplace:
    """Put together what the desk works with; a `workshop` that is warm already may be lent."""
    bench = Workbench(office, ledger, now, workshop)
    return Workplace(
        repositories=office.repositories,
        drafts=office.drafts,
        arrivals=office.arrivals,
        requests=office.merge_requests,
        people=office.catalogue,
        queue=office.queue,
        ledger=ledger,
        academy=bench.academy,
        now=now,
        previews=Previews(bench.site, bench.look_of_content),
        publish=bench.publish,
        draw_ahead=bench.draw_ahead,
        pages=Pages(PROGRAM / TEMPLATES),
        theme=bench.theme,
        imports=imports_of(office, now),
        digest=Passwords().digest_now,
        digests=Digests(office.summaries),
    )
