"""Taking turns at something that takes its time: one after the other, and only so many wait.

Whoever waits holds one of the threads that all requests share, so few may.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

MOST_WAITING = 8


class BusyError(Exception):
    """Too many wait already, or who waited has asked for something else since."""


@dataclass(eq=False, slots=True)
class _Ticket:
    """Somebody's place in the line, and what they want."""

    account: str
    wanted: str
    is_overtaken: bool = False


class Turns:
    """One turn at a time. Of one account only the newest wish waits. To be shared by threads."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._most = most_waiting
        self._line: list[_Ticket] = []
        self._is_taken = False
        self._changed = Condition()

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        with self._changed:
            return len(self._line)

    @contextmanager
    def turn(self, account: str, wanted: str) -> Iterator[None]:
        """Wait for one's turn, and have it. Raises `BusyError`.

        What the account has waited for until now is given up, unless it is the same: nobody
        looks at it any more.
        """
        self._wait(_Ticket(account, wanted))
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()

    def _wait(self, ticket: _Ticket) -> None:
        with self._changed:
            for one in self._line:
                one.is_overtaken |= one.account == ticket.account and one.wanted != ticket.wanted
            self._line = [one for one in self._line if not one.is_overtaken]
            self._changed.notify_all()
            if self._is_taken and len(self._line) >= self._most:
                raise BusyError
            self._line.append(ticket)
            self._changed.wait_for(lambda: ticket.is_overtaken or self._is_next(ticket))
            if ticket.is_overtaken:
                raise BusyError
            self._line.remove(ticket)
            self._is_taken = True

    def _is_next(self, ticket: _Ticket) -> bool:
        return not self._is_taken and self._line[0] is ticket
