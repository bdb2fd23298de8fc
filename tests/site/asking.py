"""Asks an application without a network between: thousands of requests, many at once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes = b""


async def ask(application, host, path, cookie=None, method="GET"):
    """Ask for a path as it is written in a request."""
    headers = [(b"host", host.encode()), (b"accept", b"*/*")]
    if cookie:
        headers.append((b"cookie", cookie.encode()))
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("ascii"),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 0),
    }
    answer = Answer()
    pieces = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = dict(message["headers"])
        else:
            pieces.append(message.get("body", b""))

    await application(scope, receive, send)
    answer.body = b"".join(pieces)
    return answer


def ask_all(application, host, requests, at_once=200):
    """Ask for pairs of a path and a cookie, many at a time; the answers in the same order."""

    async def ask_them():
        found = []
        for start in range(0, len(requests), at_once):
            some = requests[start : start + at_once]
            found += await asyncio.gather(
                *(ask(application, host, path, cookie) for path, cookie in some)
            )
        return found

    # A thread of its own: where a browser is driven this one has a loop that runs already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask_them())).result()
