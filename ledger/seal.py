"""Sealing secrets with a key that stands in a file of its own, not in the database.

Whoever gets a copy of the database alone reads neither signing keys nor the
record of access.
"""

from __future__ import annotations

import os
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """What is to be opened was not sealed with this key, or has been changed."""


class Seal:
    """A key of 256 bits in a file that only its owner may read."""

    def __init__(self, file: Path) -> None:
        self._key = _read_or_make(file)
        self._box = AESGCM(self._key)

    def seal(self, secret: bytes, purpose: str) -> bytes:
        """Encrypt; only `open` with the same purpose gives it back."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, secret, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt. Raises `SealBrokenError`."""
        try:
            return self._box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            raise SealBrokenError(purpose) from None

    def derived(self, purpose: str) -> bytes:
        """Give 256 bits that belong to a purpose, the same each time."""
        return digest(self._key, b"derived:" + purpose.encode(), sha256)


def _read_or_make(file: Path) -> bytes:
    """Read the key, or make it: when several do so at once, one key wins."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(os.urandom(_KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        _sync_folder(file.parent)
    key = file.read_bytes()
    if len(key) != _KEY_BYTES:
        raise SealBrokenError(str(file))
    return key


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
