"""Large files on their way from a browser: piece by piece, gone on with after a broken line.

What a browser says of a file is believed as far as it harms nobody else: which file
it is, is told by what has come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from academy.pointer import Pointer
from forge.large.store import LargeLimits

AT_ONCE = 5
"""So many files of one person may be on their way."""

TAIL = 1024 * 1024
"""So much of the end of what has come is compared before a file is gone on with."""


class ArrivalMissingError(Exception):
    """Nothing of this name is on its way for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file on its way: its id, its name, and how much of it has come for good.

    `pointer` says where it is when it has come whole.
    """

    id: str
    name: str
    size: int
    received: int
    pointer: Pointer | None = None


class Arrivals(Protocol):
    """The files of each person that are on their way; nobody reaches those of another."""

    @property
    def limits(self) -> LargeLimits:
        """How large one file may be, and all of a person."""

    def of(self, person: str) -> tuple[Arrival, ...]:
        """Everything that is on its way for a person, or has come and is not taken yet."""

    def get(self, person: str, arrival: str) -> Arrival:
        """One of them. Raises `ArrivalMissingError`."""

    def begin(self, person: str, arrival: str, name: str, size: int) -> Arrival:
        """Begin a file, or find it again by its id (64 hex digits that its browser makes of it).

        Raises `LargeRefusedError` when it is too large, or there is no room.
        """

    def tail(self, person: str, arrival: str) -> bytes:
        """The last bytes that have come, up to `TAIL`. Raises `ArrivalMissingError`."""

    def append(self, person: str, arrival: str, offset: int, content: bytes) -> Arrival:
        """Take the next piece: it is on disk when this returns.

        Raises `OffsetError` for a piece that does not follow what has come,
        `LargeRefusedError` and `ArrivalMissingError`.
        """

    def forget(self, person: str, arrival: str) -> None:
        """Forget a file that is on its way; one that has come stays where it is."""
