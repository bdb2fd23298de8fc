"""Which paths may enter a repository.

Git takes almost any path, and fast-import takes `../x` and `.git/config` too.
A portfolio is also unpacked on Windows, on phones and behind web addresses, so
we take only what means the same thing everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

SEGMENT_CHARACTERS = 100
SEGMENT_BYTES = 255
PATH_CHARACTERS = 240

ATTRIBUTES = ".gitattributes"
"""The file that tells a Git client which files are large."""

FORBIDDEN = frozenset("\"'`<>\\:|?*%#~")

_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE
)


class PathFault(Enum):
    """What is wrong with a path."""

    EMPTY = "empty"
    LEADING_DOT = "leading-dot"
    INVISIBLE = "invisible"
    CHARACTER = "character"
    NOT_NFC = "not-nfc"
    EDGE = "edge"
    RESERVED = "reserved"
    TOO_LONG = "too-long"


def fault_of(path: str) -> PathFault | None:
    """Tell the first fault of a path with `/` between its segments, or None for a good one."""
    if len(path) > PATH_CHARACTERS:
        return PathFault.TOO_LONG
    for segment in path.split("/"):
        fault = _segment_fault(segment)
        if fault is not None:
            return fault
    return None


def check_path(path: str) -> None:
    """Raise `ValueError` for a path with a fault: our own programming fault, not an author's.

    The file of attributes is the one hidden file that a repository has.
    """
    fault = None if path == ATTRIBUTES else fault_of(path)
    if fault is not None:
        raise ValueError(f"The path {path!r} must not be written: {fault.value}.")


def sameness(path: str) -> str:
    """Give what two paths share when some file system cannot tell them apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def shown(path: str) -> str:
    """Give a path for a person to read: what cannot be seen is written as `U+202E`."""
    return "".join(f"‹U+{ord(sign):04X}›" if _is_invisible(sign) else sign for sign in path)


def safe_file_name(name: str) -> str:
    """Turn the name of an uploaded file into one without faults, as like it as can be.

    The name may be anything a browser sends; a good name is given back as it is.
    """
    seen = "".join(_replacement(sign) for sign in unicodedata.normalize("NFC", name))
    plain = unicodedata.normalize("NFC", seen)
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    ending = _cut(ending.strip(" ."), 10)
    stem = _cut(stem.strip(" ."), SEGMENT_CHARACTERS - len(ending) - 2) or "file"
    if _is_reserved(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def _segment_fault(segment: str) -> PathFault | None:
    """Tell the first fault of one segment."""
    checks = (
        (PathFault.EMPTY, segment == ""),
        (PathFault.INVISIBLE, any(map(_is_invisible, segment))),
        (PathFault.LEADING_DOT, segment.startswith(".")),
        (PathFault.CHARACTER, not FORBIDDEN.isdisjoint(segment)),
        (PathFault.NOT_NFC, not unicodedata.is_normalized("NFC", segment)),
        (PathFault.EDGE, segment != segment.strip(" ").rstrip(".")),
        (PathFault.RESERVED, _is_reserved(segment)),
    )
    found = next((fault for fault, holds in checks if holds), None)
    if found is None and not _fits(segment):
        return PathFault.TOO_LONG
    return found


def _fits(segment: str) -> bool:
    """Tell whether a file system takes a segment of this length; most count bytes."""
    return len(segment) <= SEGMENT_CHARACTERS and len(segment.encode()) <= SEGMENT_BYTES


def _is_reserved(segment: str) -> bool:
    """Tell whether Windows takes the segment for a device, whatever its ending."""
    return _RESERVED.fullmatch(segment.partition(".")[0].rstrip(" ")) is not None


def _is_invisible(sign: str) -> bool:
    """Tell whether a character is a control, a direction mark, or a space that is no space."""
    category = unicodedata.category(sign)
    return category in _INVISIBLE or (category == "Zs" and sign != " ")


def _replacement(sign: str) -> str:
    """Give what stands for a character in a safe name."""
    if unicodedata.category(sign) == "Zs":
        return " "
    if sign in FORBIDDEN or sign == "/":
        return "-"
    return "" if _is_invisible(sign) else sign


def _cut(text: str, characters: int) -> str:
    """Shorten a text to so many characters, and to the bytes that a file system takes."""
    budget = min(characters * 4, SEGMENT_BYTES - 45)
    whole = text[:characters].encode()[:budget].decode(errors="ignore")
    return whole.strip(" .")
