"""Packets: lines with a length in front; Git's protocol consists of them (`gitprotocol-common`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

FLUSH = b"0000"
LARGEST = 65520

_BAND_ROOM = 65515


class BrokenProtocolError(Exception):
    """What came is not what a Git client sends."""


def packet(content: bytes) -> bytes:
    """Give a packet."""
    return b"%04x%b" % (len(content) + 4, content)


def packets_until_flush(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Give the contents of packets up to a flush; raises for more than `limit` of them."""
    for _ in range(limit + 1):
        size = _size(_exactly(stream, 4))
        if size == 0:
            return
        if size < 4:
            raise BrokenProtocolError("A packet of an unknown kind.")
        yield _exactly(stream, size - 4)
    raise BrokenProtocolError("Too many packets.")


def on_band(band: int, contents: Iterable[bytes]) -> Iterator[bytes]:
    """Give contents as packets of one side band: 1 for data, 2 for words to the person."""
    for content in contents:
        for start in range(0, len(content), _BAND_ROOM):
            yield packet(bytes([band]) + content[start : start + _BAND_ROOM])


def _size(digits: bytes) -> int:
    """Read the length of a packet."""
    try:
        size = int(digits, 16)
    except ValueError:
        size = LARGEST + 1
    if size > LARGEST or digits.strip() != digits or b"_" in digits or digits[:1] in b"+-":
        raise BrokenProtocolError("A packet without a length.")
    return size


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """Read so many bytes."""
    content = stream.read(size)
    if len(content) != size:
        raise BrokenProtocolError("The request ends in the middle of a packet.")
    return content
