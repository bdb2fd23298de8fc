"""The signed head: how long the record is and what its last hash is, kept beside the rows.

Without it nobody could tell that rows at the end were dropped. The file has two
slots that are written in turn, so that an interrupted write leaves the other.
It is written after the commit: it may be behind the rows, never ahead of them.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.chain import BEGINNING

_SLOT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last row: its number and hash. `restarts` counts how often the head was found missing."""

    number: int = 0
    hash: str = BEGINNING.hex()
    restarts: int = 0


class Signer:
    """Signs heads and knows its own signature."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self._public = self._key.public_key()

    def signed(self, head: Head) -> str:
        """Write a head as one line that can be kept elsewhere."""
        values = {"hash": head.hash, "number": head.number, "restarts": head.restarts}
        text = json.dumps(values, separators=(",", ":"))
        signature = base64.b64encode(self._key.sign(text.encode())).decode()
        return f"{signature} {text}"

    def read(self, line: str) -> Head | None:
        """Read a line that `signed` has written; None when it is not that."""
        signature, _, text = line.strip().partition(" ")
        try:
            self._public.verify(base64.b64decode(signature, validate=True), text.encode())
            return Head(**json.loads(text))
        except (InvalidSignature, ValueError, TypeError):
            return None


class HeadFile:
    """The file that keeps the head; to be used by one process at a time, under the lock."""

    def __init__(self, file: Path, signer: Signer) -> None:
        self._file, self._signer = file, signer
        self._known: tuple[bytes, Head | None] = (b"", None)

    def begin(self) -> None:
        """Make the file of a record that is empty, durably."""
        line = self._signer.signed(Head()).encode().ljust(_SLOT - 1) + b"\n"
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(line * 2)
            out.flush()
            os.fsync(out.fileno())

    def read(self) -> Head | None:
        """Give the newest head that is whole; None when there is none."""
        try:
            descriptor = os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            content = os.pread(descriptor, 2 * _SLOT, 0)
        finally:
            os.close(descriptor)
        if content != self._known[0]:
            self._known = content, self._read(content)
        return self._known[1]

    def write(self, head: Head, turn: int) -> None:
        """Write a head into the slot whose turn it is."""
        line = self._signer.signed(head).encode().ljust(_SLOT - 1) + b"\n"
        place = (turn % 2) * _SLOT
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(descriptor, line, place)
        finally:
            os.close(descriptor)
        # What was signed just now need not be checked when it is read back.
        content = self._known[0].ljust(2 * _SLOT)
        self._known = content[:place] + line + content[place + _SLOT :], head

    def _read(self, content: bytes) -> Head | None:
        slots = (content[:_SLOT], content[_SLOT : 2 * _SLOT])
        heads = [self._signer.read(slot.decode("ascii", "replace")) for slot in slots]
        return max(filter(None, heads), key=lambda head: head.number, default=None)
