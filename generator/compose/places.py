"""Where things are on a site: items of the portfolio, their files, addresses between pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from academy.dossier import Dossier
from academy.picture import rendition
from academy.portfolio import Item, ItemKind, attachments, folder, is_offered
from academy.projection import Projection, ProjectionKind

_ON_ONE_PAGE = (ItemKind.GOAL, ItemKind.REFLECTION)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one site: path on `main` to path below `docs/`, for pages and for files.

    Renditions of pictures have places too, under their names.
    """

    prefix: str
    items: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def overview(self) -> str:
        """The page of the portfolio as a whole."""
        return f"{self.prefix}index.md"

    def page_of(self, kind: ItemKind) -> str:
        """The page that lists the items of a kind."""
        if kind in _ON_ONE_PAGE:
            return f"{self.prefix}{kind.value}.md"
        return f"{self.prefix}{kind.value}/index.md"

    def section(self, section: str) -> str:
        """The page of an own section."""
        return f"{self.prefix}{ItemKind.ENTRY.value}/{section}/index.md"

    def item(self, item: Item) -> str:
        """The page of an item, with an anchor where several share one."""
        if item.kind in _ON_ONE_PAGE:
            return f"{self.page_of(item.kind)}#{item.id}"
        return f"{self.prefix}{folder(item)}/index.md"

    def find(self, path: str) -> str | None:
        """The place of a path on `main`: an item's folder or file, or one of its files."""
        path = path.rstrip("/")
        return self.files.get(path) or self.items.get(path)


def places_of(dossier: Dossier, projection: Projection) -> Places:
    """Lay out a site: a cabinet has the portfolio in a folder, a shared portfolio is the site."""
    shared = projection.kind in (ProjectionKind.PARTICIPANTS, ProjectionKind.SHARE)
    bare = Places("" if shared else "portfolio/", {}, {})
    items: dict[str, str] = {}
    files: dict[str, str] = {}
    for item in dossier.portfolio.items():
        place = bare.item(item)
        items.update(dict.fromkeys((folder(item), f"{folder(item)}.md"), place))
        items[f"{folder(item)}/index.md"] = place
        for one in attachments(item):
            path = f"{folder(item)}/{one.file}"
            if path in dossier.files and is_offered(one.file):
                files[path] = f"{bare.prefix}{path}"
                files |= _renditions(dossier, path, bare.prefix)
    return Places(bare.prefix, items, files)


def _renditions(dossier: Dossier, path: str, prefix: str) -> dict[str, str]:
    """The renditions of a picture, called by its content: nothing of a listener is called so."""
    sizes = dossier.pictures.get(path)
    digest = dossier.files[path].sha256[:16]
    return {
        rendition(path, width): f"{prefix}pictures/{digest}-{width}.webp"
        for width in (sizes.renditions if sizes else ())
    }


def relative(place: str, page: str) -> str:
    """The path of a place as a link of the Markdown page `page` names it."""
    path, anchor = _split(place)
    found = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return found + anchor


def address(place: str, page: str) -> str:
    """The address of a place as HTML on the page `page` names it."""
    path, anchor = _split(place)
    target, here = _url(path), _url(page)
    found = posixpath.relpath(target or ".", here or ".")
    if not target or target.endswith("/"):
        found = "./" if found == "." else f"{found}/"
    return quote(found, safe="/.~-") + anchor


def _split(place: str) -> tuple[str, str]:
    path, mark, anchor = place.partition("#")
    return path, mark + anchor


def _url(path: str) -> str:
    """The address MkDocs gives a file below `docs/`, from the root of the site."""
    if not path.endswith(".md"):
        return path
    name = path.removesuffix(".md")
    return name.removesuffix("index") if posixpath.basename(name) == "index" else f"{name}/"
