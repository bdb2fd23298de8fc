"""Turns: how many requests are worked on at once, and how many of them are one person's.

Nobody holds up the others by being slow: a turn begins when all of a request is there, and
whoever takes their time over the answer gives the turn back before it is all taken (CWE-400).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

AT_ONCE = 8
OF_ONE_PERSON = 4
"""From the first byte of a request to the last of its answer: a clone here and a push there."""
SECONDS = 30.0


class TooManyError(Exception):
    """One person asks for more at once than is given to one."""


class Turns:
    """Turns of one process, for one event loop."""

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        of_one_person: int = OF_ONE_PERSON,
        seconds: float = SECONDS,
    ) -> None:
        self._work = asyncio.Semaphore(at_once)
        self._of_one_person, self._seconds = of_one_person, seconds
        self._people: Counter[str] = Counter()

    @contextmanager
    def one_of(self, person: str) -> Iterator[None]:
        """Count a request of somebody for as long as it lasts. Raises `TooManyError`."""
        if self._people[person] >= self._of_one_person:
            raise TooManyError
        self._people[person] += 1
        try:
            yield
        finally:
            self._people[person] -= 1
            if not self._people[person]:
                del self._people[person]

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it, all the time."""
        async with self._work:
            yield

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it, but not longer than it takes somebody who takes what comes.

        After that the others do not wait any more; the work goes on beside them.
        """
        await self._work.acquire()
        is_held = True

        def give_back() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._work.release()

        timer = asyncio.get_running_loop().call_later(self._seconds, give_back)
        try:
            yield
        finally:
            timer.cancel()
            give_back()
