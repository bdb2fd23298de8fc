"""The server under the proxy: uvicorn, with an end to everything a client can draw out.

uvicorn bounds neither the head of a request nor the time a client takes for it, so a
handful of slow or endless requests would hold it (Slowloris; CWE-400, CWE-770).
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from cabinet.certificate import Certificate, Renewed

HEAD_BYTES = 32 * 1024
HEAD_SECONDS = 15.0
"""For everything up to the end of the headers."""

BODY_SECONDS = 900.0
"""For a whole body: an hour of portfolio over a bad line, and not a day."""

QUIET_SECONDS = 30.0
"""For the next piece of a body, and for a client to take what is sent to it."""

IDLE_SECONDS = 30
CONNECTIONS = 2048

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """A connection whose requests have to come in time and in size."""

    _deadline: asyncio.TimerHandle | None = None
    _quiet: asyncio.TimerHandle | None = None
    _unsent: asyncio.TimerHandle | None = None
    _is_in_body = False
    _head = 0  # Bytes that came since the last head was whole.
    _beside = 0  # Bytes that came in a body and are none of it: trailers, extensions of chunks.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._refuse, _TOO_SLOW)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._stop("_deadline", "_quiet", "_unsent")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the client sends, and wait for what is missing only so long."""
        if not self._is_in_body:
            self._head += len(data)
        self._beside += len(data)
        super().data_received(data)
        if self._is_in_body and self._beside > HEAD_BYTES + len(data):
            self._refuse(_TOO_LARGE)
        elif self._is_in_body:
            self._stop("_quiet")
            self._quiet = self.loop.call_later(QUIET_SECONDS, self._when_quiet)
            self._expect_within(BODY_SECONDS)
        elif self._head > HEAD_BYTES:
            self._refuse(_TOO_LARGE)
        elif self._head:
            self._expect_within(HEAD_SECONDS)

    def on_message_begin(self) -> None:
        """Begin the head of a request."""
        super().on_message_begin()
        self._head = self._head or 1

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; one that comes after the body is dropped (RFC 9110, 6.5.1)."""
        if not self._is_in_body:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body."""
        self._beside = 0
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """Begin a request; a target that is no plain path goes on as it was written.

        Raises `ValueError` for a head above the bound that has come at once.
        """
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > HEAD_BYTES:
            raise ValueError(size)
        self._beside = 0
        self._stop("_deadline")
        self._head = 0
        self._is_in_body = True
        super().on_headers_complete()
        if not self.url.startswith(b"/") or b"#" in self.url:
            self.scope["raw_path"] = self.url

    def on_message_complete(self) -> None:
        """End a request."""
        self._stop("_deadline", "_quiet")
        self._is_in_body = False
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not take what is sent to it."""
        super().pause_writing()
        self._stop("_unsent")
        self._unsent = self.loop.call_later(QUIET_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken it."""
        super().resume_writing()
        self._stop("_unsent")

    def _expect_within(self, seconds: float) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(seconds, self._refuse, _TOO_SLOW)

    def _when_quiet(self) -> None:
        # Nobody can send while the program itself has asked for a pause.
        if self.flow.read_paused:
            self._quiet = self.loop.call_later(QUIET_SECONDS, self._when_quiet)
        else:
            self._refuse(_TOO_SLOW)

    def _refuse(self, answer: bytes) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(answer)
        self.transport.close()

    def _stop(self, *timers: str) -> None:
        for name in timers:
            timer = getattr(self, name)
            if timer is not None:
                timer.cancel()
                setattr(self, name, None)


def settle() -> None:
    """Take what is loaded by now for what stays: the collector need not walk it ever again.

    The program is half a million objects, a request some dozens.
    """
    gc.collect()
    gc.freeze()


def make_server(
    application: Callable[..., Any], certificate: Certificate | None = None
) -> uvicorn.Server:
    """Make a server, to be run over sockets that listen already.

    Raises `OSError` when the certificate cannot be used.
    """
    renewed = Renewed(certificate) if certificate else None
    config = uvicorn.Config(
        application,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        # Who is asking is told by the proxy itself, and from declared addresses only.
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=10,
        ssl_context_factory=(lambda *_: renewed.context) if renewed else None,
    )
    return uvicorn.Server(config)
