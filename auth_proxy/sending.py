"""Sending an answer, piece by piece when it is long, and only as long as it may be read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from auth_proxy.asking import Asking, Receive, Send
from auth_proxy.replies import Part, Reply

PIECE = 64 * 1024
"""As much leaves at once; before each further piece the right to it is looked at again."""

IsStillAllowed = Callable[[], bool]


class CutOffError(Exception):
    """The right to what was being sent has ended, or nobody is there: it is broken off.

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
        await _send_part(asking, start, reply.part, send, is_still_allowed)
        return
    await send(start)
    for place in range(0, len(reply.body), PIECE):
        if place and not is_still_allowed():
            raise CutOffError
        piece = reply.body[place : place + PIECE]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def leaving(receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """Watch for the client to go: nothing more is fetched for somebody who has left (CWE-405).

    Gives a task that is done then. For an answer under way, when all of the
    request has been read.
    """

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    task = asyncio.ensure_future(watch())
    try:
        yield task
    finally:
        task.cancel()


async def _send_part(
    asking: Asking,
    start: dict[str, object],
    part: Part,
    send: Send,
    is_still_allowed: IsStillAllowed,
) -> None:
    with part.shelf.opened(part.person, part.digest) as file:
        async with leaving(asking.receive) as has_left:
            await send(start)
            place = part.span.start
            while place < part.span.stop:
                if has_left.done() or (place != part.span.start and not is_still_allowed()):
                    raise CutOffError
                length = min(PIECE, part.span.stop - place)
                piece = await asyncio.to_thread(os.pread, file, length, place)
                if not piece:
                    raise CutOffError
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                place += len(piece)
    await send({"type": "http.response.body", "body": b""})
