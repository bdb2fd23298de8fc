"""Everything a page can be made of, for one site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath

from jinja2 import Environment
from markupsafe import Markup

from academy.calendar import academy_day
from academy.dossier import Dossier
from academy.institution import Academy, Section
from academy.issue import Issue, in_order
from academy.projection import Projection, ProjectionKind, sections_of
from academy.prose import Prose
from academy.results import Progress, progress
from formats.prose.normal_form import normal_form
from generator.compose.places import Places, places_of, relative
from generator.compose.words import Words, words_of


@dataclass(slots=True)
class Context:
    """A dossier cut for one projection, with the words and places of its site."""

    dossier: Dossier
    academy: Academy
    projection: Projection
    at: datetime
    templates: Environment
    words: Words
    places: Places
    today: date
    progress: Progress | None
    is_placed: bool
    check: tuple[Issue, ...] = ()
    issues: list[Issue] = field(default_factory=list)

    @property
    def found(self) -> tuple[Issue, ...]:
        """What the listener has to put right, as far as pages have been made."""
        return in_order(dict.fromkeys((*self.check, *self.issues)))

    @property
    def is_owner(self) -> bool:
        """Whether the reader is the listener."""
        return self.projection.kind is ProjectionKind.OWNER

    @property
    def is_central(self) -> bool:
        """Whether the reader is the listener or somebody who answers for their study."""
        return self.projection.kind in (ProjectionKind.OWNER, ProjectionKind.RESPONSIBLE)

    @property
    def may_edit(self) -> bool:
        """Whether the reader can change the portfolio: it has buttons that lead to the desk."""
        return self.is_owner and self.is_placed and not self.dossier.card.is_frozen

    @property
    def may_review(self) -> bool:
        """Whether the reader is a participant, who can write what they think of a work."""
        return self.projection.kind is ProjectionKind.PARTICIPANTS

    @property
    def ask(self) -> tuple[str, str]:
        """Where to ask, as a place and its words; no place on a site without it."""
        place = "contacts.md" if self.has(Section.CONTACTS) else ""
        return place, self.words.text("section-contacts")

    def has(self, section: Section) -> bool:
        """Whether a section is part of this site."""
        category = self.academy.category(self.dossier.card.category)
        wanted = category.sections if category else tuple(one.value for one in Section)
        return section in sections_of(self.projection) and section.value in wanted

    @property
    def has_study(self) -> bool:
        """Whether this site has the study plan."""
        return self.has(Section.STUDY)

    @property
    def has_portfolio(self) -> bool:
        """Whether this site has the portfolio."""
        return self.has(Section.PORTFOLIO)

    @property
    def has_announcements(self) -> bool:
        """Whether this site has the announcements."""
        return self.has(Section.ANNOUNCEMENTS)

    @property
    def consent_place(self) -> str:
        """Where this site tells how to consent: the first of its sections that speaks of it."""
        if self.has(Section.GENERAL):
            return "general.md#consents" if self.is_owner else "general.md"
        return self.ask[0] or "index.md"

    def escape(self, text: str) -> str:
        """Write a text for a title."""
        return str(self.templates.finalize(text))  # type: ignore[misc]

    def prose(self, prose: Prose, file: str, page: str, shift: int = 1) -> Markup:
        """Write a text of the listener in its normal form, its links leading where they should."""

        def resolve(path: str) -> str | None:
            target = posixpath.normpath(posixpath.join(str(PurePosixPath(file).parent), path))
            place = self.places.find(target)
            return relative(place, page) if place else None

        form = normal_form(prose, file, resolve, shift)
        if not file.startswith("reviews/"):
            self.issues += form.issues
        return Markup(form.markdown)  # noqa: S704 - the normal form is what makes it safe

    def academy_prose(self, prose: Prose, file: str, shift: int = 1) -> Markup:
        """Write a text of the academy in its normal form; its links lead outside only.

        In a cabinet in another language it says which one it is in, to be read aloud rightly.
        """
        text = normal_form(prose, file, lambda _path: None, shift).markdown
        if self.academy.language != self.words.catalogue.language:
            text = f'<div lang="{self.academy.language}" markdown="1">\n\n{text}\n\n</div>'
        return Markup(text)  # noqa: S704 - as above

    def person(self, person: str) -> str:
        """The name that stands for an id; a person without one stays a participant."""
        if person == self.dossier.person:
            return self.dossier.card.full_name
        employee = self.academy.employee(person)
        return employee.name if employee else self.words.text("a-participant")

    def role(self, role: str) -> str:
        """The word for what somebody acted as."""
        key = f"role-{role}"
        known = self.words.catalogue.has(f"cabinet.{key}")
        return self.words.text(key) if known else role

    def knows_module(self, module: str) -> bool:
        """Whether the programme has such a module."""
        programme = self.academy.programme(self.dossier.card.programme)
        return programme is not None and programme.module(module) is not None

    def module_title(self, module: str) -> str:
        """The title of a module; one that is not known stands for itself."""
        programme = self.academy.programme(self.dossier.card.programme)
        found = programme.module(module) if programme else None
        return found.title if found else module

    def size(self, size: int) -> str:
        """The size of a file in words."""
        if size < 1024 * 1024:
            return self.words.text("size-kb", size=max(1, round(size / 1024)))
        return self.words.text("size-mb", size=f"{size / 1024 / 1024:.1f}")

    def what(self, issue: Issue) -> str:
        """What is wrong."""
        return self.words.catalogue.what(issue)

    def fix(self, issue: Issue) -> str:
        """What to do about it."""
        return self.words.catalogue.fix(issue)

    def where(self, issue: Issue) -> str:
        """Where it is, for people and for those who like files."""
        place = issue.location
        return f"{place.file}:{place.line}" if place.line else place.file


def context_of(
    dossier: Dossier,
    academy: Academy,
    projection: Projection,
    at: datetime,
    templates: Environment,
    *,
    is_placed: bool,
    check: tuple[Issue, ...] = (),
) -> Context:
    """Prepare a site for a dossier that is cut for `projection` already."""
    today = academy_day(at, academy.time_zone)
    programme = academy.programme(dossier.card.programme)
    group = academy.group(dossier.card.group)
    return Context(
        dossier=dossier,
        academy=academy,
        projection=projection,
        at=at,
        templates=templates,
        words=words_of(dossier.portfolio.language or academy.language, academy.time_zone),
        places=places_of(dossier, projection),
        today=today,
        progress=progress(programme, group, dossier.results, today) if programme else None,
        is_placed=is_placed,
        check=check,
    )
