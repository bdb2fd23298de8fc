"""Changing a password: the current one is asked for, the new one is looked at.

A one-time password that was given a moment ago, to this very sign-in, is not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from academy.account import Account
from auth_proxy.identity.browser_sessions import BrowserSession
from auth_proxy.identity.checking import LONGEST_PASSWORD, Checking
from auth_proxy.identity.claims import DescribeAccount
from auth_proxy.identity.password_rules import canonical, weakness
from auth_proxy.identity.passwords import Passwords
from auth_proxy.identity.server import Clock
from ledger.accounts import Accounts
from ledger.sessions import Sessions

CARRIED_OVER = timedelta(minutes=15)
"""As long as somebody may think about a password without giving the one-time password again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What came of it: the account as it is now, or the key of what is wrong and where."""

    account: Account | None = None
    problem: str = ""
    field: str = ""
    wait: timedelta = timedelta()


class NewPassword:
    """Changes passwords for their owners."""

    def __init__(
        self,
        accounts: Accounts,
        sessions: Sessions,
        checking: Checking,
        passwords: Passwords,
        describe: DescribeAccount,
        clock: Clock,
    ) -> None:
        self._accounts, self._sessions = accounts, sessions
        self._checking, self._passwords = checking, passwords
        self._describe, self._clock = describe, clock

    def was_just_given(self, session: BrowserSession) -> bool:
        """Whether the one-time password of an account was given to this session a moment ago.

        A session at the provider begins with a password only, is known by its hash, and is over
        when the password is another (`BrowserSessions.find`): it is what carries the answer over.
        """
        age = self._clock() - session.moment
        return session.account.must_change_password and age <= CARRIED_OVER

    async def change(
        self, session: BrowserSession, form: Mapping[str, str], source: str, here: str
    ) -> Changed:
        """Change the password by a form with `new` and `again`, and `current` where it is asked.

        Everything that is open ends, save the session whose id is `here`.
        Raises `TooManyAtOnceError`.
        """
        account, new = session.account, form.get("new", "")
        if self.was_just_given(session):
            tried = new[: LONGEST_PASSWORD + 1]
            is_same = await self._passwords.is_right(account.password_digest, tried)
            current = new if is_same else ""
        else:
            current = form.get("current", "")
            checked = await self._checking.check(account.user_name, current, source, self._clock())
            if checked.wait:
                return Changed(wait=checked.wait)
            if checked.account is None:
                return Changed(problem="password-wrong", field="current")
        if (found := weakness(new, self._personal(account), current)) is not None:
            return Changed(problem=found.value, field="new")
        if canonical(form.get("again", "")) != canonical(new):
            return Changed(problem="password-differs", field="again")
        digest = await self._passwords.digest(new)
        now = self._clock()
        await run_in_threadpool(self._accounts.set_password_digest, account.id, digest, now)
        await run_in_threadpool(self._sessions.end_all, account.id, here)
        return Changed(account=replace(account, must_change_password=False))

    def _personal(self, account: Account) -> list[str]:
        """Words that everybody would try for this person."""
        said = self._describe(account)
        return [account.user_name, *re.split(r"[\s.@-]+", f"{account.user_name} {said.name}")]
