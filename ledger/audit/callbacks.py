"""Telling an event loop what has been written, many entries at one waking."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress

from ledger.audit.writer import AuditUnwritableError, Make, Writer


class Callbacks:
    """Futures of one event loop that wait for the writer's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._is_waking = False
        self._settled: deque[tuple[asyncio.Future[None], Exception | None]] = deque()

    def submit(self, writer: Writer, make: Make) -> asyncio.Future[None]:
        """Have entries written; gives what to await."""
        future: asyncio.Future[None] = self.loop.create_future()

        def done(error: Exception | None) -> None:
            self._settled.append((future, error))
            if not self._is_waking:
                # To wake the loop is a system call; others are settled at the same waking.
                self._is_waking = True
                with suppress(RuntimeError):  # The loop is closed, and nobody waits any more.
                    self.loop.call_soon_threadsafe(self._settle_all)

        writer.submit(make, done)
        return future

    def _settle_all(self) -> None:
        self._is_waking = False
        while self._settled:
            future, error = self._settled.popleft()
            settle(future, error)


def settle(future: asyncio.Future[None] | Future[None], error: Exception | None) -> None:
    """Say to whoever waits that it is written, or that it could not be."""
    if future.done():
        return  # They have gone away.
    if error is None:
        future.set_result(None)
    else:
        failure = AuditUnwritableError(type(error).__name__)
        failure.__cause__ = error
        future.set_exception(failure)
