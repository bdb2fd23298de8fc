"""Building the sites of one listener: all projections, switched at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial

from academy.calendar import academy_day
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
from generator.assembling import Assembly
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError, digest_of
from generator.freshness import ContentSlices, holds, shares_digest
from generator.keeping import DOSSIER, Basis, KeptDossier, from_bytes, to_bytes
from generator.pictures import keep_pictures, stored_renditions, with_sizes
from generator.reading import Portfolio, Unread, read_portfolio
from generator.surroundings import NoSurroundings, Surroundings
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What a listener's sites are made of, and whether it is that of the last build."""

    portfolio: Portfolio
    basis: Basis
    is_kept: bool


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
        surroundings: Surroundings | None = None,
    ) -> None:
        self.repositories = repositories
        self.sites = sites
        self.workshop = workshop
        self.academy = academy
        self._slices = ContentSlices(academy)
        self._shares = shares
        self._surroundings = surroundings or NoSurroundings()

    def is_current(self, person: str, at: datetime) -> Manifest | None:
        """The build of a person if it still holds at `at`: nothing is read but refs."""
        manifest = self.sites.manifest(person)
        if manifest is None:
            return None
        heads = self.repositories.heads(person)
        inputs = self._inputs(person, heads, manifest.audience)
        return manifest if holds(manifest, inputs, at) else None

    def unchanged(self, person: str, at: datetime) -> Outcome | None:
        """The outcome for a person whose build still holds and is there; None if there is work."""
        current = self.is_current(person, at)
        if current is None or not self.sites.is_whole(current):
            return None
        return _outcome(current, State.UNCHANGED)

    def build(self, person: str, at: datetime, *, anew: bool = False) -> Outcome:
        """Build what is not current; with `anew` also what is, and nothing kept is used."""
        unchanged = None if anew else self.unchanged(person, at)
        if unchanged is not None:
            return unchanged
        heads = self.repositories.heads(person)
        last = None if anew else self.sites.manifest(person)
        read = self._read_kept(person, heads, last, at) or self._read(person, heads, at)
        dossier = self._with_circumstances(read.portfolio.dossier)
        audience = self._slices.audience(dossier.card) if dossier else ()
        manifest = Manifest(
            person=person,
            inputs=self._inputs(person, heads, audience),
            audience=audience,
            built_at=at,
            valid_until=next_flip(dossier, self.academy, at) if dossier else None,
            issues=read.portfolio.issues,
        )
        if dossier is None:
            # Without a card there is nothing to build of: the last good build stays.
            return self._keep_last(manifest, "card")
        keeping: dict[str, bytes | None] = {DOSSIER: None if read.is_kept else self._kept(read)}
        try:
            manifest = self._projections(manifest, dossier, read, last, keeping)
        except (UnsafePageError, RenderError) as error:
            return self._keep_last(manifest, str(error))
        self.sites.switch(manifest)
        self.sites.keep(person, keeping if manifest.projections else {})
        return _outcome(manifest, State.BUILT if manifest.projections else State.CLOSED)

    def _read(self, person: str, heads: Mapping[str, str], at: datetime) -> _Read:
        portfolio = read_portfolio(self.repositories, person, heads, self.academy)
        dossier = portfolio.dossier
        if dossier is None:
            return _Read(portfolio, Basis("", at, None), is_kept=False)
        digest = self._basis_digest(person, heads, self._slices.audience(dossier.card), at)
        still = replace(self.academy, announcements=())
        return _Read(portfolio, Basis(digest, at, next_flip(dossier, still, at)), is_kept=False)

    def _read_kept(
        self, person: str, heads: Mapping[str, str], last: Manifest | None, at: datetime
    ) -> _Read | None:
        """The dossier as it was read for the last build, if nothing but announcements changed."""
        if last is None:
            return None
        kept = from_bytes(self.sites.kept(person, DOSSIER), KeptDossier, self.workshop.code)
        digest = self._basis_digest(person, heads, last.audience, at)
        if kept is None or not kept.basis.carries(digest, at):
            return None
        main = Unread(self.repositories, person, heads.get(MAIN), kept.dossier.files.keys())
        return _Read(Portfolio(main, kept.dossier, kept.issues), kept.basis, is_kept=True)

    def _kept(self, read: _Read) -> bytes:
        dossier, issues = read.portfolio.dossier, read.portfolio.issues
        assert dossier is not None  # noqa: S101 - without one nothing is built
        return to_bytes(KeptDossier(read.basis, dossier, issues), self.workshop.code)

    def _basis_digest(
        self, person: str, heads: Mapping[str, str], audience: tuple[str, ...], at: datetime
    ) -> str:
        return digest_of(
            self.workshop.composition,
            heads.get(MAIN),
            heads.get(RECORD),
            self._slices.still_digest(audience),
            academy_day(at, self.academy.time_zone),
            self._surroundings.digest(person),
        )

    def _projections(
        self,
        manifest: Manifest,
        dossier: Dossier,
        read: _Read,
        last: Manifest | None,
        keeping: dict[str, bytes | None],
    ) -> Manifest:
        portfolio, at = read.portfolio, manifest.built_at
        wanted = standing_projections(dossier, at)
        if wanted:
            wanted += tuple(
                one for one in self._shares(dossier.person) if is_consented(dossier, one, at)
            )
        pictures = self._pictures(dossier, portfolio) if wanted else KeptPictures()
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

    def _with_circumstances(self, dossier: Dossier | None) -> Dossier | None:
        if dossier is None:
            return None
        return replace(dossier, circumstances=self._surroundings.of(dossier.person))

    def _has_all(self, person: str, files: Mapping[str, Stored]) -> bool:
        return all(self.sites.has(person, one) for one in files.values())

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
            around=self._surroundings.digest(person),
            still=self._slices.still_digest(audience) if audience else "",
        )


def _same_but_for_announcements(
    manifest: Manifest, last: Manifest | None, read: _Read
) -> Mapping[str, Mapping[str, Stored]]:
    """The sites of the last build that differ from those of this one in announcements only."""
    if last is None or last.failure or not read.is_kept:
        return {}
    if replace(last.inputs, content="") != replace(manifest.inputs, content=""):
        return {}
    is_held = read.basis.carries(read.basis.digest, last.built_at)
    return last.projections if is_held and last.built_at <= manifest.built_at else {}


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
