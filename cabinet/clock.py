"""What time it is in a home: by the clock, except in a demo, which lives in a time of its own.

A demo begins at the moment for which its announcements and deadlines are written, and its time
goes on only while it is served: so it stays as it was meant, and nothing in it is dated twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from cabinet.settings import Home

Clock = Callable[[], datetime]

_AHEAD = timedelta(seconds=5)


def now(home: Home) -> datetime:
    """The moment it is in this home."""
    return demo_moment(home) or datetime.now(UTC)


def demo_moment(home: Home) -> datetime | None:
    """The moment a demo has come to; None in an academy that is no demo."""
    try:
        data = json.loads(home.demo_mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return datetime.fromisoformat(data["at"])


def running_clock(home: Home, start: datetime | None = None) -> Clock:
    """The clock of a server: it runs on from `start`, else from the demo's moment, else is ours."""
    if start is not None:
        return _running_from(start)
    moment = demo_moment(home)
    return (lambda: datetime.now(UTC)) if moment is None else DemoClock(home, moment)


class DemoClock:
    """The time of a demo while it is served.

    What it has come to is written down a little ahead of time, so that it never goes back:
    not after a kill either.
    """

    def __init__(self, home: Home, start: datetime) -> None:
        self._mark = home.demo_mark
        self._running = _running_from(start)
        self._noted = start
        self._lock = Lock()

    def __call__(self) -> datetime:
        """The moment it is."""
        at = self._running()
        with self._lock:
            if at >= self._noted:
                self._noted = at + _AHEAD
                mark_demo(self._mark.with_suffix(".next"), self._noted).replace(self._mark)
        return at


def mark_demo(file: Path, at: datetime) -> Path:
    """Write down the moment a demo has come to; gives the file."""
    file.write_text(json.dumps({"at": at.isoformat()}), encoding="utf-8")
    return file


def _running_from(start: datetime) -> Clock:
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)
