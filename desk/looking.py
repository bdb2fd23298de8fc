"""Serving the sites that would be: pages of the generator, and files from the repository."""

from __future__ import annotations

from collections.abc import Mapping

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


def site_of(call: Call, shelf: Shelf, tree: Mapping[str, Blob], kind: ProjectionKind) -> Site:
    """Give the site of a person with `tree` in the place of `main`."""
    ids = {path: blob.id for path, blob in tree.items()}

    def read() -> Mapping[str, bytes]:
        contents = call.workplace.repositories.read(shelf.person, list(ids.values()))
        return {path: contents[one] for path, one in ids.items()}

    return call.workplace.previews.site(shelf.person, ids, read, kind)


def page_response(shelf: Shelf, site: Site, tree: Mapping[str, Blob], path: str) -> Response:
    """Answer with a page of a site, or with a file on it."""
    page = f"{path}index.html" if path == "" or path.endswith("/") else path
    if page.endswith(".html") and page in site.pages:
        return Response(site.pages[page], media_type="text/html")
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
