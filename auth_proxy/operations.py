"""`/healthz`, `/readyz` and `/metrics`: for those who run the house, on a port of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from auth_proxy.asking import Receive, Scope, Send
from auth_proxy.measures import Measures

TEXT = b"text/plain; charset=utf-8"
METRICS = b"text/plain; version=0.0.4; charset=utf-8"


class Operations:
    """The application; `faults` gives what keeps the house from serving, nothing when it can."""

    def __init__(self, measures: Measures, faults: Callable[[], list[str]]) -> None:
        self._measures, self._faults = measures, faults

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        # Looking for faults waits for the disk: whoever asks whether we live shall not.
        status, kind, body = await asyncio.to_thread(self._answer, scope["path"])
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, path: str) -> tuple[int, bytes, bytes]:
        if path == "/healthz":
            return 200, TEXT, b"alive\n"
        if path == "/readyz":
            faults = self._faults()
            said = "\n".join(faults or ["ready"]) + "\n"
            return (503 if faults else 200), TEXT, said.encode()
        if path == "/metrics":
            return 200, METRICS, self._measures.text()
        return 404, TEXT, b"not found\n"
