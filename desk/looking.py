"""Serving the sites that would be: pages of the generator, and files from the repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.portfolio import is_picture, is_recording
from academy.projection import ProjectionKind
from desk.listener.pictures import picture_response
from desk.playing import recording_response
from desk.previews import Site
from desk.shelf import Shelf
from desk.web.call import Call
from forge.port import Blob

NOT_FOUND = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is said above a page that is not there yet, and the address of its sheet.

    The page itself stays what the generator made, letter by letter.
    """

    html: str
    sheet: str

    def above(self, page: bytes) -> bytes:
        """Put the bar where reading and the keyboard begin, after the link over the header."""
        sheet = f'<link rel="stylesheet" href="{self.sheet}">'.encode()
        page = page.replace(b"</head>", sheet + b"</head>", 1)
        return page.replace(_HEADER, self.html.encode() + _HEADER, 1)


_HEADER = b'<header class="md-header"'


def site_of(call: Call, shelf: Shelf, tree: Mapping[str, Blob], kind: ProjectionKind) -> Site:
    """Give the site of a person with `tree` in the place of `main`. Raises `BusyError`."""
    ids = {path: blob.id for path, blob in tree.items()}

    def read() -> Mapping[str, bytes]:
        contents = call.workplace.repositories.read(shelf.person, list(ids.values()))
        return {path: contents[one] for path, one in ids.items()}

    previews = call.workplace.previews
    return previews.site(call.visitor.account, shelf.person, ids, read, kind)


def page_response(
    shelf: Shelf, site: Site, tree: Mapping[str, Blob], path: str, bar: Bar | None = None
) -> Response:
    """Answer with a page of a site, under a bar if there is one, or with a file on it."""
    page = f"{path}index.html" if path == "" or path.endswith("/") else path
    if page.endswith(".html") and page in site.pages:
        made = site.pages[page]
        return Response(bar.above(made) if bar else made, media_type="text/html")
    if path == "search/search_index.json":
        return Response(site.pages.get(path, b"{}"), media_type="application/json")
    blob = tree.get(site.media.get(path, ""))
    if blob is None:
        raise HTTPException(NOT_FOUND)
    if is_picture(path):
        return picture_response(path, shelf.content(blob))
    if is_recording(path):
        return recording_response(shelf, path, blob)
    headers = {"Content-Disposition": "attachment"}
    return Response(shelf.content(blob), media_type="application/octet-stream", headers=headers)
