"""Large files on disk: `<root>/<person>/<oid>`, each person's apart from all others'.

Whoever knows the id of a file of somebody else gets nothing by it: there is no
path from one person to another. A file is there when all of it has come, has the
digest it was announced with, and is on disk.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO

from academy.pointer import Pointer, is_oid
from forge.embedded.folders import is_name, sync
from forge.gate.limits import MIB

_ARRIVING = ".arriving"
COMING = ".coming"
"""The folder of what is on its way from a browser (`forge/large/arrivals.py`)."""

_START = 64
_KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeLimits:
    """How large one file may be, and all files of one person together, in bytes."""

    single: int = 1024 * MIB
    whole: int = 5 * 1024 * MIB


DEFAULTS = LargeLimits()


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What can be told of a file without reading all of it: its size and its first bytes."""

    size: int
    start: bytes


class LargeRefusedError(Exception):
    """A file is too large, or more than a person has room for, or not what it was said to be.

    `reason` is `too-large`, `no-room`, `too-many` or `another-content`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OffsetError(Exception):
    """A piece does not follow what has come: `received` bytes are there."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class LargeFiles:
    """The large files of all people. It may be shared by threads, and by processes."""

    def __init__(self, root: Path, limits: LargeLimits = DEFAULTS) -> None:
        """Take the folder of the files; it is made when the first one comes."""
        self._root = root.absolute()
        self.limits = limits

    def glimpse(self, person: str, oid: str) -> Glimpse | None:
        """Tell of a file of this person, or give None when they have none with this id."""
        try:
            with self.open(person, oid) as file:
                return Glimpse(os.fstat(file.fileno()).st_size, file.read(_START))
        except FileNotFoundError:
            return None

    def open(self, person: str, oid: str) -> BinaryIO:
        """Open a file of this person for reading. Raises `FileNotFoundError`."""
        return self.path(person, oid).open("rb")

    def path(self, person: str, oid: str) -> Path:
        """Give where a file is, if this person has it; for a server that sends files itself."""
        return self.folder(person) / _checked(oid)

    def folder(self, person: str) -> Path:
        """Give the folder of a person. Raises `ValueError` for who can have none."""
        if not is_name(person):
            raise ValueError(f"{person!r} cannot have large files.")
        return self._root / person

    def check_room(self, person: str, size: int, present: int = 0) -> None:
        """Raise `LargeRefusedError` for a file that is too much; `present` bytes of it are here."""
        if size > self.limits.single:
            raise LargeRefusedError("too-large")
        if self.used(person) - present + size > self.limits.whole:
            raise LargeRefusedError("no-room")

    def received(self, person: str, file: Pointer) -> int:
        """Tell how many bytes of a file have come: where to go on after a broken line."""
        if self._has(person, file):
            return file.size
        try:
            return self._arriving(person, file).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, person: str, file: Pointer, offset: int, content: bytes) -> int:
        """Take the next piece of a file; give how many bytes have come.

        With the last piece the file is there, durably. Raises `OffsetError` for a
        piece that does not follow, and `LargeRefusedError`.
        """
        if self._has(person, file):
            return file.size
        self.check_room(person, file.size, self.received(person, file))
        if offset + len(content) > file.size:
            raise LargeRefusedError("another-content")
        with self._held(person, file) as arriving:
            present = os.fstat(arriving.fileno()).st_size
            if present != offset:
                raise OffsetError(present)
            arriving.write(content)
            arriving.flush()
            if offset + len(content) == file.size:
                self._finish(person, file, arriving)
        return offset + len(content)

    def start_again(self, person: str, file: Pointer) -> None:
        """Forget what has come of a file that is not there yet."""
        self._arriving(person, file).unlink(missing_ok=True)

    def used(self, person: str) -> int:
        """Tell how many bytes a person's files take, with those that are still coming."""
        folder = self.folder(person)
        places = (folder, folder / _ARRIVING, folder / COMING)
        return sum(
            entry.stat().st_size
            for place in places
            if place.is_dir()
            for entry in os.scandir(place)
            if entry.is_file(follow_symlinks=False)
        )

    def sweep(self, person: str, needed: Collection[str]) -> None:
        """Delete files that nothing points to, and what stopped coming, when a week old."""
        folder = self.folder(person)
        long_ago = time.time() - _KEPT_SECONDS
        for place in (folder, folder / _ARRIVING, folder / COMING):
            for file in place.iterdir() if place.is_dir() else ():
                is_needed = place == folder and file.name in needed
                if file.is_file() and not is_needed and file.stat().st_mtime < long_ago:
                    file.unlink(missing_ok=True)

    def remove(self, person: str) -> None:
        """Delete everything of a person (erasure)."""
        shutil.rmtree(self.folder(person), ignore_errors=True)

    def _has(self, person: str, file: Pointer) -> bool:
        """Tell whether a file is there. Raises `LargeRefusedError` for one of another size."""
        found = self.glimpse(person, file.oid)
        if found is not None and found.size != file.size:
            raise LargeRefusedError("another-content")
        return found is not None

    def _arriving(self, person: str, file: Pointer) -> Path:
        """Give where a file is while it comes."""
        return self.folder(person) / _ARRIVING / f"{_checked(file.oid)}-{file.size}"

    @contextmanager
    def _held(self, person: str, file: Pointer) -> Iterator[BufferedRandom]:
        """Open what has come of a file for one writer at a time."""
        place = self._arriving(person, file)
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("ab+") as arriving:
            fcntl.flock(arriving, fcntl.LOCK_EX)
            yield arriving

    def _finish(self, person: str, file: Pointer, arriving: BufferedRandom) -> None:
        """Give a file that has come its place, if it is what it was said to be."""
        place = self._arriving(person, file)
        arriving.seek(0)
        if file_digest(arriving, "sha256").hexdigest() != file.oid:
            place.unlink()
            raise LargeRefusedError("another-content")
        os.fsync(arriving.fileno())
        place.rename(self.path(person, file.oid))
        sync(place.parent.parent)


def _checked(oid: str) -> str:
    """Raise `ValueError` for what is no id of a large file."""
    if not is_oid(oid):
        raise ValueError(f"{oid!r} is no SHA-256.")
    return oid
