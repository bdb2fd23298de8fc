"""Encrypting what identifies a person under that person's key; destroying the key forgets them.

A row names a key by its number only, so that after the key is gone neither
the text nor the link between row and person is left.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from ledger.changes import Watch
from ledger.database import Database
from ledger.seal import Seal
from ledger.tables import AUDIT_KEYS

_PURPOSE = "audit-key"
_NONCE_BYTES = 12
_NONCES_AT_ONCE = 256
_KEY_BITS = 256
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Nonces:
    """Random nonces, many at a call of the system. For one thread, and never kept for later."""

    __slots__ = ("_bytes", "_place")

    def __init__(self) -> None:
        self._bytes, self._place = b"", 0

    def next(self) -> bytes:
        """A nonce that was never used."""
        if self._place == len(self._bytes):
            self._bytes, self._place = os.urandom(_NONCE_BYTES * _NONCES_AT_ONCE), 0
        start = self._place
        self._place = start + _NONCE_BYTES
        return self._bytes[start : self._place]


def plain(values: Mapping[str, object]) -> bytes:
    """Write plain data, as it goes into a box."""
    return _write(values).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Box:
    """A key with its number."""

    id: int
    cipher: AESGCM

    def close(self, content: bytes, nonces: Nonces) -> bytes:
        """Encrypt what `plain` has written."""
        nonce = nonces.next()
        return nonce + self.cipher.encrypt(nonce, content, None)

    def open(self, closed: bytes) -> dict[str, object] | None:
        """Decrypt; None for what was not encrypted with this key."""
        try:
            content = self.cipher.decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            return None
        found: dict[str, object] = json.loads(content.decode("utf-8", "surrogatepass"))
        return found


class Boxes:
    """The keys of all people. The owner `""` is nobody: what was done without an account."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal
        self._watch = Watch(database)
        self._kept: dict[str, Box] = {}

    def look(self) -> None:
        """Let go of keys that may have been destroyed since, by whichever process.

        Asked before each commit, by the thread that writes.
        """
        try:
            has_moved = self._watch.has_moved()
        except BaseException:
            self._kept.clear()
            self._watch.close()
            raise
        if has_moved:
            self._kept.clear()

    def of(self, owner: str) -> Box:
        """Give the key of an owner, made when there is none."""
        box = self._kept.get(owner)
        if box is None:
            box = self._kept[owner] = self.find(owner) or self._make(owner)
        return box

    def find(self, owner: str) -> Box | None:
        """Give the key of an owner as the database has it now, if there is one."""
        query = select(AUDIT_KEYS).where(AUDIT_KEYS.c.owner == owner)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Box(row.id, self._opened(row.sealed))

    def all(self) -> dict[int, Box]:
        """Every key by its number, as the database has them now."""
        with self._database.reading() as connection:
            return {
                row.id: Box(row.id, self._opened(row.sealed))
                for row in connection.execute(select(AUDIT_KEYS))
            }

    def destroy(self, owner: str) -> bool:
        """Destroy the key of an owner for good; False when there is none.

        Raises `ledger.database.NotWipedError` when it still stands in a journal.
        """
        self._kept.pop(owner, None)
        with self._database.deciding() as connection:
            gone = connection.execute(delete(AUDIT_KEYS).where(AUDIT_KEYS.c.owner == owner))
        self._database.wipe()
        return gone.rowcount == 1

    def close(self) -> None:
        """Let go of every key, and of the database."""
        self._kept.clear()
        self._watch.close()

    def _make(self, owner: str) -> Box:
        key = AESGCM.generate_key(_KEY_BITS)
        try:
            with self._database.writing() as connection:
                connection.execute(
                    insert(AUDIT_KEYS).values(owner=owner, sealed=self._seal.seal(key, _PURPOSE))
                )
        except IntegrityError:
            pass  # Another process has made one just now.
        found = self.find(owner)
        if found is None:
            raise LookupError("the key was destroyed while it was made")
        return found

    def _opened(self, sealed: bytes) -> AESGCM:
        return AESGCM(self._seal.open(sealed, _PURPOSE))
