"""Sending an answer, piece by piece when it is long, and only as long as it may be read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from auth_proxy.asking import Asking, Send
from auth_proxy.replies import Part, Reply

PIECE = 64 * 1024
"""As much leaves at once; before each further piece the right to it is looked at again."""

IsStillAllowed = Callable[[], bool]


class CutOffError(Exception):
    """The right to what was being sent has ended: the connection is broken off.

    An answer that has begun cannot say so in any other way.
    """


def always() -> bool:
    """Nothing can end this right: the content is public."""
    return True


async def send_reply(
    asking: Asking, reply: Reply, send: Send, is_still_allowed: IsStillAllowed
) -> None:
    """Send an answer. Raises `CutOffError` when it had to be broken off."""
    start = {"type": "http.response.start", "status": reply.status, "headers": reply.headers}
    if asking.method == "HEAD" or (reply.part is None and len(reply.body) <= PIECE):
        await send(start)
        body = b"" if asking.method == "HEAD" else reply.body
        await send({"type": "http.response.body", "body": body})
        return
    if reply.part is not None:
        await _send_part(start, reply.part, send, is_still_allowed)
        return
    await send(start)
    for place in range(0, len(reply.body), PIECE):
        if place and not is_still_allowed():
            raise CutOffError
        piece = reply.body[place : place + PIECE]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _send_part(
    start: dict[str, object],
    part: Part,
    send: Send,
    is_still_allowed: IsStillAllowed,
) -> None:
    with part.shelf.opened(part.person, part.digest) as file:
        await send(start)
        place = part.span.start
        while place < part.span.stop:
            if place != part.span.start and not is_still_allowed():
                raise CutOffError
            length = min(PIECE, part.span.stop - place)
            piece = await asyncio.to_thread(os.pread, file, length, place)
            if not piece:
                raise CutOffError
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            place += len(piece)
    await send({"type": "http.response.body", "body": b""})
