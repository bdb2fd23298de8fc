"""Pointers: what stands in Git in the place of a large file (Git LFS, version 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

POINTER_BYTES = 200
"""A pointer is always shorter than this."""

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n"
    rb"oid sha256:([0-9a-f]{64})\nsize (0|[1-9][0-9]{0,15})\n?"
)
_OID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A large file by what is in it: the SHA-256 in hex, and the size in bytes."""

    oid: str
    size: int


def is_oid(text: str) -> bool:
    """Tell whether a text is a SHA-256 in hex."""
    return _OID.fullmatch(text) is not None


def read_pointer(content: bytes) -> Pointer | None:
    """Read a pointer, or give None for any other content."""
    match = _POINTER.fullmatch(content) if len(content) <= POINTER_BYTES else None
    return Pointer(match[1].decode("ascii"), int(match[2])) if match else None


def write_pointer(pointer: Pointer) -> bytes:
    """Write a pointer as every Git LFS client does."""
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize %d\n" % (
        pointer.oid.encode("ascii"),
        pointer.size,
    )
