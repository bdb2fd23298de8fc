"""Between an event loop and the writer's thread: many entries at one waking, there and back.

Each waking of the other thread is a call of the system and a fight for the interpreter.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from ledger.audit.writer import AuditUnwritableError, Job, Make, Writer


class Callbacks:
    """Futures of one event loop that wait for the writer's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, writer: Writer) -> None:
        self.loop, self._writer = loop, writer
        self._gathered: list[Job] = []
        self._is_waking = False
        self._settled: deque[tuple[asyncio.Future[None], Exception | None]] = deque()

    def submit(self, make: Make) -> asyncio.Future[None]:
        """Have entries written; gives what to await."""
        future: asyncio.Future[None] = self.loop.create_future()
        if not self._gathered:
            # Whatever else this turn of the loop decides goes with it.
            self.loop.call_soon(self._hand_over)
        self._gathered.append((make, partial(self._done, future)))
        return future

    def _hand_over(self) -> None:
        gathered, self._gathered = self._gathered, []
        self._writer.submit(gathered)

    def _done(self, future: asyncio.Future[None], error: Exception | None) -> None:
        """Take word from the writer, in its thread."""
        self._settled.append((future, error))
        if not self._is_waking:
            self._is_waking = True
            with suppress(RuntimeError):  # The loop is closed, and nobody waits any more.
                self.loop.call_soon_threadsafe(self._settle_all)

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
