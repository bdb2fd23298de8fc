"""Signing out: by the person, and by the provider behind the person's back."""

from __future__ import annotations

import logging
from datetime import timedelta
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from academy.account import Session
from academy.audit import Action, AuditEntry
from auth_proxy.identity.server import origin_of
from auth_proxy.screens.errors import error_page
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.sign_in.forms import FormRefusedError, csrf_of, is_own_form, read_form
from auth_proxy.sign_in.parts import PATH, Parts
from auth_proxy.sign_in.provider import ProviderError
from auth_proxy.sign_in.tokens import Logout, TokenRefusedError, read_logout_token

USED_LOGOUT = "used-logout-token"
CLEAR = '"cache", "storage"'
"""Cookies are left out: each is removed by its name, and the chosen language stays."""

_log = logging.getLogger("cabinet.sign_in")
_NOT_KEPT = {"Cache-Control": "no-store"}


class SigningOut:
    """The endpoints that end sessions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def sign_out(self, request: Request) -> Response:
        """Ask, then end the session here and at the provider (RP-Initiated Logout 1.0)."""
        parts, screens = self._parts, self._parts.screens
        token, session = parts.token(request), parts.standing(request).session
        if session is None or token is None:
            return self._leave(f"{PATH}/signed-out")
        target = await self._end_session_address(session)
        if request.method != "POST":
            values = {"action": f"{PATH}/sign-out", "csrf": csrf_of(token)}
            targets = [] if target.startswith(("/", parts.address)) else [origin_of(target)]
            return screens.page(request, "sign_out.html", values, form_targets=targets)
        try:
            form = await read_form(request)
        except FormRefusedError:
            form = {}
        if not is_own_form(form, token):
            return error_page(screens, request, 403)
        await self._end(request, session)
        return self._leave(target)

    async def signed_out(self, request: Request) -> Response:
        """Say good-bye."""
        return self._parts.screens.page(request, "signed_out.html", {})

    async def back_channel(self, request: Request) -> Response:
        """End what a logout token of the provider names (Back-Channel Logout 1.0, 2.5-2.8)."""
        try:
            form = await read_form(request)
            token = form.get("logout_token", "")
            logout = await read_logout_token(self._parts.provider, token, self._parts.now())
            ended = await run_in_threadpool(self._take, logout)
        except FormRefusedError:
            return _refused("no form with a logout token")
        except TokenRefusedError as error:
            _log.warning("a logout token was refused: %s", error)
            return _refused(str(error))
        except ProviderError as error:
            _log.warning("a logout token cannot be checked: %s", error)
            return JSONResponse({"error": "temporarily_unavailable"}, 503, _NOT_KEPT)
        for session in ended:
            await self._record(request, session, "back_channel")
        return Response(status_code=200, headers=_NOT_KEPT)

    def _take(self, logout: Logout) -> tuple[Session, ...]:
        """End the sessions, unless this very token was taken before."""
        flows, now = self._parts.ledger.flows, self._parts.now()
        key = f"{logout.issuer} {logout.token}"
        if flows.get(USED_LOGOUT, key, now) is not None:
            raise TokenRefusedError("jti was seen before")
        flows.put(USED_LOGOUT, key, {}, max(logout.expires, now) + timedelta(minutes=15))
        return self._parts.ledger.sessions.end_at_provider(
            logout.issuer, provider_session=logout.session, subject=logout.subject
        )

    async def _end(self, request: Request, session: Session) -> None:
        sessions = self._parts.ledger.sessions
        await run_in_threadpool(sessions.end, session.id, session.account)
        await self._record(request, session, "own")

    async def _end_session_address(self, session: Session) -> str:
        """Where the session at the provider ends; our own page when the provider has no such."""
        parts = self._parts
        try:
            metadata = await parts.provider.metadata()
        except ProviderError as error:
            _log.warning("signed out here only: %s", error)
            return f"{PATH}/signed-out"
        if not metadata.end_session_endpoint or not session.id_token:
            return f"{PATH}/signed-out"
        query = {
            "id_token_hint": session.id_token,
            "client_id": parts.provider.settings.client_id,
            "post_logout_redirect_uri": parts.signed_out,
        }
        joint = "&" if "?" in metadata.end_session_endpoint else "?"
        return f"{metadata.end_session_endpoint}{joint}{urlencode(query)}"

    def _leave(self, target: str) -> Response:
        response = RedirectResponse(target, 303, _NOT_KEPT | {"Clear-Site-Data": CLEAR})
        response.headers.append("Set-Cookie", self._parts.jar.forget(Cookie.SESSION))
        return response

    async def _record(self, request: Request, session: Session, rule: str) -> None:
        entry = AuditEntry(
            moment=self._parts.now(),
            action=Action.SIGN_OUT,
            actor=session.account,
            how=request.client.host if request.client else "",
            rule=rule,
            details={"session": session.id},
        )
        await self._parts.ledger.audit.record(entry)


def _refused(reason: str) -> Response:
    said = {"error": "invalid_request", "error_description": reason}
    return JSONResponse(said, 400, _NOT_KEPT)
