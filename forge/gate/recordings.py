"""Recordings of sound and video: pointers to large files that are there and are what they say."""

from __future__ import annotations

from collections.abc import Callable

from academy.pointer import read_pointer
from forge.gate.finding import Checked, refused
from forge.large.store import Glimpse

Large = Callable[[str], Glimpse | None]
"""Tells of a large file by its id; None when its owner has none."""

_BOXES = {b"ftyp"}
_OLDER_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}


def none_there(_: str) -> Glimpse | None:
    """Stand for large files where there are none."""
    return None


def check_recording(content: bytes, ending: str, large: Large) -> Checked:
    """Give a pointer to a recording back as it is, or refuse what is none."""
    pointer = read_pointer(content)
    if pointer is None:
        return refused("gate-recording-direct")
    found = large(pointer.oid)
    if found is None or found.size != pointer.size:
        return refused("gate-recording-missing")
    if not _is_what_it_says(found.start, ending):
        return refused("gate-type-mismatch", ending=ending)
    return Checked(content)


def _is_what_it_says(start: bytes, ending: str) -> bool:
    """Tell whether a recording begins as one with this ending does."""
    match ending:
        case "mp4" | "m4a":
            return start[4:8] in _BOXES
        case "mov":
            return start[4:8] in _OLDER_BOXES
        case "webm":
            return start.startswith(b"\x1aE\xdf\xa3")
        case "ogg":
            return start.startswith(b"OggS")
        case "wav":
            return start.startswith(b"RIFF") and start[8:12] == b"WAVE"
    return start.startswith(b"ID3") or (start[:1] == b"\xff" and start[1:2] >= b"\xe0")
