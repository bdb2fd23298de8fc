"""Sessions of browsers at the provider: who signed in once need not do so for each service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from academy.account import Account
from auth_proxy.sign_in.cookies import new_token
from auth_proxy.sign_in.lifetimes import lifetime_of
from ledger.accounts import Accounts
from ledger.flows import PROVIDER_SESSION, Flows
from ledger.tokens import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """A session at the provider: `id` is the `sid` that services know."""

    token: str
    id: str
    account: Account
    moment: datetime
    services: tuple[str, ...] = ()


class BrowserSessions:
    """All of them; none outlives a change of the password or a block."""

    def __init__(self, flows: Flows, accounts: Accounts) -> None:
        self._flows, self._accounts = flows, accounts

    def begin(self, account: Account, now: datetime) -> BrowserSession:
        """Begin a session; its token goes into a cookie."""
        session = BrowserSession(token=new_token(), id=new_id(), account=account, moment=now)
        self._keep(session, now)
        return session

    def find(self, token: str | None, now: datetime) -> BrowserSession | None:
        """The session of a token, if its account may still use it."""
        data = self._flows.get(PROVIDER_SESSION, token, now) if token else None
        if token is None or data is None:
            return None
        account = self._accounts.get(data["account"])
        moment = datetime.fromisoformat(data["moment"])
        if account is None or account.is_blocked or _is_older(moment, account.password_changed):
            return None
        return BrowserSession(
            token=token,
            id=data["session"],
            account=account,
            moment=moment,
            services=tuple(data["services"]),
        )

    def used(self, session: BrowserSession, service: str, now: datetime) -> None:
        """Note that a service was opened with it: it is told when the session ends."""
        services = tuple(dict.fromkeys((*session.services, service)))
        self._keep(replace(session, services=services), now)

    def end(self, session: BrowserSession) -> None:
        """End a session."""
        self._flows.drop(PROVIDER_SESSION, session.token)

    def _keep(self, session: BrowserSession, now: datetime) -> None:
        lifetime = lifetime_of(session.account.roles)
        expires = min(now + lifetime.idle, session.moment + lifetime.absolute)
        data: Mapping[str, Any] = {
            "account": session.account.id,
            "session": session.id,
            "moment": session.moment.isoformat(),
            "services": list(session.services),
        }
        self._flows.put(PROVIDER_SESSION, session.token, data, expires, session.account.id)


def _is_older(moment: datetime, changed: datetime | None) -> bool:
    return changed is not None and moment < changed
