"""The site of one projection: which sections it has, in which order."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime

from jinja2 import Environment

from academy.consent import Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.institution import Academy, Section
from academy.issue import Issue
from academy.projection import Projection, ProjectionKind, cut
from generator.compose import cabinet, portfolio, study
from generator.compose.account import ways_out
from generator.compose.context import Context, context_of
from generator.compose.home import home
from generator.project import NavEntry, Page, Project

Made = tuple[list[Page], NavEntry]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it was composed, and what its texts had wrong."""

    pages: tuple[Page, ...]
    entry: NavEntry
    issues: tuple[Issue, ...]


Parts = MutableMapping[str, Part]
"""Sections by their names."""

_SECTIONS: dict[str, Callable[[Context], Made]] = {
    Section.GENERAL.value: cabinet.general,
    Section.ANNOUNCEMENTS.value: cabinet.announcements,
    Section.STUDY.value: study.study,
    Section.DOCUMENTS.value: cabinet.documents,
    Section.PORTFOLIO.value: portfolio.portfolio,
    Section.CONTACTS.value: cabinet.contacts,
}


def compose(
    dossier: Dossier,
    academy: Academy,
    projection: Projection,
    at: datetime,
    templates: Environment,
    check: tuple[Issue, ...] = (),
    parts: Parts | None = None,
) -> tuple[Project, tuple[Issue, ...]]:
    """Make the project of a projection as it stands at `at`, and what its texts had wrong.

    `check` is what is wrong with the listener's files; it is shown to the owner
    together with what is found in the texts. `parts` are sections that were composed
    of the same, announcements apart; it takes in those that are composed now.
    """
    if projection.kind is not ProjectionKind.OWNER:
        # Announcements are between the academy and the listener.
        academy = replace(academy, announcements=())
    context = context_of(
        cut(dossier, projection, academy.policy, at),
        academy,
        projection,
        at,
        templates,
        is_placed=Purpose.PLACEMENT in purposes_in_force(dossier.consents, at),
        check=check,
    )
    sections = _sections(context, {} if parts is None else parts)
    if projection.kind is ProjectionKind.OWNER and context.found:
        sections.append(cabinet.check(context))
    if projection.kind in (ProjectionKind.OWNER, ProjectionKind.RESPONSIBLE):
        # The home page is made last, because it sums up what the others found.
        sections.insert(0, home(context))
    project = Project(
        site_name=context.escape(academy.short_name),
        site_author="" if context.is_owner else context.escape(dossier.card.full_name),
        language=context.words.catalogue.language,
        pages=tuple(page for pages, _ in sections for page in pages),
        nav=(*(entry for _, entry in sections), *ways_out(projection.kind, context.words)),
        media={place: path for path, place in context.places.files.items()},
    )
    return project, tuple(dict.fromkeys(context.issues))


def _sections(context: Context, parts: Parts) -> list[Made]:
    """Make the sections there are no parts of; only one of them ever looks at announcements."""
    still = replace(context, academy=replace(context.academy, announcements=()))
    made: list[Made] = []
    for name, make in _wanted(context).items():
        if name == Section.ANNOUNCEMENTS.value:
            made.append(make(context))
            continue
        if name not in parts:
            before = len(context.issues)
            pages, entry = make(still)
            parts[name] = Part(tuple(pages), entry, tuple(context.issues[before:]))
        else:
            context.issues.extend(parts[name].issues)
        made.append((list(parts[name].pages), parts[name].entry))
    return made


def _wanted(context: Context) -> dict[str, Callable[[Context], Made]]:
    """The sections of the listener's category that this projection may have (clause 5.6)."""
    kind = context.projection.kind
    if kind in (ProjectionKind.PARTICIPANTS, ProjectionKind.SHARE):
        return {Section.PORTFOLIO.value: portfolio.portfolio}
    category = context.academy.category(context.dossier.card.category)
    names = category.sections if category else tuple(section.value for section in Section)
    wanted: dict[str, Callable[[Context], Made]] = {}
    for name in names:
        if name == Section.HOME.value:
            continue
        if name in context.academy.pages:
            if context.is_owner:
                wanted[name] = cabinet.own_page(name)
        elif context.has(Section(name)):
            wanted[name] = _SECTIONS[name]
    return wanted
