"""Digests of passwords: Argon2id, off the event loop, a bounded number at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from secrets import token_urlsafe
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from auth_proxy.identity.password_rules import canonical

_Answer = TypeVar("_Answer")

MEMORY = 19 * 1024
"""KiB for one digest: with two passes this is the first choice of OWASP for Argon2id."""
PASSES = 2
AT_ONCE = 2
"""Digests computed at the same time: sign-ins never take the machine from the readers."""
WAITING = 64
"""Sign-ins that may wait; more of them at once is no classroom, it is a flood."""


class TooManyAtOnceError(Exception):
    """So many passwords wait to be checked that no more are taken."""


class Passwords:
    """Makes and verifies digests of passwords."""

    def __init__(self, memory: int = MEMORY, passes: int = PASSES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
        self._waiting = 0
        # An unknown name is verified against this: the same work, and never the right password.
        self._nobody = self._hasher.hash(token_urlsafe(32))

    async def digest(self, password: str) -> str:
        """Make the digest of a new password. Raises `TooManyAtOnceError`."""
        return await self._run(partial(self._hasher.hash, canonical(password)))

    def digest_now(self, password: str) -> str:
        """Make the digest of a password where no event loop waits."""
        return self._hasher.hash(canonical(password))

    async def is_right(self, digest: str | None, password: str) -> bool:
        """Tell whether the password belongs to the digest; None, of nobody, costs the same.

        Raises `TooManyAtOnceError`.
        """
        return await self._run(partial(self._verify, digest, password))

    def is_right_now(self, digest: str | None, password: str) -> bool:
        """Tell the same where no event loop waits."""
        return self._verify(digest, password)

    def is_outdated(self, digest: str) -> bool:
        """Tell whether a digest was made with weaker parameters than those of today."""
        return self._hasher.check_needs_rehash(digest)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _verify(self, digest: str | None, password: str) -> bool:
        try:
            is_right = self._hasher.verify(digest or self._nobody, canonical(password))
        except (VerificationError, InvalidHashError):
            return False
        return is_right and bool(digest)

    async def _run(self, work: Callable[[], _Answer]) -> _Answer:
        if self._waiting >= WAITING:
            raise TooManyAtOnceError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
