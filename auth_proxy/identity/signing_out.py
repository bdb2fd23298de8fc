"""The screen of the end of a session at the provider."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from academy.audit import Action, AuditEntry
from auth_proxy.identity.browser_sessions import BrowserSession
from auth_proxy.identity.provider import RequestRefusedError
from auth_proxy.identity.questions import Parts, action_of
from auth_proxy.identity.requests import asked_of, source_of
from auth_proxy.identity.server import origin_of
from auth_proxy.screens.errors import failure_page
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.sign_in.forms import (
    FormRefusedError,
    browser_token,
    csrf_of,
    is_own_form,
    read_form,
)
from ledger.sessions import Sessions

SIGNED_OUT = "/oauth2/signed-out"


class SigningOut:
    """Ends sessions at the wish of a service, or of the person."""

    def __init__(self, parts: Parts, sessions: Sessions) -> None:
        self._parts, self._sessions = parts, sessions
        self._provider, self._screens = parts.provider, parts.screens

    async def end_session(self, request: Request) -> Response:
        """End the session of this browser; without a token of its own it is asked first."""
        asked = asked_of(request, f"{self._provider.server.issuer}/end-session")
        try:
            wish = await run_in_threadpool(self._provider.sign_out_wish, asked)
        except RequestRefusedError:
            return failure_page(self._screens, request, "failed-service")
        session = await self._session(request)
        target = wish.redirect_uri or SIGNED_OUT
        if session is not None:
            claims = wish.id_token_claims or {}
            # Whoever holds the ID token of this very session may end it without a question (6).
            is_own = claims.get("sid") == session.id
            if not is_own and not await self._is_confirmed(request):
                return self._question(request, target)
            await self._end(request, session)
        response = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
        response.headers.append("Set-Cookie", self._screens.jar.forget(Cookie.IDENTITY))
        return response

    async def _end(self, request: Request, session: BrowserSession) -> None:
        issuer = self._provider.server.issuer
        await run_in_threadpool(self._provider.sign_out, session)
        await run_in_threadpool(
            lambda: self._sessions.end_at_provider(issuer, provider_session=session.id)
        )
        await self._parts.record(
            AuditEntry(
                moment=self._provider.clock(),
                action=Action.SIGN_OUT,
                actor=session.account.id,
                person=session.account.person or "",
                how=source_of(request),
            )
        )

    async def _is_confirmed(self, request: Request) -> bool:
        if request.method != "POST":
            return False
        token = self._screens.jar.read_token(Cookie.BROWSER, request.scope["headers"])
        try:
            return is_own_form(await read_form(request), token)
        except FormRefusedError:
            return False

    def _question(self, request: Request, target: str) -> Response:
        token, cookies = browser_token(self._screens.jar, request)
        values = {"action": action_of(request), "csrf": csrf_of(token)}
        targets = [origin_of(target)] if not target.startswith("/") else []
        return self._screens.page(
            request, "sign_out.html", values, cookies=cookies, form_targets=targets
        )

    async def _session(self, request: Request) -> BrowserSession | None:
        token = self._screens.jar.read_token(Cookie.IDENTITY, request.scope["headers"])
        return await run_in_threadpool(self._provider.sessions.find, token, self._provider.clock())
