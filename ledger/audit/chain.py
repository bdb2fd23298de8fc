"""The chain: each row holds the hash of everything before it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import sha256

BEGINNING = bytes(32)
"""The hash before the first row."""

_NUMBERS = struct.Struct(">qqqqq")
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry with its identities encrypted, before it has a place in the chain.

    `subject_key` is 0 when the entry is about nobody's data, `is_allowed` is 1 or 0:
    numbers as they are stored, so that no other number passes for them.
    """

    moment: int
    action: str
    is_allowed: int
    rule: str
    actor_key: int
    actor_box: bytes
    subject_key: int = 0
    subject_box: bytes = b""


def next_hash(previous: bytes, number: int, entry: Sealed) -> bytes:
    """Give the hash of a row: of the hash before it, its number, and all it holds."""
    parts = [
        previous,
        _NUMBERS.pack(number, entry.moment, entry.actor_key, entry.subject_key, entry.is_allowed),
    ]
    for one in (entry.action.encode(), entry.rule.encode(), entry.actor_box, entry.subject_box):
        parts += (_LENGTH.pack(len(one)), one)
    return sha256(b"".join(parts)).digest()
