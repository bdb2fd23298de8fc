"""One import at a time, over all processes of the machine."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PATIENCE = 60.0
_PAUSE = 0.05


class ImportRunningError(Exception):
    """Another import is running and does not end."""


@contextmanager
def alone(lock: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock while the block runs; a process that dies gives it back.

    Two imports at once could both find that a listener is new. Raises
    `ImportRunningError` when another one holds it for longer than `patience` seconds.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        deadline = time.monotonic() + patience
        while not _is_taken(file):
            if time.monotonic() >= deadline:
                raise ImportRunningError(lock.name)
            time.sleep(_PAUSE)
        yield


def _is_taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
