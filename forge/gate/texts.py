"""Texts: UTF-8 without a mark at the start, one kind of line ends, nothing that cannot be seen.

Marks that reverse the direction of writing come along when a telephone number is
copied on a phone. They mean nothing in our languages and can make a text look
like another, so they are taken out and the author is told.
"""

from __future__ import annotations

import re

from academy.issue import Severity
from forge.gate.finding import Checked, Finding, refused
from forge.gate.limits import KIB

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MARK_AT_START = "\ufeff"


def check_text(content: bytes, limit: int) -> Checked:
    """Give the text as it may enter. Admitted once, it is admitted again as it is."""
    if len(content) > limit:
        size = -(-len(content) // KIB)
        return refused("gate-text-too-long", size=size, limit=limit // KIB)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("gate-text-not-utf8", line=content.count(b"\n", 0, error.start) + 1)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is not None:
        character = f"U+{ord(control.group()):04X}"
        line = _line(text, control.start())
        return refused("gate-text-control", line=line, character=character)
    return _without_direction_marks(text)


def _without_direction_marks(text: str) -> Checked:
    """Take out the marks of direction, and tell where the first of them was."""
    first = _DIRECTION.search(text)
    plain, count = _DIRECTION.subn("", text)
    content = plain.lstrip(_MARK_AT_START).encode()
    if first is None:
        return Checked(content)
    line = _line(text, first.start())
    told = Finding("gate-text-direction", {"count": count}, line, Severity.WARNING)
    return Checked(content, (told,))


def _line(text: str, position: int) -> int:
    """Give the line of a position, counted from 1."""
    return text.count("\n", 0, position) + 1
