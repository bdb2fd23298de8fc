"""Pictures as files: whether one consists of the picture and nothing else.

A decoder says nothing of what it skips: places, names, earlier versions, a video
behind the photograph. So the parts of the file are walked through, and a picture
counts as clean when every part is one that draws.
"""

from __future__ import annotations

import re
from zlib import crc32

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"sBIT"}
)
_WEBP_PARTS = frozenset({b"VP8 ", b"VP8L", b"ALPH"})

# What may stand between the start of a JPEG and its end: tables, frames, restarts, scans.
_JPEG_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD, 0xDA})
_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_JFIF, _ADOBE, _SCAN, _END = 0xE0, 0xEE, 0xDA, 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def is_clean(content: bytes) -> bool:
    """Tell whether a JPEG, PNG or WebP file holds nothing but its picture."""
    if content.startswith(b"\xff\xd8"):
        return _is_clean_jpeg(content)
    if content.startswith(_PNG_START):
        return _is_clean_png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _is_clean_webp(content)
    return False


def _is_clean_jpeg(content: bytes) -> bool:
    """Walk through the segments of a JPEG; each has a marker, a length and a body."""
    position = 2
    while content[position : position + 1] == b"\xff":
        marker = content[position + 1] if position + 1 < len(content) else 0
        if marker == _END:
            return position + 2 == len(content)
        length = int.from_bytes(content[position + 2 : position + 4], "big")
        body = content[position + 4 : position + 2 + length]
        if length < 2 or not _is_clean_segment(marker, body):
            return False
        position += 2 + length
        if marker == _SCAN:
            following = _NEXT_MARKER.search(content, position)
            position = following.start() if following else len(content)
    return False


def _is_clean_segment(marker: int, body: bytes) -> bool:
    """Tell whether a segment of a JPEG draws; its header may not carry a small picture."""
    if marker == _JFIF:
        return body.startswith(b"JFIF\0") and len(body) == 14
    if marker == _ADOBE:
        return body.startswith(b"Adobe") and len(body) == 12
    return marker in _JPEG_TABLES or marker in _JPEG_FRAMES


def _is_clean_png(content: bytes) -> bool:
    """Walk through the chunks of a PNG; each has a length, a name, a body and a checksum."""
    position = len(_PNG_START)
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        end = position + 12 + length
        name = content[position + 4 : position + 8]
        checksum = int.from_bytes(content[end - 4 : end], "big")
        if name not in _PNG_PARTS or crc32(content[position + 4 : end - 4]) != checksum:
            return False
        if name == b"IEND":
            return length == 0 and end == len(content)
        position = end
    return False


def _is_clean_webp(content: bytes) -> bool:
    """Walk through the chunks of a WebP; each has a name, a length and a body of even size."""
    if int.from_bytes(content[4:8], "little") != len(content) - 8:
        return False
    position = 12
    while position + 8 <= len(content):
        name = content[position : position + 4]
        length = int.from_bytes(content[position + 4 : position + 8], "little")
        extended = name == b"VP8X" and content[position + 8 : position + 9] in {b"\0", b"\x10"}
        if name not in _WEBP_PARTS and not extended:
            return False
        position += 8 + length + length % 2
    return position == len(content)
