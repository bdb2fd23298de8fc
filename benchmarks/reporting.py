"""What a part of the benchmark tells: words for people, data for machines, and how far it is."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

_BEGUN = time.monotonic()


@dataclass(frozen=True, slots=True)
class Told:
    """What was measured: a table in Markdown, and the same as plain data."""

    text: str
    data: object


def tell(words: str) -> None:
    """Say what is being done now, and how long everything has taken so far."""
    minutes, seconds = divmod(int(time.monotonic() - _BEGUN), 60)
    print(f"{minutes:3}:{seconds:02} … {words}", file=sys.stderr, flush=True)
