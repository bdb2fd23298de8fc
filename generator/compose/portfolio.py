"""The portfolio: overview, lists, items (clauses 7.1, 7.3, 7.5, 7.7, 7.8)."""

from __future__ import annotations

from academy.consent import Purpose, purposes_in_force
from academy.consistency import file_of
from academy.fill import fill_level
from academy.portfolio import Achievement, Entry, Item, ItemKind, Work, folder
from academy.rating import rating
from generator.compose.context import Context
from generator.project import NavEntry, Page

Made = tuple[list[Page], NavEntry]

_LISTED = (ItemKind.WORK, ItemKind.ACHIEVEMENT)


def portfolio(c: Context) -> Made:
    """Every page of the portfolio that this projection holds."""
    overview = _overview(c)
    title = c.words.text("section-portfolio")
    if c.is_owner and not _is_placed(c):
        return [overview], NavEntry(title, overview.path)
    pages = [overview]
    children = [NavEntry(c.words.text("portfolio-overview"), overview.path)]
    for kind in _LISTED:
        made = _listed(c, kind)
        if made:
            pages += made
            children.append(_entry(made))
    for kind in (ItemKind.GOAL, ItemKind.REFLECTION):
        if page := _on_one_page(c, kind):
            pages.append(page)
            children.append(NavEntry(page.title, page.path))
    for section in c.dossier.portfolio.own_sections:
        made = _own_section(c, section.id)
        pages += made
        children.append(_entry(made))
    return pages, NavEntry(title, children=tuple(children))


def _is_placed(c: Context) -> bool:
    return Purpose.PLACEMENT in purposes_in_force(c.dossier.consents, c.at)


def _entry(pages: list[Page]) -> NavEntry:
    """A list and its items as one group of the navigation."""
    if len(pages) == 1:
        return NavEntry(pages[0].title, pages[0].path)
    return NavEntry(
        pages[0].title, children=tuple(NavEntry(page.title, page.path) for page in pages)
    )


def _overview(c: Context) -> Page:
    whole = c.dossier.portfolio
    placed = _is_placed(c) or not c.is_owner
    shared = c.places.prefix == ""
    title = c.dossier.card.full_name if shared else c.words.text("section-portfolio")
    return c.page(
        c.places.overview,
        title,
        "portfolio.md" if placed else "portfolio_closed.md",
        portfolio=whole,
        shared=shared,
        programme=c.academy.programme(c.dossier.card.programme),
        fill=fill_level(whole, c.academy.policy),
        rating=rating(c.dossier, c.academy.policy, c.today),
        kinds=[kind for kind in ItemKind if kind is not ItemKind.ENTRY],
    )


def _listed(c: Context, kind: ItemKind) -> list[Page]:
    items: tuple[Item, ...] = (
        c.dossier.portfolio.works if kind is ItemKind.WORK else c.dossier.portfolio.achievements
    )
    if not items and not c.is_owner:
        return []
    title = c.words.name(kind)
    listing = c.page(c.places.page_of(kind), title, "items.md", items=items, kind=kind)
    return [listing, *(_item(c, item) for item in items)]


def _own_section(c: Context, section_id: str) -> list[Page]:
    section = next(one for one in c.dossier.portfolio.own_sections if one.id == section_id)
    items = c.dossier.portfolio.entries_of(section_id)
    listing = c.page(
        c.places.section(section_id), section.title, "own_section.md", items=items, section=section
    )
    return [listing, *(_item(c, item) for item in items)]


def _on_one_page(c: Context, kind: ItemKind) -> Page | None:
    goals = kind is ItemKind.GOAL
    items = c.dossier.portfolio.goals if goals else c.dossier.portfolio.reflections
    if not items and not c.is_owner:
        return None
    template = "goals.md" if goals else "reflections.md"
    return c.page(c.places.page_of(kind), c.words.name(kind), template, items=items)


def _item(c: Context, item: Item) -> Page:
    templates = {Work: "work.md", Achievement: "achievement.md", Entry: "entry.md"}
    files = c.files(item)
    return c.page(
        f"{c.places.prefix}{folder(item)}/index.md",
        item.title,
        templates[type(item)],
        item=item,
        file=file_of(item),
        pictures=[file for file in files if file.is_picture],
        others=[file for file in files if not file.is_picture],
        badge=c.badge(item),
        reviews=c.dossier.reviews_of(item.id),
        programme=c.academy.programme(c.dossier.card.programme),
    )
