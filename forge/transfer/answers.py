"""Answers to HTTP requests, whole or a piece at a time; none of them is kept anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing

from forge.transfer.bodies import Message, Scope, Send
from forge.transfer.doorkeeper import Admitted, CutOffError, Turned

_CHALLENGE = (b"www-authenticate", b'Basic realm="Git", charset="UTF-8"')


def header(scope: Scope, wanted: bytes) -> bytes:
    """Give a header of a request, or nothing."""
    return next((value for name, value in scope["headers"] if name == wanted), b"")


def plain_path(scope: Scope) -> str:
    """Give the path of a request; one that is written in another way than ours is none."""
    path: str = scope["path"]
    return path if b"%" not in scope.get("raw_path", b"") else ""


async def stream(
    send: Send,
    start: bytes,
    parts: AsyncIterator[bytes],
    kind: bytes,
    admitted: Admitted,
    *,
    status: int = 200,
    more: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Send an answer while it is being made, and as long as whoever asks is let in.

    Raises `CutOffError`.
    """
    headers = [*_headers(kind), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if start:
        await send(_part(start))
    async with aclosing(parts) as pieces:  # type: ignore[type-var]
        async for piece in pieces:
            if not await asyncio.to_thread(admitted.is_still):
                raise CutOffError
            await send(_part(piece))
    await send({"type": "http.response.body", "body": b""})


async def turn_away(send: Send, why: Turned) -> None:
    """Answer who is not let in; whether there is such a repository is not told."""
    if why is Turned.UNKNOWN:
        await answer(send, 401, more=[(b"www-authenticate", b'Basic realm="Git", charset="UTF-8"')])
    else:
        await answer(send, 429 if why is Turned.TOO_OFTEN else 404)


async def answer(
    send: Send,
    status: int,
    content: bytes = b"",
    kind: bytes = b"text/plain; charset=utf-8",
    more: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Send a whole answer."""
    length = (b"content-length", str(len(content)).encode())
    headers = [*_headers(kind), length, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _headers(kind: bytes) -> list[tuple[bytes, bytes]]:
    """Give the headers of every answer: nothing of it is kept anywhere."""
    return [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]


def _part(piece: bytes) -> Message:
    """Give a piece of a body."""
    return {"type": "http.response.body", "body": piece, "more_body": True}
