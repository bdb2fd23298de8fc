"""What the sites of a listener are made of: looked at, read, or as the last build kept it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from academy.calendar import academy_day
from academy.dossier import Dossier
from academy.flips import next_flip
from academy.institution import Academy
from academy.projection import Projection
from forge.port import MAIN, RECORD, Repositories
from generator.engine.renderer import digest_of
from generator.freshness import ContentSlices, shares_digest
from generator.keeping import DOSSIER, Basis, KeptDossier, from_bytes, to_bytes
from generator.reading import Portfolio, Unread, read_portfolio
from generator.surroundings import Surroundings
from generator.workshop import Workshop
from sites.manifest import Inputs, Manifest
from sites.store import Sites

Shares = Callable[[str], tuple[Projection, ...]]
"""Gives the projections that a person's share links ask for."""


def no_shares(_person: str) -> tuple[Projection, ...]:
    """Nobody has share links."""
    return ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a listener's sites are made of, and whether it is that of the last build."""

    portfolio: Portfolio
    basis: Basis
    is_kept: bool


class Sources:
    """Where a builder finds what it builds of."""

    def __init__(
        self,
        repositories: Repositories,
        sites: Sites,
        workshop: Workshop,
        academy: Academy,
        shares: Shares,
        surroundings: Surroundings,
    ) -> None:
        self.shares = shares
        self._repositories = repositories
        self._sites = sites
        self._workshop = workshop
        self._academy = academy
        self._slices = ContentSlices(academy)
        self._surroundings = surroundings

    def heads(self, person: str) -> Mapping[str, str]:
        """The heads of a person's branches."""
        return self._repositories.heads(person)

    def audience(self, dossier: Dossier | None) -> tuple[str, ...]:
        """What decides which content concerns a listener; empty without a card."""
        return self._slices.audience(dossier.card) if dossier else ()

    def inputs(self, person: str, heads: Mapping[str, str], audience: tuple[str, ...]) -> Inputs:
        """Everything a build of these heads is made of, as digests."""
        return Inputs(
            main=heads.get(MAIN, ""),
            record=heads.get(RECORD, ""),
            content=self._slices.digest(audience) if audience else "",
            generator=self._workshop.fingerprint,
            shares=shares_digest(self.shares(person)),
            around=self._surroundings.digest(person),
            still=self._slices.still_digest(audience) if audience else "",
        )

    def read(
        self, person: str, heads: Mapping[str, str], last: Manifest | None, at: datetime
    ) -> Read:
        """Read the dossier, or take it as it was read for the `last` build, if that is the same."""
        return self._kept(person, heads, last, at) or self._read(person, heads, at)

    def to_keep(self, read: Read) -> bytes | None:
        """What the next build may take; None for what is kept already. There has to be a card."""
        dossier, issues = read.portfolio.dossier, read.portfolio.issues
        if read.is_kept or dossier is None:
            return None
        return to_bytes(KeptDossier(read.basis, dossier, issues), self._workshop.code)

    def with_circumstances(self, dossier: Dossier | None) -> Dossier | None:
        """Add to a dossier what is known of its listener elsewhere."""
        if dossier is None:
            return None
        return replace(dossier, circumstances=self._surroundings.of(dossier.person))

    def _read(self, person: str, heads: Mapping[str, str], at: datetime) -> Read:
        portfolio = read_portfolio(self._repositories, person, heads, self._academy)
        dossier = portfolio.dossier
        if dossier is None:
            return Read(portfolio, Basis("", at, None), is_kept=False)
        digest = self._basis_digest(person, heads, self.audience(dossier), at)
        still = replace(self._academy, announcements=())
        return Read(portfolio, Basis(digest, at, next_flip(dossier, still, at)), is_kept=False)

    def _kept(
        self, person: str, heads: Mapping[str, str], last: Manifest | None, at: datetime
    ) -> Read | None:
        """The dossier as it was read for the last build, if nothing but announcements changed."""
        if last is None:
            return None
        kept = from_bytes(self._sites.kept(person, DOSSIER), KeptDossier, self._workshop.code)
        digest = self._basis_digest(person, heads, last.audience, at)
        if kept is None or not kept.basis.carries(digest, at):
            return None
        main = Unread(self._repositories, person, heads.get(MAIN), kept.dossier.files.keys())
        return Read(Portfolio(main, kept.dossier, kept.issues), kept.basis, is_kept=True)

    def _basis_digest(
        self, person: str, heads: Mapping[str, str], audience: tuple[str, ...], at: datetime
    ) -> str:
        return digest_of(
            self._workshop.composition,
            heads.get(MAIN),
            heads.get(RECORD),
            self._slices.still_digest(audience),
            academy_day(at, self._academy.time_zone),
            self._surroundings.digest(person),
        )
