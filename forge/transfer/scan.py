"""Packs looked through before Git reads them, so that none of them is a bomb.

A pack of a megabyte can unfold into gigabytes. Here every object is unfolded a
piece at a time and forgotten again, and the sizes that deltas promise are read,
so what Git will need is known (`gitformat-pack`).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import BinaryIO

from forge.gate.limits import MIB

_PIECE = 64 * 1024
_DELTA_BY_OFFSET, _DELTA_BY_ID = 6, 7
_ENDING = 20
# Two numbers of up to nine bytes stand at the start of a delta.
_START = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLimits:
    """How many objects a pack may have, how large one may be, and all of them together."""

    objects: int = 20_000
    single: int = 24 * MIB
    whole: int = 256 * MIB


DEFAULTS = PackLimits()


class PackRefusedError(Exception):
    """A pack is too much, or is none; the name of the reason is a text of `git`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def scan_pack(stream: BinaryIO, limits: PackLimits) -> int:
    """Go through a pack to its end; give how many objects it has. Raises `PackRefusedError`."""
    reader = _Reader(stream)
    header = reader.take(12)
    if header[:4] != b"PACK" or header[4:8] not in {b"\0\0\0\2", b"\0\0\0\3"}:
        raise PackRefusedError("broken")
    count = int.from_bytes(header[8:12], "big")
    if count > limits.objects:
        raise PackRefusedError("too-many-objects")
    whole = 0
    for _ in range(count):
        whole += _scan_object(reader, limits.single)
        if whole > limits.whole:
            raise PackRefusedError("too-large")
    reader.take(_ENDING)
    if reader.has_more():
        raise PackRefusedError("broken")
    return count


def _scan_object(reader: _Reader, limit: int) -> int:
    """Go through one object; give how many bytes it becomes."""
    byte = reader.byte()
    kind, size, shift = (byte >> 4) & 7, byte & 15, 4
    while byte & 0x80:
        byte = reader.byte()
        size |= (byte & 0x7F) << shift
        shift += 7
        if shift > 60:
            raise PackRefusedError("broken")
    if size > limit:
        raise PackRefusedError("object-too-large")
    if kind == _DELTA_BY_ID:
        reader.take(_ENDING)
    elif kind == _DELTA_BY_OFFSET:
        while reader.byte() & 0x80:
            pass
    start = reader.inflate(size)
    if kind not in {_DELTA_BY_ID, _DELTA_BY_OFFSET}:
        return size
    result = _second_size(start)
    if result > limit:
        raise PackRefusedError("object-too-large")
    return size + result


def _second_size(delta: bytes) -> int:
    """Read the size that the result of a delta has: the second number at its start."""
    position = 0
    number = 0
    for _ in range(2):
        number = shift = 0
        while True:
            if position >= len(delta) or shift > 60:
                raise PackRefusedError("broken")
            byte = delta[position]
            position += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
    return number


class _Reader:
    """Reads a stream a piece at a time, and goes on where an object has ended."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = memoryview(b"")

    def take(self, size: int) -> bytes:
        """Read so many bytes."""
        while len(self._held) < size:
            if not self._read_on():
                raise PackRefusedError("broken")
        taken, self._held = self._held[:size], self._held[size:]
        return bytes(taken)

    def byte(self) -> int:
        """Read one byte."""
        return self.take(1)[0]

    def has_more(self) -> bool:
        """Tell whether anything follows."""
        return bool(self._held) or self._read_on()

    def inflate(self, size: int) -> bytes:
        """Unfold what has to have this size; give its first bytes."""
        unfolding = zlib.decompressobj()
        start = b""
        found = 0
        while not unfolding.eof:
            if not self._held and not self._read_on():
                raise PackRefusedError("broken")
            try:
                piece = unfolding.decompress(self._held, _PIECE)
            except zlib.error:
                raise PackRefusedError("broken") from None
            rest = unfolding.unused_data or unfolding.unconsumed_tail
            self._held = self._held[len(self._held) - len(rest) :]
            start = (start + piece)[:_START] if len(start) < _START else start
            found += len(piece)
            if found > size:
                raise PackRefusedError("broken")
        if found != size:
            raise PackRefusedError("broken")
        return start

    def _read_on(self) -> bool:
        """Read the next piece; tell whether there was one."""
        piece = self._stream.read(_PIECE)
        self._held = memoryview(bytes(self._held) + piece)
        return bool(piece)
