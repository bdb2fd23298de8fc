"""Recordings at the desk: played from the part a browser asks for, or saved."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from academy.pointer import read_pointer
from desk.shelf import Shelf
from forge.port import Blob

NOT_FOUND = 404

_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
}
# Opened by itself it acts no more than it does on a page of ours.
_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}


def recording_response(shelf: Shelf, name: str, blob: Blob) -> Response:
    """Answer with the recording that a pointer leads to. Raises `HTTPException` when it is gone."""
    pointer = read_pointer(shelf.content(blob))
    place = shelf.large_file(pointer.oid) if pointer else None
    if place is None:
        raise HTTPException(NOT_FOUND)
    media_type = _TYPES[name.rpartition(".")[2].lower()]
    return FileResponse(place, media_type=media_type, headers=_HEADERS)
