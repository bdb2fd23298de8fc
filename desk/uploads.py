"""Files from a device: named so that they can be stored, and let through the gate one by one.

A file that may not enter holds up none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from academy.issue import Issue, Location, Severity, has_errors
from academy.pointer import Pointer, write_pointer
from academy.portfolio import ItemKind, is_picture, is_recording
from forge.arriving import Arrival
from forge.gate.admission import FILE, Admission, Incoming, admit
from forge.gate.kinds import ADMITTED, ending_of
from forge.gate.limits import DEFAULTS, MIB
from forge.large.store import Glimpse
from forge.paths import safe_file_name, sameness
from forge.port import MAIN

# What phones keep photographs as, and how they are stored: the gate converts them.
_PHOTOGRAPHS = frozenset({"heic", "heif"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Files that may be stored, name to bytes as they came, and what is wrong with others.

    `arrived` are those that came piece by piece: the id of their arrival to their name.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    arrived: dict[str, str] = field(default_factory=dict)


def take(
    uploads: Sequence[tuple[str, bytes]],
    place: str,
    present: Iterable[str],
    arrivals: Iterable[Arrival] = (),
) -> Taken:
    """Take files into the folder `place`; no name of `present` is used again.

    Of `arrivals` those are taken that have come whole, by the pointers to them.
    """
    names = {sameness(name) for name in present}
    files: dict[str, bytes] = {}
    issues: list[Issue] = []
    for sent, content in uploads:
        name = free_name(stored_name(sent), names)
        path = f"{place}/{name}"
        admission = _admitted(path, content)
        issues += admission.issues
        if not has_errors(admission.issues):
            names.add(sameness(name))
            files[name] = content if is_recording(name) else admission.files[path]
    arrived = {}
    for one in arrivals:
        if one.pointer is not None:
            name = arrived[one.id] = free_name(one.name, names)
            names.add(sameness(name))
            files[name] = write_pointer(one.pointer)
    return Taken(files=files, issues=tuple(issues), arrived=arrived)


def look_at_announced(name: str, size: int, start: bytes) -> tuple[Issue, ...]:
    """Let the gate look at a large file before it comes: at its name, and how it begins."""
    path = f"{ItemKind.WORK.value}/large/{name}"
    issues: tuple[Issue, ...]
    if is_recording(name):
        pointer = write_pointer(Pointer(sha256(start).hexdigest(), size))
        glimpse = Glimpse(size, start)
        issues = admit([Incoming(path, FILE, pointer)], MAIN, large=lambda _: glimpse).issues
    elif ending_of(name) not in ADMITTED:
        issues = admit([Incoming(path, FILE, start)], MAIN).issues
    else:
        limit = DEFAULTS.picture if is_picture(name) else DEFAULTS.attachment
        values: dict[str, str | int] = {"size": -(-size // MIB), "limit": limit // MIB}
        issues = (Issue("gate-file-too-big", Severity.ERROR, Location(path), values),)
    # It has no place yet, so it is called by its name.
    return tuple(replace(one, values={**one.values, "path": name}) for one in issues)


def _admitted(path: str, content: bytes) -> Admission:
    """Let the gate look at a file; at a recording as it will stand, as a pointer to it.

    Where the draft is saved, the forge puts the recording into its place.
    """
    if not is_recording(path):
        return admit([Incoming(path, FILE, content)], MAIN)
    pointer = write_pointer(Pointer(sha256(content).hexdigest(), len(content)))
    glimpse = Glimpse(len(content), content[:64])
    return admit([Incoming(path, FILE, pointer)], MAIN, large=lambda _: glimpse)


def stored_name(sent: str) -> str:
    """Give the name a file is stored by: without the folders some browsers send along."""
    name = safe_file_name(sent.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    if dot and ending.casefold() in _PHOTOGRAPHS:
        return f"{stem}.jpg"
    return f"{stem}.{ending.casefold()}" if dot else name


def free_name(name: str, taken: set[str]) -> str:
    """Give a name that is not taken: the cameras of phones call every photograph `image.jpg`."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, free = 2, name
    while sameness(free) in taken or sameness(free) == "index.md":
        free = f"{stem[:80]}-{number}{dot}{ending}"
        number += 1
    return free
