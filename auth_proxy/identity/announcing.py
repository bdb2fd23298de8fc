"""Telling other services that somebody is signed out (Back-Channel Logout 1.0), until they know."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import httpx
from starlette.concurrency import run_in_threadpool

from auth_proxy.identity.provider import SERVICE_LOGOUT, Provider
from auth_proxy.identity.services import Service
from auth_proxy.sign_in.cookies import new_token
from auth_proxy.sign_in.provider import TIMEOUT
from auth_proxy.sign_in.tokens import LOGOUT_EVENT
from ledger.outbox import LOGOUT, Message, Outbox

TOKEN_LIFETIME = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 40
"""With the pauses above that is about a day and a half."""
LOOK_EVERY = 1.0

_log = logging.getLogger(__name__)


class Announcer:
    """Sends what waits in the outbox."""

    def __init__(self, provider: Provider, outbox: Outbox, client: httpx.AsyncClient) -> None:
        self._provider, self._outbox, self._client = provider, outbox, client

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while True:
            try:
                await self.send_due()
            except Exception:  # noqa: BLE001 - what keeps others informed goes on
                _log.exception("signing out at other services")
            await asyncio.sleep(LOOK_EVERY)

    async def send_due(self) -> None:
        """Send what is due now; what fails is tried again later."""
        due = await run_in_threadpool(self._outbox.due, self._provider.clock())
        for message in due:
            if message.kind == LOGOUT:
                await run_in_threadpool(self._spread, message)
        due = await run_in_threadpool(self._outbox.due, self._provider.clock())
        await asyncio.gather(*(self._send(one) for one in due if one.kind == SERVICE_LOGOUT))

    def _spread(self, message: Message) -> None:
        """One message for each service, so that one which is down does not hold up the others."""
        self._provider.tell_of_account(message.data["account"])
        self._outbox.sent(message.id)

    async def _send(self, message: Message) -> None:
        service = self._provider.server.services.get(message.data["service"])
        if service is None or not service.back_channel_logout or await self._tell(service, message):
            await run_in_threadpool(self._outbox.sent, message.id)
        elif message.attempts + 1 >= MOST_ATTEMPTS:
            _log.error("%s was not told of a sign-out, given up", service.id)
            await run_in_threadpool(self._outbox.sent, message.id)
        else:
            pause = min(FIRST_PAUSE * 2 ** min(message.attempts, 12), LONGEST_PAUSE)
            await run_in_threadpool(self._outbox.later, message.id, self._provider.clock() + pause)

    async def _tell(self, service: Service, message: Message) -> bool:
        token = await run_in_threadpool(self._token, service, message)
        try:
            response = await self._client.post(
                service.back_channel_logout,
                data={"logout_token": token},
                timeout=TIMEOUT,
                follow_redirects=False,
            )
        except httpx.HTTPError as error:
            _log.warning("%s cannot be told of a sign-out: %s", service.id, error)
            return False
        if response.is_success:
            return True
        # 400 says that there was nothing to end, or that the service is not well set up: either
        # way saying it again would change nothing (2.8).
        _log.warning("%s answers %d to a sign-out", service.id, response.status_code)
        return response.status_code == 400

    def _token(self, service: Service, message: Message) -> str:
        now = self._provider.clock()
        claims = {
            "iss": self._provider.server.issuer,
            "aud": service.id,
            "iat": int(now.timestamp()),
            "exp": int((now + TOKEN_LIFETIME).timestamp()),
            "jti": new_token(),
            "events": {LOGOUT_EVENT: {}},
            "sub": message.data["account"],
        }
        if message.data["session"]:
            claims["sid"] = message.data["session"]
        return self._provider.keys.sign(claims, now, "logout+jwt")
