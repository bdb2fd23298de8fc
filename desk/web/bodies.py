"""Large bodies of requests at once: bounded in bytes, for each account and for all together.

What a form brings is in memory until it is answered. Whoever finds no room waits for a
while: nothing is read of their body meanwhile, so nothing of it is lost.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from desk.turns import BusyError
from desk.web.submitted import MIB, WHOLE_LIMIT

SMALL = MIB
"""Bodies up to this are not counted: words of a form."""

_LOOK_AGAIN = 0.1


class Bodies:
    """The room for large bodies. It belongs to one application, which runs in one thread."""

    def __init__(self, room: int = 3 * WHOLE_LIMIT, patience: float = 20) -> None:
        """Take how many bytes there may be at once, and for how many seconds one waits for room."""
        self._room, self._patience = room, patience
        self._held: Counter[str] = Counter()

    @asynccontextmanager
    async def room(self, request: Request, whose: str) -> AsyncIterator[None]:
        """Have room for the body of a request while it is read and answered.

        One account never has more than one largest form, so that none takes the room of
        all. Raises `BusyError` when there is still none after a while.
        """
        size = _announced(request)
        if size <= SMALL:
            yield
            return
        await self._wait(size, whose)
        self._held[whose] += size
        try:
            yield
        finally:
            self._held[whose] -= size
            if not self._held[whose]:
                del self._held[whose]

    async def _wait(self, size: int, whose: str) -> None:
        waited = 0.0
        while not self._has_room(size, whose):
            if waited >= self._patience:
                raise BusyError
            await asyncio.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN

    def _has_room(self, size: int, whose: str) -> bool:
        is_there = self._held.total() + size <= self._room
        return is_there and self._held[whose] + size <= WHOLE_LIMIT


def _announced(request: Request) -> int:
    """What a request says that it brings; one that does not say may bring the most there is.

    More than may come is refused while it is read, and takes no more room than the most.
    """
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit():
        return min(int(said), WHOLE_LIMIT)
    return WHOLE_LIMIT if "transfer-encoding" in request.headers else 0
