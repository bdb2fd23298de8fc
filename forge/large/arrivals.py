"""Files on their way: `<root>/<person>/.coming/<id>`, and beside it a journal of what has come.

The first line of a journal says what was announced; each further one how many bytes are
on disk for good, the last one the digest of the whole. A line is written after the bytes
are synced, so what it says holds after a power cut too; a torn line says nothing. The
file has its whole size from the start, so the room it will take is taken.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from academy.pointer import Pointer, is_oid
from forge.arriving import AT_ONCE, TAIL, Arrival, ArrivalMissingError
from forge.embedded.folders import sync
from forge.large.store import COMING, LargeFiles, LargeLimits, LargeRefusedError, OffsetError

_JOURNAL = ".log"
_RECEIVED = re.compile(rb"[1-9][0-9]{0,15}")
_WHOLE = re.compile(rb"sha256:([0-9a-f]{64})")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoredArrivals:
    """What is on its way, on disk. It may be shared by threads, and by processes."""

    def __init__(self, files: LargeFiles) -> None:
        """Take the store in which a file gets its place once it is whole."""
        self._files = files

    @property
    def limits(self) -> LargeLimits:
        """How large one file may be, and all of a person."""
        return self._files.limits

    def of(self, person: str) -> tuple[Arrival, ...]:
        """Everything that is on its way for a person, or has come and is not taken yet."""
        folder = self._folder(person)
        names = sorted(path.stem for path in folder.glob(f"*{_JOURNAL}"))
        found = []
        for name in names:
            with suppress(ArrivalMissingError):
                found.append(self.get(person, name))
        return tuple(found)

    def get(self, person: str, arrival: str) -> Arrival:
        """One of them. Raises `ArrivalMissingError`."""
        try:
            written = self._journal(person, arrival).read_bytes()
        except FileNotFoundError:
            raise ArrivalMissingError(arrival) from None
        known = _read(arrival, written)
        if known.pointer is not None:
            self._settle(person, known.pointer, self._place(person, arrival))
        return known

    def begin(self, person: str, arrival: str, name: str, size: int) -> Arrival:
        """Begin a file, or find it again by its id. Raises `LargeRefusedError`."""
        with suppress(ArrivalMissingError):
            known = self.get(person, arrival)
            if known.size == size:
                return known
            self.forget(person, arrival)
        self._files.check_room(person, size)
        if len(self.of(person)) >= AT_ONCE:
            raise LargeRefusedError("too-many")
        self._lay_out(person, arrival, name, size)
        return Arrival(id=arrival, name=name, size=size, received=0)

    def tail(self, person: str, arrival: str) -> bytes:
        """The last bytes that have come. Raises `ArrivalMissingError`."""
        known = self.get(person, arrival)
        start = max(0, known.received - TAIL)
        place = self._place(person, arrival)
        if known.pointer is not None:
            place = self._files.path(person, known.pointer.oid)
        try:
            with place.open("rb") as file:
                return os.pread(file.fileno(), known.received - start, start)
        except FileNotFoundError:
            raise ArrivalMissingError(arrival) from None

    def append(self, person: str, arrival: str, offset: int, content: bytes) -> Arrival:
        """Take the next piece: it is on disk when this returns.

        With the last one the file is in its place; an empty one after it finishes what was
        cut off. Raises `OffsetError`, `LargeRefusedError` and `ArrivalMissingError`.
        """
        with self._held(person, arrival) as (journal, known):
            if known.pointer is not None or offset != known.received:
                raise OffsetError(known.received)
            reached = offset + len(content)
            if reached > known.size:
                raise LargeRefusedError("another-content")
            try:
                self._write(person, arrival, offset, content)
                _note(journal, b"%d" % reached)
                if reached == known.size:
                    _note(journal, b"sha256:%b" % _digest_of(self._place(person, arrival)))
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise LargeRefusedError("no-room") from None
                raise
        return self.get(person, arrival)

    def forget(self, person: str, arrival: str) -> None:
        """Forget a file that is on its way; one that has come stays where it is."""
        self._place(person, arrival).unlink(missing_ok=True)
        self._journal(person, arrival).unlink(missing_ok=True)

    def _folder(self, person: str) -> Path:
        return self._files.folder(person) / COMING

    def _place(self, person: str, arrival: str) -> Path:
        """Give where the bytes are. Raises `ArrivalMissingError` for what can be no id."""
        if not is_oid(arrival):
            raise ArrivalMissingError(arrival)
        return self._folder(person) / arrival

    def _journal(self, person: str, arrival: str) -> Path:
        return self._place(person, arrival).with_suffix(_JOURNAL)

    def _lay_out(self, person: str, arrival: str, name: str, size: int) -> None:
        """Make the empty file and its journal; the journal says that both are there."""
        place = self._place(person, arrival)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.truncate(size)
            os.fsync(file.fileno())
        with self._journal(person, arrival).open("wb") as journal:
            _note(journal, json.dumps({"name": name, "size": size}).encode())
        sync(place.parent)
        sync(place.parent.parent)

    @contextmanager
    def _held(self, person: str, arrival: str) -> Iterator[tuple[BinaryIO, Arrival]]:
        """Hold a journal for one writer; a second one is told where it stands and asks again."""
        try:
            journal = self._journal(person, arrival).open("ab+")
        except FileNotFoundError:
            raise ArrivalMissingError(arrival) from None
        with journal:
            known = self._standing(journal, arrival)
            try:
                fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OffsetError(known.received) from None
            # Whoever held it before may have written more, or forgotten it.
            yield journal, self._standing(journal, arrival)

    def _standing(self, journal: BinaryIO, arrival: str) -> Arrival:
        if not os.fstat(journal.fileno()).st_nlink:
            raise ArrivalMissingError(arrival)
        journal.seek(0)
        return _read(arrival, journal.read())

    def _write(self, person: str, arrival: str, offset: int, content: bytes) -> None:
        try:
            with self._place(person, arrival).open("rb+") as file:
                file.seek(offset)
                file.write(content)
                file.flush()
                os.fdatasync(file.fileno())
        except FileNotFoundError:
            raise ArrivalMissingError(arrival) from None

    def _settle(self, person: str, pointer: Pointer, place: Path) -> None:
        """Give a whole file its place, if it has not got it yet; its week begins now."""
        target = self._files.path(person, pointer.oid)
        with suppress(FileNotFoundError):
            os.utime(place)
            place.rename(target)
            sync(target.parent)


def _digest_of(place: Path) -> bytes:
    with place.open("rb") as file:
        return file_digest(file, "sha256").hexdigest().encode("ascii")


def _note(journal: BinaryIO, line: bytes) -> None:
    """Write a line for good; after a torn one it begins anew."""
    journal.write(b"\n%b\n" % line)
    journal.flush()
    os.fdatasync(journal.fileno())


def _read(arrival: str, written: bytes) -> Arrival:
    """Read a journal. Raises `ArrivalMissingError` for one that was never begun well."""
    lines = [line for line in written[: written.rfind(b"\n") + 1].splitlines() if line]
    try:
        announced = json.loads(lines[0])
        name, size = str(announced["name"]), int(announced["size"])
    except (IndexError, KeyError, TypeError, ValueError):
        raise ArrivalMissingError(arrival) from None
    received, pointer = 0, None
    for line in lines[1:]:
        if _RECEIVED.fullmatch(line):
            received = int(line)
        elif whole := _WHOLE.fullmatch(line):
            pointer = Pointer(whole[1].decode("ascii"), size)
    return Arrival(id=arrival, name=name, size=size, received=received, pointer=pointer)
