"""Bodies of requests: received a piece at a time, unfolded, and never more than a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Scope = Mapping[str, Any]

_PIECE = 256 * 1024


class BodyTooLargeError(Exception):
    """A body is larger than what is taken."""


class BodyBrokenError(Exception):
    """A body ended too early, or is not compressed as it says."""


class NoRoomError(Exception):
    """So much is being received already that there is no room for more."""


async def pieces(receive: Receive, *, is_gzip: bool, limit: int) -> AsyncIterator[bytes]:
    """Give a body a piece at a time. `limit` counts what it is unfolded to."""
    unfolding = zlib.decompressobj(zlib.MAX_WBITS | 16) if is_gzip else None
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise BodyBrokenError
        more = message.get("more_body", False)
        held = message.get("body", b"")
        while held:
            piece, held = _unfolded(unfolding, held)
            size += len(piece)
            if size > limit:
                raise BodyTooLargeError
            if piece:
                yield piece
    if unfolding is not None:
        # The last of the input can be taken in before the last of the output is given.
        rest = unfolding.decompress(b"", _PIECE) if not unfolding.eof else b""
        if rest:
            yield rest
        if not unfolding.eof:
            raise BodyBrokenError


class Spool:
    """A folder for bodies that are being received, and a bound for all of them together."""

    def __init__(self, folder: Path, limit: int) -> None:
        """Take the folder, and how many bytes may lie there at once."""
        self._folder, self._room = folder, limit

    @asynccontextmanager
    async def received(
        self, receive: Receive, *, is_gzip: bool, limit: int
    ) -> AsyncIterator[BinaryIO]:
        """Receive a body into a passing file, and give it at its start.

        Raises `NoRoomError` and what `pieces` raises.
        """
        size = 0
        try:
            with TemporaryFile(dir=self._folder, buffering=0) as file:
                async for piece in pieces(receive, is_gzip=is_gzip, limit=limit):
                    if len(piece) > self._room:
                        raise NoRoomError
                    self._room -= len(piece)
                    size += len(piece)
                    file.write(piece)
                file.seek(0)
                yield file
        finally:
            self._room += size


def _unfolded(unfolding: Any, held: bytes) -> tuple[bytes, bytes]:  # noqa: ANN401 - zlib names no type.
    """Unfold one piece; give it, and what is still folded."""
    if unfolding is None:
        return held, b""
    if unfolding.eof:
        raise BodyBrokenError
    try:
        piece = unfolding.decompress(held, _PIECE)
    except zlib.error:
        raise BodyBrokenError from None
    if unfolding.unused_data:
        raise BodyBrokenError
    return piece, unfolding.unconsumed_tail
