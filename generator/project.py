"""A normalised project: what one static site is made of, before MkDocs sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path below `docs/`, its title (escaped for HTML), and its Markdown."""

    path: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A line of the navigation: a page, a group of entries under a title, or a way out.

    The `path` of a way out begins with a slash: it is an address on the same host.
    """

    title: str
    path: str = ""
    children: tuple[NavEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A site to be: pages, files beside them and navigation.

    `media` gives for the path of each file the name of its content: its path on
    `main`, or the name of a rendition of the picture there.

    `site_name` and `site_author` are escaped for HTML, like every title: the templates
    of MkDocs do not escape. The author is told where a reader may look at the sites of many.
    """

    site_name: str
    language: str
    pages: tuple[Page, ...]
    nav: tuple[NavEntry, ...]
    site_author: str = ""
    media: Mapping[str, str] = field(default_factory=dict)


def nav_data(entries: tuple[NavEntry, ...]) -> list[object]:
    """Give the navigation in the form of MkDocs' setting `nav`."""
    return [
        {entry.title: nav_data(entry.children)} if entry.children else _line(entry)
        for entry in entries
    ]


def _line(entry: NavEntry) -> object:
    """A page without a title in the navigation is called by the title it gives itself."""
    return {entry.title: entry.path} if entry.title else entry.path
