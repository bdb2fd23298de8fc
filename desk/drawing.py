"""Having pictures drawn after an answer is sent, so that who publishes them waits for none."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.background import BackgroundTask
from starlette.responses import Response

from academy.portfolio import is_picture
from desk.shelf import Shelf
from desk.web.call import Call
from forge.port import Blob


def and_draw(call: Call, shelf: Shelf, files: Mapping[str, Blob], answer: Response) -> Response:
    """Give the answer; the pictures among files that are not published are drawn after it."""
    published = {blob.id for blob in shelf.published.values()}
    new = [blob.id for path, blob in files.items() if is_picture(path) and blob.id not in published]
    if new:
        answer.background = BackgroundTask(call.workplace.draw_ahead, shelf.person, new)
    return answer
