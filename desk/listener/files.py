"""For those who like files: what is published, as it lies there, and how it came about."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.portfolio import is_picture
from academy.submission import SubmissionState
from desk.comparing import compared
from desk.listener.pictures import picture_response
from desk.pieces import Piece, piece_of_path
from desk.shelf import TEXT_LIMIT, Shelf
from desk.web.call import Call

NOT_FOUND = 404


def files(call: Call) -> Response:
    """List the files that are published."""
    shelf = call.shelf()
    return call.page("files.html", files=sorted(shelf.published.items()))


def file(call: Call) -> Response:
    """Show a file and what was published of its piece, the newest first."""
    shelf, path = call.shelf(), call.params["path"]
    blob = shelf.published.get(path)
    piece = piece_of_path(path)
    if blob is None or piece is None:
        raise HTTPException(NOT_FOUND)
    if is_picture(path):
        return picture_response(path, shelf.content(blob))
    is_text = path.endswith((".md", ".yml")) and blob.size <= TEXT_LIMIT
    text = shelf.content(blob).decode("utf-8", "replace") if is_text else ""
    return call.page(
        "file.html",
        path=path,
        text=text,
        history=_history(call, shelf, piece),
        names=call.names,
    )


def _history(call: Call, shelf: Shelf, piece: Piece) -> list[object]:
    found: list[object] = []
    for one in reversed(shelf.submissions):
        if one.state is SubmissionState.MERGED and piece in shelf.pieces(one):
            changes = dict(compared(call, shelf, one.base, one.head))
            found.append((one, changes[piece]))
    return found
