"""How a piece is going to look, before it is sent: the whole page as the cabinet shows it."""

from __future__ import annotations

from starlette.responses import Response

from academy.projection import ProjectionKind
from desk.listener.editing import wanted
from desk.listener.overview import address_of
from desk.looking import Bar, page_response, site_of
from desk.previews import anchor_of, page_of
from desk.shelf import Shelf, Version
from desk.web.call import Call
from forge.port import Blob


def look(call: Call) -> Response:
    """Lead to the page of the piece, or say why there is none yet."""
    shelf, version = wanted(call)
    page = page_of(version.piece)
    site = site_of(call, shelf, _tree(shelf, version), ProjectionKind.OWNER)
    if page not in site.pages:
        return call.page(
            "not-yet.html", address=f"{address_of(version.piece)}?check=1", key="look-not-yet"
        )
    path = page.removesuffix("index.html")
    return call.go(f"/desk/look/{version.piece.key}/site/{path}", at=anchor_of(version.piece))


def looked_at(call: Call) -> Response:
    """Give a page or a file of the site that it would be."""
    shelf, version = wanted(call)
    tree = _tree(shelf, version)
    site = site_of(call, shelf, tree, ProjectionKind.OWNER)
    return page_response(shelf, site, tree, call.params["path"], _bar(call, version))


def _bar(call: Call, version: Version) -> Bar:
    """Say that it is a look, who sees it by now, and what to do next."""
    values = {"version": version}
    workplace = call.workplace
    return Bar(
        html=workplace.pages.render("look-bar.html", call.words, values),
        sheet=f"{workplace.theme}cabinet/desk/look.css",
    )


def _tree(shelf: Shelf, version: Version) -> dict[str, Blob]:
    """What would be published: everything that is, with the piece as it is being written."""
    others = {path: blob for path, blob in shelf.published.items() if not version.piece.holds(path)}
    return others | dict(version.files)
