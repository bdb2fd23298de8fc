"""The sections of a cabinet about the listener and the academy (clauses 5.4, 5.6, 5.6.1)."""

from __future__ import annotations

from collections.abc import Callable

from academy.announcement import shown_to
from academy.consent import Purpose
from generator.compose.context import Context
from generator.compose.page import make_page
from generator.project import NavEntry, Page

GENERAL = "general.md"
ANNOUNCEMENTS = "announcements.md"
DOCUMENTS = "documents.md"
CONTACTS = "contacts.md"
CHECK = "check.md"

Made = tuple[list[Page], NavEntry]


def check(c: Context) -> Made:
    """What keeps the portfolio from being shown whole, and what to do about it (clause 7.8)."""
    title = c.words.text("section-check")
    items = tuple(c.dossier.portfolio.items())
    page = make_page(c, CHECK, title, "check.md", found=c.found, items=items)
    return [page], NavEntry(title, CHECK)


def general(c: Context) -> Made:
    """General data: read-only, with their date, department and a way to report an error."""
    card = c.dossier.card
    page = make_page(
        c,
        GENERAL,
        c.words.text("section-general"),
        "general.md",
        card=card,
        programme=c.academy.programme(card.programme),
        group=c.academy.group(card.group),
        category=c.academy.category(card.category),
        curator=c.academy.employee(card.curator),
        department=c.academy.department(card.department),
        consents=[(c.words.name(purpose), _state_of(c, purpose)) for purpose in Purpose],
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
    page = make_page(c, ANNOUNCEMENTS, title, "announcements.md", shown=shown)
    return [page], NavEntry(title, ANNOUNCEMENTS)


def documents(c: Context) -> Made:
    """Documents the academy issued."""
    title = c.words.text("section-documents")
    given = c.dossier.documents
    named = next((one.department for one in given if one.department), c.dossier.card.department)
    department = c.academy.department(named)
    page = make_page(c, DOCUMENTS, title, "documents.md", documents=given, department=department)
    return [page], NavEntry(title, DOCUMENTS)


def contacts(c: Context) -> Made:
    """Whom to ask: curator, department, support, chats, mail (clauses 3.1, 4.4, 5.4)."""
    title = c.words.text("section-contacts")
    card = c.dossier.card
    programme = c.academy.programme(card.programme)
    page = make_page(
        c,
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
        made = make_page(c, path, page.title, "own_page.md", page=page)
        return [made], NavEntry(c.escape(page.title), path)

    return make
