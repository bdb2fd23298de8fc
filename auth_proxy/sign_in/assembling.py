"""Putting the parts of the way in together: the relying party, and the provider it asks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import httpx
from starlette.applications import Starlette
from starlette.requests import Request

from auth_proxy.identity.announcing import Announcer
from auth_proxy.identity.application import PATH, identity_application
from auth_proxy.identity.checking import Checking
from auth_proxy.identity.claims import DescribeAccount
from auth_proxy.identity.keys import SigningKeys
from auth_proxy.identity.new_password import NewPassword
from auth_proxy.identity.passwords import Passwords
from auth_proxy.identity.provider import Provider as Embedded
from auth_proxy.identity.questions import Parts as IdentityParts
from auth_proxy.identity.server import IdentityServer
from auth_proxy.identity.services import Service
from auth_proxy.knocks import Knocks
from auth_proxy.screens.pages import Screens
from auth_proxy.sign_in.application import sign_in_application
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.sign_in.parts import Parts
from auth_proxy.sign_in.provider import Provider, Settings
from auth_proxy.sign_in.states import States
from formats.rules_of_use import RulesOfUse
from ledger.opening import Ledger
from ledger.tokens import token_hash

OWN = "cabinet"
"""The id under which the proxy is registered at the embedded provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSettings:
    """Who signs people in: an outside provider, or the embedded one with these services."""

    provider: Settings | None = None
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the way in needs to know of the academy."""

    address: str
    """The canonical address of the house, `https://host`, without a slash at its end."""
    ledger: Ledger
    screens: Screens
    rules: Callable[[], RulesOfUse]
    describe: DescribeAccount
    now: Callable[[], datetime]
    outside: httpx.AsyncClient | None = None
    """What asks an outside provider and tells other services; made here when it is not given."""
    knocks: Knocks | None = None
    """Those of the door, which writes down what they have counted."""


class WayIn:
    """The applications below `/oauth2/` and `/id/`; the second only with the embedded provider."""

    def __init__(
        self, around: Surroundings, settings: SignInSettings, passwords: Passwords | None = None
    ) -> None:
        self._around, self._passwords = around, passwords or Passwords()
        self._knocks = around.knocks or Knocks(around.ledger.audit)
        # Nothing of the environment decides where secrets are sent.
        self._outside = around.outside or httpx.AsyncClient(trust_env=False)
        self.identity: Starlette | None = None
        self.embedded: Embedded | None = None
        if settings.provider is None:
            provider = self._with_embedded(settings)
        else:
            provider = Provider(settings.provider, self._outside, around.now)
        self.oauth2 = sign_in_application(
            Parts(
                address=around.address,
                provider=provider,
                is_embedded=settings.provider is None,
                ledger=around.ledger,
                screens=around.screens,
                states=States(around.ledger.secret("sign-in")),
                rules=around.rules,
                name_of=self._name_of,
                now=around.now,
                knocks=self._knocks,
            )
        )

    @asynccontextmanager
    async def lifetime(self) -> AsyncIterator[None]:
        """While the server runs: other services are told who has been signed out."""
        telling = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
            await self._outside.aclose()
            self._passwords.close()

    def announcer(self) -> Announcer | None:
        """What tells other services; None without the embedded provider."""
        if self.embedded is None:
            return None
        return Announcer(self.embedded, self._around.ledger.outbox, self._outside)

    async def _tell(self) -> None:
        if (announcer := self.announcer()) is not None:
            await announcer.run()

    def _with_embedded(self, settings: SignInSettings) -> Provider:
        """Make the embedded provider, and the way to it, which never leaves this process."""
        around, ledger = self._around, self._around.ledger
        own = Service(
            id=OWN,
            title=OWN,
            # Known to this process only: nobody else can come in the name of the proxy.
            secret=secrets.token_urlsafe(32),
            redirect_addresses=(f"{around.address}/oauth2/callback",),
            after_sign_out_addresses=(f"{around.address}/oauth2/signed-out",),
            scopes=("openid",),
        )
        issuer = f"{around.address}{PATH}"
        services = {one.id: one for one in (*settings.services, own)}
        server = IdentityServer(issuer, services, ledger.flows, around.now)
        keys = SigningKeys(ledger.keys)
        embedded = Embedded(server, keys, ledger.accounts, ledger.outbox, around.describe)
        checking = Checking(ledger.accounts, ledger.throttle, self._passwords)
        parts = IdentityParts(
            provider=embedded,
            checking=checking,
            new_password=NewPassword(
                ledger.accounts,
                ledger.sessions,
                checking,
                self._passwords,
                around.describe,
                around.now,
            ),
            screens=around.screens,
            record=ledger.audit.record,
            record_often=self._knocks.record,
            own_service=OWN,
            session_here=self._session_here,
        )
        self.embedded, self.identity = embedded, identity_application(parts, ledger.sessions)
        inside = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.identity))
        registered = Settings(issuer=issuer, client_id=OWN, client_secret=own.secret)
        return Provider(registered, inside, around.now, is_inside=True)

    def _session_here(self, request: Request) -> str:
        around = self._around
        token = around.screens.jar.read_token(Cookie.SESSION, request.scope["headers"])
        key = token_hash(token) if token else None
        session = around.ledger.standing(key, None, around.now()).session
        return session.id if session else ""

    def _name_of(self, account_id: str) -> str:
        account = self._around.ledger.accounts.get(account_id)
        return self._around.describe(account).name if account else ""
