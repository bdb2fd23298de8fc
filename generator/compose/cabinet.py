"""The sections of a cabinet about the listener and the academy (clauses 5.4, 5.6, 5.6.1)."""

from __future__ import annotations

from collections.abc import Callable

from academy.announcement import shown_to
from academy.consent import Purpose, purposes_in_force
from academy.fill import fill_level
from academy.next_steps import NextStep, Step, next_steps
from academy.portfolio import ItemKind
from academy.rating import rating
from generator.compose.context import Context
from generator.project import NavEntry, Page

HOME = "index.md"
GENERAL = "general.md"
ANNOUNCEMENTS = "announcements.md"
DOCUMENTS = "documents.md"
CONTACTS = "contacts.md"
STUDY = "study.md"
CHECK = "check.md"

Made = tuple[list[Page], NavEntry]


def home(c: Context) -> Made:
    """Where am I, what is new, what is next and who acts."""
    card = c.dossier.card
    title = c.words.text("hello", name=card.addressed_as) if c.is_owner else card.full_name
    shown = shown_to(c.academy.announcements, card, c.at) if c.is_owner else ()
    steps = next_steps(c.dossier, c.progress, c.academy.policy, c.at, c.today)
    placed = Purpose.PLACEMENT in purposes_in_force(c.dossier.consents, c.at)
    page = c.page(
        HOME,
        title,
        "home.md",
        card=card,
        programme=c.academy.programme(card.programme),
        group=c.academy.group(card.group),
        steps=[(step, _place_of(c, step)) for step in steps] if c.is_owner else (),
        shown=shown[:3],
        more=max(0, len(shown) - 3),
        fill=fill_level(c.dossier.portfolio, c.academy.policy),
        rating=rating(c.dossier, c.academy.policy, c.today),
        placed=placed or not c.is_owner,
        remarks=len(c.found) if c.is_owner else 0,
    )
    return [page], NavEntry(c.words.text("section-home"), HOME)


def check(c: Context) -> Made:
    """What keeps the portfolio from being shown whole, and what to do about it (clause 7.8)."""
    title = c.words.text("section-check")
    return [c.page(CHECK, title, "check.md", found=c.found)], NavEntry(title, CHECK)


def _place_of(c: Context, step: NextStep) -> str:
    """Where a step leads: every step has a place to go on from."""
    items = {item.id: item for item in c.dossier.portfolio.items()} if c.has_portfolio else {}
    if step.step in (Step.COMING_CONTROL, Step.OVERDUE_CONTROL):
        return f"{STUDY}#m-{step.subject}" if c.has_study else HOME
    if step.step is Step.GIVE_CONSENT:
        return c.consent_place
    if step.subject in items:
        return c.places.item(items[step.subject])
    if step.step is Step.FILL_KIND and c.has_portfolio:
        kind = ItemKind(step.subject)
        if kind is not ItemKind.ENTRY:
            return c.places.page_of(kind)
    return c.places.overview if c.has_portfolio else HOME


def general(c: Context) -> Made:
    """General data: read-only, with their date, department and a way to report an error."""
    card = c.dossier.card
    page = c.page(
        GENERAL,
        c.words.text("section-general"),
        "general.md",
        card=card,
        programme=c.academy.programme(card.programme),
        group=c.academy.group(card.group),
        category=c.academy.category(card.category),
        curator=c.academy.employee(card.curator),
        department=c.academy.department(card.department),
        consents=[(purpose, _state_of(c, purpose)) for purpose in Purpose],
    )
    return [page], NavEntry(c.words.text("section-general"), GENERAL)


def _state_of(c: Context, purpose: Purpose) -> str:
    mine = [consent for consent in c.dossier.consents if purpose in consent.purposes]
    for consent in mine:
        if consent.is_in_force(c.at):
            return c.words.text(
                "consent-given", day=c.words.day(consent.signed), version=consent.version
            )
    withdrawn = [one.withdrawn for one in mine if one.withdrawn and one.withdrawn <= c.at]
    if withdrawn:
        return c.words.text("consent-withdrawn", day=c.words.day(max(withdrawn).date()))
    return c.words.text("consent-missing")


def announcements(c: Context) -> Made:
    """All announcements that are shown now."""
    shown = shown_to(c.academy.announcements, c.dossier.card, c.at)
    title = c.words.text("section-announcements")
    page = c.page(ANNOUNCEMENTS, title, "announcements.md", shown=shown)
    return [page], NavEntry(title, ANNOUNCEMENTS)


def documents(c: Context) -> Made:
    """Documents the academy issued."""
    title = c.words.text("section-documents")
    page = c.page(DOCUMENTS, title, "documents.md", documents=c.dossier.documents)
    return [page], NavEntry(title, DOCUMENTS)


def contacts(c: Context) -> Made:
    """Whom to ask: curator, department, support, chats, mail (clauses 3.1, 4.4, 5.4)."""
    title = c.words.text("section-contacts")
    card = c.dossier.card
    programme = c.academy.programme(card.programme)
    page = c.page(
        CONTACTS,
        title,
        "contacts.md",
        card=card,
        group=c.academy.group(card.group),
        curator=c.academy.employee(card.curator),
        department=c.academy.department(programme.department if programme else None),
    )
    return [page], NavEntry(title, CONTACTS)


def own_page(page_id: str) -> Callable[[Context], Made]:
    """A section that is a page of the academy's own (clause 5.7)."""

    def make(c: Context) -> Made:
        page = c.academy.pages[page_id]
        path = f"pages/{page_id}.md"
        made = c.page(path, page.title, "own_page.md", page=page)
        return [made], NavEntry(c.escape(page.title), path)

    return make
