"""Building the sites of one listener: all projections, switched at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from academy.dossier import Dossier
from academy.flips import next_flip
from academy.institution import Academy
from academy.issue import in_order
from academy.projection import OWNER, Projection, is_consented, standing_projections
from forge.port import Repositories
from generator.assembling import Assembly
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError
from generator.freshness import holds
from generator.keeping import DOSSIER
from generator.outcome import Outcome, State, outcome_of
from generator.pictures import keep_pictures, stored_renditions, with_sizes
from generator.sources import Read, Shares, Sources, no_shares
from generator.surroundings import NoSurroundings, Surroundings
from generator.workshop import Workshop
from sites.manifest import KeptPictures, Manifest, Stored
from sites.store import Sites


class Builder:
    """Builds listeners' sites from their repositories. One per process and thread."""

    def __init__(
        self,
        repositories: Repositories,
        sites: Sites,
        workshop: Workshop,
        academy: Academy,
        shares: Shares = no_shares,
        surroundings: Surroundings | None = None,
    ) -> None:
        self.repositories = repositories
        self.sites = sites
        self.workshop = workshop
        self.academy = academy
        self._sources = Sources(
            repositories, sites, workshop, academy, shares, surroundings or NoSurroundings()
        )

    def is_current(self, person: str, at: datetime) -> Manifest | None:
        """The build of a person if it still holds at `at`: nothing is read but refs."""
        manifest = self.sites.manifest(person)
        return manifest if manifest and self._is_current(manifest, at) else None

    def unchanged(self, person: str, at: datetime) -> Outcome | None:
        """The outcome for a person whose build still holds and is there; None if there is work."""
        manifest = self.sites.manifest(person)
        return self._unchanged(manifest, at) if manifest else None

    def build(self, person: str, at: datetime, *, anew: bool = False) -> Outcome:
        """Build what is not current; with `anew` also what is, and nothing kept is used."""
        before = self.sites.manifest(person)
        last = None if anew else before
        unchanged = self._unchanged(last, at) if last else None
        if unchanged is not None:
            return unchanged
        heads = self._sources.heads(person)
        read = self._sources.read(person, heads, last, at)
        dossier = self._sources.with_circumstances(read.portfolio.dossier)
        audience = self._sources.audience(dossier)
        manifest = Manifest(
            person=person,
            inputs=self._sources.inputs(person, heads, audience),
            audience=audience,
            built_at=at,
            valid_until=next_flip(dossier, self.academy, at) if dossier else None,
            pictures=before.pictures if before else KeptPictures(),
            issues=read.portfolio.issues,
        )
        if dossier is None:
            # Without a card there is nothing to build of: the last good build stays.
            return self._keep_last(manifest, before, "card")
        keeping = {DOSSIER: self._sources.to_keep(read)}
        try:
            manifest = self._projections(manifest, dossier, read, last, keeping)
        except (UnsafePageError, RenderError) as error:
            return self._keep_last(manifest, before, str(error))
        self.sites.switch(manifest)
        self.sites.keep(person, keeping if manifest.projections else {})
        return outcome_of(manifest, State.BUILT if manifest.projections else State.CLOSED)

    def _unchanged(self, manifest: Manifest, at: datetime) -> Outcome | None:
        if not self._is_current(manifest, at) or not self.sites.is_whole(manifest):
            return None
        return outcome_of(manifest, State.UNCHANGED)

    def _is_current(self, manifest: Manifest, at: datetime) -> bool:
        heads = self._sources.heads(manifest.person)
        return holds(manifest, self._sources.inputs(manifest.person, heads, manifest.audience), at)

    def _projections(
        self,
        manifest: Manifest,
        dossier: Dossier,
        read: Read,
        last: Manifest | None,
        keeping: dict[str, bytes | None],
    ) -> Manifest:
        """Make the sites of a build, and take in what to keep of each; None for what is kept.

        Pictures of the `manifest` are those of the build before.
        """
        portfolio, at = read.portfolio, manifest.built_at
        wanted = self._wanted(dossier, at)
        pictures = KeptPictures()
        if wanted:
            pictures = keep_pictures(dossier, portfolio.main, manifest.pictures, self.sites)
        assembly = Assembly(
            workshop=self.workshop,
            sites=self.sites,
            academy=self.academy,
            dossier=with_sizes(dossier, pictures),
            main=portfolio.main,
            renditions=stored_renditions(dossier, pictures),
            check=tuple(one for one in portfolio.issues if one.location.file in portfolio.main),
            basis=read.basis,
            at=at,
            is_trusted=last is not None,
            large=partial(self.repositories.large_file, dossier.person),
        )
        same = _same_but_for_announcements(manifest, last, read)
        built: dict[str, Mapping[str, Stored]] = {}
        issues = list(portfolio.issues)
        for projection in wanted:
            name = projection.name
            if (
                name in same
                and projection is not OWNER
                and self._has_all(dossier.person, same[name])
            ):
                built[name], keeping[name] = same[name], None
                continue
            made = assembly.site(projection)
            built[name], keeping[name] = made.files, made.kept
            if projection is OWNER:
                issues += made.found
        return replace(manifest, projections=built, pictures=pictures, issues=in_order(issues))

    def _has_all(self, person: str, files: Mapping[str, Stored]) -> bool:
        return all(self.sites.has(person, one) for one in files.values())

    def _wanted(self, dossier: Dossier, at: datetime) -> tuple[Projection, ...]:
        wanted = standing_projections(dossier, at)
        if not wanted:
            return ()
        shares = self._sources.shares(dossier.person)
        return wanted + tuple(one for one in shares if is_consented(dossier, one, at))

    def _keep_last(self, manifest: Manifest, before: Manifest | None, failure: str) -> Outcome:
        """Serve the last good build on, and remember not to try the same again."""
        projections: Mapping[str, Mapping[str, Stored]] = before.projections if before else {}
        kept = replace(manifest, projections=projections, failure=failure)
        self.sites.switch(kept)
        return outcome_of(kept, State.FAILED)


def _same_but_for_announcements(
    manifest: Manifest, last: Manifest | None, read: Read
) -> Mapping[str, Mapping[str, Stored]]:
    """The sites of the last build that differ from those of this one in announcements only."""
    if last is None or last.failure or not read.is_kept:
        return {}
    if replace(last.inputs, content="") != replace(manifest.inputs, content=""):
        return {}
    is_held = read.basis.carries(read.basis.digest, last.built_at)
    return last.projections if is_held and last.built_at <= manifest.built_at else {}
