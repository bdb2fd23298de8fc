"""Projections: what of a dossier one kind of reader gets (clauses 7.2, 7.4).

A projection is cut out of the dossier before any page is made; pages are made
of what is left, so nothing has to be hidden afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeVar

from academy.circumstances import Circumstances
from academy.consent import Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.institution import Section
from academy.listener import Card
from academy.policy import Policy
from academy.portfolio import Audience, Item, Portfolio
from academy.results import Results

AnyItem = TypeVar("AnyItem", bound=Item)


class ProjectionKind(Enum):
    """For whom a site is built."""

    OWNER = "owner"
    RESPONSIBLE = "responsible"
    PARTICIPANTS = "participants"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A projection; `share` and `items` are the link and what it selects, for a share link."""

    kind: ProjectionKind
    share: str | None = None
    items: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """A name that is unique among the projections of one listener."""
        return f"share-{self.share}" if self.share else self.kind.value


OWNER = Projection(kind=ProjectionKind.OWNER)
RESPONSIBLE = Projection(kind=ProjectionKind.RESPONSIBLE)
PARTICIPANTS = Projection(kind=ProjectionKind.PARTICIPANTS)

_SECTIONS = {
    ProjectionKind.OWNER: frozenset(Section),
    ProjectionKind.RESPONSIBLE: frozenset(
        {Section.HOME, Section.GENERAL, Section.STUDY, Section.PORTFOLIO}
    ),
    ProjectionKind.PARTICIPANTS: frozenset({Section.PORTFOLIO}),
    ProjectionKind.SHARE: frozenset({Section.PORTFOLIO}),
}

_AUDIENCES = {
    ProjectionKind.OWNER: frozenset(Audience),
    ProjectionKind.RESPONSIBLE: frozenset({Audience.RESPONSIBLE, Audience.PARTICIPANTS}),
    ProjectionKind.PARTICIPANTS: frozenset({Audience.PARTICIPANTS}),
    ProjectionKind.SHARE: frozenset({Audience.PARTICIPANTS}),
}

# Central data and reviews are between the listener and those who answer for their study.
_CENTRAL = (ProjectionKind.OWNER, ProjectionKind.RESPONSIBLE)

_NEEDED = {
    ProjectionKind.PARTICIPANTS: Purpose.PARTICIPANTS,
    ProjectionKind.SHARE: Purpose.OUTSIDERS,
}


def standing_projections(dossier: Dossier, at: datetime) -> tuple[Projection, ...]:
    """The projections to build at `at`, share links apart.

    The owner's is built for everyone who is not expelled: clause 4.5 closes the cabinet.
    """
    if not dossier.card.is_open:
        return ()
    wanted = (OWNER, RESPONSIBLE, PARTICIPANTS)
    return tuple(one for one in wanted if is_consented(dossier, one, at))


def is_consented(dossier: Dossier, projection: Projection, at: datetime) -> bool:
    """Tell whether the consents in force at `at` let this projection exist at all."""
    needed = _NEEDED.get(projection.kind)
    return needed is None or needed in purposes_in_force(dossier.consents, at)


def sections_of(projection: Projection) -> frozenset[Section]:
    """The sections that can stand in a projection."""
    return _SECTIONS[projection.kind]


def cut(dossier: Dossier, projection: Projection, policy: Policy, at: datetime) -> Dossier:
    """Cut a dossier down to what the projection may hold at `at`.

    Raises `PermissionError` when no consent in force lets the projection exist.
    """
    if not is_consented(dossier, projection, at):
        raise PermissionError(f"no consent in force for the projection {projection.name}")
    if Purpose.PLACEMENT in purposes_in_force(dossier.consents, at):
        portfolio = _cut_portfolio(dossier.portfolio, projection, policy)
    else:
        portfolio = Portfolio(language=dossier.portfolio.language)
    kept = {item.id for item in portfolio.items()}
    cut_down = replace(
        dossier,
        card=dossier.card if projection.kind in _CENTRAL else _cut_card(dossier.card),
        portfolio=portfolio,
        reviews=tuple(
            review
            for review in dossier.reviews
            if review.item in kept and projection.kind in _CENTRAL
        ),
        verifications={key: one for key, one in dossier.verifications.items() if key in kept},
        consents=dossier.consents if projection.kind is ProjectionKind.OWNER else (),
        documents=dossier.documents if projection.kind is ProjectionKind.OWNER else (),
        circumstances=_cut_circumstances(dossier.circumstances, projection),
    )
    if Section.STUDY not in sections_of(projection):
        cut_down = replace(cut_down, results=Results())
    kept_files = {seen.path for item in portfolio.items() for seen in cut_down.content_of(item)}
    return replace(
        cut_down,
        files={path: seen for path, seen in dossier.files.items() if path in kept_files},
        pictures={path: one for path, one in dossier.pictures.items() if path in kept_files},
    )


def _cut_circumstances(whole: Circumstances, projection: Projection) -> Circumstances:
    """What was sent is between the listener and their reviewers; the place is theirs alone."""
    if projection.kind is ProjectionKind.OWNER:
        return whole
    if projection.kind is ProjectionKind.RESPONSIBLE:
        return replace(whole, standing=None)
    return Circumstances()


def _cut_card(card: Card) -> Card:
    """Keep of a card what a shared portfolio shows: who, and what they study."""
    return Card(
        external_id="",
        last_name=card.last_name,
        first_name=card.first_name,
        patronymic=card.patronymic,
        programme=card.programme,
        group=card.group,
        category=card.category,
        status=card.status,
    )


def _cut_portfolio(portfolio: Portfolio, projection: Projection, policy: Policy) -> Portfolio:
    def keep(items: tuple[AnyItem, ...]) -> tuple[AnyItem, ...]:
        return tuple(item for item in items if _is_for(item, projection, policy))

    entries = keep(portfolio.entries)
    used = {entry.section for entry in entries}
    whole = projection.kind is ProjectionKind.OWNER
    return replace(
        portfolio,
        works=keep(portfolio.works),
        achievements=keep(portfolio.achievements),
        goals=keep(portfolio.goals),
        reflections=keep(portfolio.reflections),
        entries=entries,
        own_sections=tuple(one for one in portfolio.own_sections if whole or one.id in used),
    )


def _is_for(item: Item, projection: Projection, policy: Policy) -> bool:
    if projection.kind is ProjectionKind.SHARE and item.id not in projection.items:
        return False
    return policy.audience(item) in _AUDIENCES[projection.kind]
