"""Building the sites of one listener: all projections, switched at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from academy.dossier import Dossier
from academy.flips import next_flip
from academy.institution import Academy
from academy.issue import Issue, in_order
from academy.projection import (
    OWNER,
    Projection,
    is_consented,
    standing_projections,
)
from forge.port import MAIN, RECORD, Repositories
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError
from generator.freshness import ContentSlices, holds, shares_digest
from generator.pictures import keep_pictures, stored_renditions, with_sizes
from generator.reading import Portfolio, read_portfolio
from generator.workshop import Workshop
from sites.manifest import Inputs, KeptPictures, Manifest, Stored
from sites.store import Sites


class State(Enum):
    """What a build came to."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result for one listener: what happened, and the mistakes in their files."""

    person: str
    state: State
    issues: tuple[Issue, ...] = ()
    pages: int = 0
    failure: str | None = None
    valid_until: datetime | None = None


Shares = Callable[[str], tuple[Projection, ...]]


def no_shares(_person: str) -> tuple[Projection, ...]:
    """Nobody has share links."""
    return ()


class Builder:
    """Builds listeners' sites from their repositories. One per process and thread."""

    def __init__(
        self,
        repositories: Repositories,
        sites: Sites,
        workshop: Workshop,
        academy: Academy,
        shares: Shares = no_shares,
    ) -> None:
        self.repositories = repositories
        self.sites = sites
        self.workshop = workshop
        self.academy = academy
        self._slices = ContentSlices(academy)
        self._shares = shares

    def is_current(self, person: str, at: datetime) -> Manifest | None:
        """The build of a person if it still holds at `at`: nothing is read but refs."""
        manifest = self.sites.manifest(person)
        if manifest is None:
            return None
        heads = self.repositories.heads(person)
        inputs = self._inputs(person, heads, manifest.audience)
        return manifest if holds(manifest, inputs, at) else None

    def build(self, person: str, at: datetime, *, anew: bool = False) -> Outcome:
        """Build what is not current; with `anew`, also what is."""
        current = None if anew else self.is_current(person, at)
        if current is not None and self.sites.is_whole(current):
            return _outcome(current, State.UNCHANGED)
        heads = self.repositories.heads(person)
        portfolio = read_portfolio(self.repositories, person, heads, self.academy)
        return self._build(person, heads, portfolio, at)

    def _build(
        self, person: str, heads: Mapping[str, str], portfolio: Portfolio, at: datetime
    ) -> Outcome:
        dossier = portfolio.dossier
        audience = self._slices.audience(dossier.card) if dossier else ()
        manifest = Manifest(
            person=person,
            inputs=self._inputs(person, heads, audience),
            audience=audience,
            built_at=at,
            valid_until=next_flip(dossier, self.academy, at) if dossier else None,
            issues=portfolio.issues,
        )
        if dossier is None:
            # Without a card there is nothing to build of: the last good build stays.
            return self._keep_last(manifest, "card")
        try:
            manifest = self._projections(manifest, dossier, portfolio, at)
        except (UnsafePageError, RenderError) as error:
            return self._keep_last(manifest, str(error))
        self.sites.switch(manifest)
        return _outcome(manifest, State.BUILT if manifest.projections else State.CLOSED)

    def _projections(
        self, manifest: Manifest, dossier: Dossier, portfolio: Portfolio, at: datetime
    ) -> Manifest:
        built = {}
        issues = list(portfolio.issues)
        wanted = standing_projections(dossier, at)
        if wanted:
            wanted += tuple(
                one for one in self._shares(dossier.person) if is_consented(dossier, one, at)
            )
        check = tuple(one for one in portfolio.issues if one.location.file in portfolio.main)
        pictures = self._pictures(dossier, portfolio) if wanted else KeptPictures()
        dossier = with_sizes(dossier, pictures)
        renditions = stored_renditions(dossier, pictures)
        for projection in wanted:
            project, found = self.workshop.compose(dossier, self.academy, projection, at, check)
            if projection is OWNER:
                issues += found
            files = {
                path: self.sites.store(manifest.person, content)
                for path, content in self.workshop.render(project).items()
            }
            for place, name in project.media.items():
                files[place] = renditions.get(name) or self.sites.store(
                    manifest.person, portfolio.main[name]
                )
            built[projection.name] = files
        return replace(manifest, projections=built, pictures=pictures, issues=in_order(issues))

    def _pictures(self, dossier: Dossier, portfolio: Portfolio) -> KeptPictures:
        last = self.sites.manifest(dossier.person)
        kept = last.pictures if last else KeptPictures()
        return keep_pictures(dossier, portfolio.main, kept, self.sites)

    def _keep_last(self, manifest: Manifest, failure: str) -> Outcome:
        """Serve the last good build on, and remember not to try the same again."""
        last = self.sites.manifest(manifest.person)
        projections: Mapping[str, Mapping[str, Stored]] = last.projections if last else {}
        kept = replace(manifest, projections=projections, failure=failure)
        self.sites.switch(kept)
        return _outcome(kept, State.FAILED)

    def _inputs(self, person: str, heads: Mapping[str, str], audience: tuple[str, ...]) -> Inputs:
        return Inputs(
            main=heads.get(MAIN, ""),
            record=heads.get(RECORD, ""),
            content=self._slices.digest(audience) if audience else "",
            generator=self.workshop.fingerprint,
            shares=shares_digest(self._shares(person)),
        )


def _outcome(manifest: Manifest, state: State) -> Outcome:
    if state is State.UNCHANGED and manifest.failure:
        state = State.FAILED
    elif state is State.UNCHANGED and not manifest.projections:
        state = State.CLOSED
    pages = sum(path.endswith(".html") for files in manifest.projections.values() for path in files)
    return Outcome(
        person=manifest.person,
        state=state,
        issues=manifest.issues,
        pages=pages,
        failure=manifest.failure,
        valid_until=manifest.valid_until,
    )
