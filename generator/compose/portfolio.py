"""The portfolio: overview, lists, items (clauses 7.1, 7.3, 7.5, 7.7, 7.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from markupsafe import Markup

from academy.consistency import file_of
from academy.fill import fill_level
from academy.portfolio import Achievement, Entry, Item, ItemKind, Work
from academy.rating import rating
from generator.compose.context import Context
from generator.compose.page import make_page
from generator.compose.pictures import files_of
from generator.compose.seals import seal_of
from generator.compose.sums import fill_rows, rating_factors, rating_rows
from generator.project import NavEntry, Page

Made = tuple[list[Page], NavEntry]

_CARDED = (ItemKind.WORK, ItemKind.ACHIEVEMENT)
_ON_ONE_PAGE = (ItemKind.GOAL, ItemKind.REFLECTION)


def portfolio(c: Context) -> Made:
    """Every page of the portfolio that this projection holds."""
    overview = _overview(c)
    title = c.words.text("section-portfolio")
    if c.is_central and not c.is_placed:
        return [overview], NavEntry(title, overview.path)
    pages = [overview]
    children = [NavEntry(c.words.text("portfolio-overview"), overview.path)]
    for kind in _CARDED:
        made = _listed(c, kind)
        if made:
            pages += made
            children.append(_entry(made))
    for kind in _ON_ONE_PAGE:
        if page := _on_one_page(c, kind):
            pages.append(page)
            children.append(NavEntry(page.title, page.path))
    for section in c.dossier.portfolio.own_sections:
        made = _own_section(c, section.id)
        pages += made
        children.append(_entry(made))
    return pages, NavEntry(title, children=tuple(children))


def _entry(pages: list[Page]) -> NavEntry:
    """A list and its items as one group of the navigation."""
    if len(pages) == 1:
        return NavEntry(pages[0].title, pages[0].path)
    return NavEntry(
        pages[0].title, children=tuple(NavEntry(page.title, page.path) for page in pages)
    )


def _overview(c: Context) -> Page:
    whole = c.dossier.portfolio
    place = c.places.overview
    shared = not c.is_central
    fill = fill_level(whole, c.academy.policy)
    rated = rating(c.dossier, c.academy.policy, c.today)
    return make_page(
        c,
        place,
        c.dossier.card.full_name if shared else c.words.text("section-portfolio"),
        "portfolio.md" if c.is_placed else "portfolio_closed.md",
        portfolio=whole,
        shared=shared,
        programme=c.academy.programme(c.dossier.card.programme),
        carded=_shown(c, _CARDED),
        listed=_shown(c, _ON_ONE_PAGE),
        fill=fill,
        fill_rows=fill_rows(c, fill, place),
        rating=rated,
        standing=c.dossier.circumstances.standing,
        rating_rows=rating_rows(c, rated, place),
        achievements=ItemKind.ACHIEVEMENT,
    )


def _shown(c: Context, kinds: tuple[ItemKind, ...]) -> list[tuple[ItemKind, list[Item]]]:
    """The items of some kinds; kinds without items only where their owner can add some."""
    items = list(c.dossier.portfolio.items())
    found = [(kind, [item for item in items if item.kind is kind]) for kind in kinds]
    return [(kind, mine) for kind, mine in found if mine or c.is_owner]


def _listed(c: Context, kind: ItemKind) -> list[Page]:
    items: tuple[Item, ...] = (
        c.dossier.portfolio.works if kind is ItemKind.WORK else c.dossier.portfolio.achievements
    )
    if not items and not c.is_owner:
        return []
    title = c.words.name(kind)
    listing = make_page(c, c.places.page_of(kind), title, "items.md", items=items, kind=kind)
    return [listing, *_items(c, items, listing)]


def _own_section(c: Context, section_id: str) -> list[Page]:
    section = next(one for one in c.dossier.portfolio.own_sections if one.id == section_id)
    items = c.dossier.portfolio.entries_of(section_id)
    listing = make_page(
        c,
        c.places.section(section_id),
        section.title,
        "own_section.md",
        items=items,
        section=section,
    )
    return [listing, *_items(c, items, listing)]


def _on_one_page(c: Context, kind: ItemKind) -> Page | None:
    goals = kind is ItemKind.GOAL
    items = c.dossier.portfolio.goals if goals else c.dossier.portfolio.reflections
    if not items and not c.is_owner:
        return None
    template = "goals.md" if goals else "reflections.md"
    return make_page(
        c, c.places.page_of(kind), c.words.name(kind), template, items=items, kind=kind
    )


def _items(c: Context, items: Sequence[Item], listing: Page) -> Iterator[Page]:
    """A page an item; each leads on to the next one and back to the list."""
    for item, after in zip_longest(items, items[1:]):
        links = [(listing.path, c.words.text("all-items"))]
        if after:
            links.insert(0, (c.places.item(after), c.words.text("next-item", title=after.title)))
        yield _item(c, item, links)


def _item(c: Context, item: Item, links: list[tuple[str, str]]) -> Page:
    files = files_of(c, item)
    reviews = c.dossier.reviews_of(item.id)
    values: dict[str, object] = {
        "item": item,
        "file": file_of(item),
        "pictures": [file for file in files if file.is_picture],
        "recordings": [file for file in files if file.is_recording],
        "others": [file for file in files if not (file.is_picture or file.is_recording)],
        "reviews": reviews,
        "last_grade": next((one.grade for one in reversed(reviews) if one.grade), None),
        "sealed": seal_of(c, item),
        "onward_links": links,
    }
    if isinstance(item, Achievement):
        values |= _achieved(c, item)
    templates = {Work: "work.md", Achievement: "achievement.md", Entry: "entry.md"}
    return make_page(c, c.places.item(item), item.title, templates[type(item)], **values)


def _achieved(c: Context, item: Achievement) -> dict[str, object]:
    """Where an achievement can be looked up, and what it gives in the rating."""
    link = Markup()
    if item.link:
        # The address is escaped like any other value, and its scheme is checked when it is read.
        shown = c.escape(item.link)
        link = Markup(f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>')  # noqa: S704
    lines = rating(c.dossier, c.academy.policy, c.today).lines
    line = next(line for line in lines if line.achievement is item)
    points = (
        f"{rating_factors(c, line)} = {line.points}" if line.counts else rating_factors(c, line)
    )
    return {"link": link, "points": points if c.is_central else ""}
