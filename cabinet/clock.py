"""What time it is in a home: by the clock, except in a demo, where time stands still."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from cabinet.settings import Home


def now(home: Home) -> datetime:
    """The moment it is in this home."""
    return demo_moment(home) or datetime.now(UTC)


def demo_moment(home: Home) -> datetime | None:
    """The moment at which a demo stands still; None in an academy that is no demo."""
    try:
        data = json.loads(home.demo_mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return datetime.fromisoformat(data["at"])
