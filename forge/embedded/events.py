"""Events as messages of commits: a line for people and one of JSON for us.

`docs/formats.md` describes the fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime
from enum import Enum
from typing import Any

from academy.policy import ReviewMode
from academy.submission import Event, EventKind

_READERS: dict[str, Callable[[Any], object]] = {
    "kind": EventKind,
    "mode": ReviewMode,
    "moment": datetime.fromisoformat,
}
_DEFAULTS = {one.name: one.default for one in fields(Event) if one.default is not MISSING}


def message_of(event: Event) -> str:
    """Give the message of the commit that holds an event."""
    found = {one.name: getattr(event, one.name) for one in fields(event)}
    plain = {name: value for name, value in found.items() if value != _DEFAULTS.get(name, MISSING)}
    line = json.dumps(plain, ensure_ascii=False, default=_plain)
    return f"{event.kind.value} by {event.actor}\n\n{line}\n"


def event_of(message: str) -> Event:
    """Read what `message_of` has written."""
    plain: dict[str, Any] = json.loads(message.partition("\n\n")[2])
    for name in _READERS.keys() & plain:
        plain[name] = _READERS[name](plain[name])
    return Event(**plain)


def _plain(value: object) -> object:
    """Give what JSON has no form for as text."""
    return value.value if isinstance(value, Enum) else str(value)
