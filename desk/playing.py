"""Recordings at the desk: played from the part a browser asks for, or saved."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from academy.door import RightEndedError
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


class WatchedFile(FileResponse):
    """A file that leaves piece by piece, and only as long as it may be read."""

    _is_still: Callable[[], bool] | None = None

    def watch(self, is_still: Callable[[], bool]) -> None:
        """Ask this before each piece but the first one."""
        self._is_still = is_still

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file. Raises `RightEndedError` when the right to it ended on the way."""
        is_under_way = False

        async def watched(message: Message) -> None:
            nonlocal is_under_way
            if message["type"] == "http.response.body":
                is_still = self._is_still
                if is_under_way and is_still and not await run_in_threadpool(is_still):
                    raise RightEndedError
                is_under_way = True
            await send(message)

        await super().__call__(scope, receive, watched)


def recording_response(shelf: Shelf, name: str, blob: Blob) -> WatchedFile:
    """Answer with the recording that a pointer leads to. Raises `HTTPException` when it is gone."""
    pointer = read_pointer(shelf.content(blob))
    place = shelf.large_file(pointer.oid) if pointer else None
    if place is None:
        raise HTTPException(NOT_FOUND)
    media_type = _TYPES[name.rpartition(".")[2].lower()]
    return WatchedFile(place, media_type=media_type, headers=_HEADERS)
