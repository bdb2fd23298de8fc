"""Whether a name and a password open an account: one answer and one way for all who may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool

from academy.account import Account
from auth_proxy.identity.passwords import Passwords
from ledger.accounts import Accounts
from ledger.throttle import Throttle

LONGEST_NAME = 64
LONGEST_PASSWORD = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a try: an account, or none; `wait` when it was not even looked at.

    `known` is the account of the name, for the record of access only.
    """

    account: Account | None = None
    known: Account | None = None
    wait: timedelta = timedelta()


class Checking:
    """Checks passwords, slowed down by failures.

    The steps are the same for a name that exists and one that does not, the
    digest included, so neither the answer nor its time tells them apart.
    """

    def __init__(self, accounts: Accounts, throttle: Throttle, passwords: Passwords) -> None:
        self._accounts, self._throttle, self._passwords = accounts, throttle, passwords

    async def check(self, user_name: str, password: str, source: str, now: datetime) -> Checked:
        """Check a name and a password from an address. Raises `TooManyAtOnceError`."""
        name = user_name[:LONGEST_NAME]
        wait = await run_in_threadpool(self._throttle.admit, name, source, now)
        if wait:
            return Checked(wait=wait)
        known = await run_in_threadpool(self._accounts.by_user_name, name)
        digest = known.password_digest if known and known.password_digest else None
        is_right = await self._passwords.is_right(digest, password[: LONGEST_PASSWORD + 1])
        if not is_right or known is None:
            return Checked(known=known)
        await run_in_threadpool(self._throttle.succeeded, name, source, now)
        return Checked(account=known, known=known)

    async def renew_digest(self, account: Account, password: str, now: datetime) -> None:
        """Keep a digest of today's strength instead of one made long ago."""
        if self._passwords.is_outdated(account.password_digest):
            digest = await self._passwords.digest(password)
            await run_in_threadpool(
                self._accounts.set_password_digest,
                account.id,
                digest,
                account.password_changed or now,
                must_change=account.must_change_password,
            )
