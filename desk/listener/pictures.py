"""The files of a piece while it is being written: only its author sees them here."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.portfolio import is_picture, is_recording
from desk.listener.editing import wanted
from desk.playing import recording_response
from desk.web.call import Call

NOT_FOUND = 404
_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def picture(call: Call) -> Response:
    """Give a picture or a recording of the version that is edited."""
    shelf, version = wanted(call)
    name = call.params["name"]
    blob = version.files.get(f"{version.piece.place}/{name}")
    if blob is not None and is_recording(name):
        return recording_response(shelf, name, blob)
    if blob is None or not is_picture(name):
        raise HTTPException(NOT_FOUND)
    return picture_response(name, shelf.content(blob))


def picture_response(name: str, content: bytes) -> Response:
    """Answer with a picture; it is personal and kept by nobody on the way."""
    media_type = _TYPES[name.rpartition(".")[2].lower()]
    return Response(content, media_type=media_type)
