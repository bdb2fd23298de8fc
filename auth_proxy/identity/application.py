"""The provider as a web application, everything below `/id/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth_proxy.identity.discovery import metadata
from auth_proxy.identity.provider import Provider
from auth_proxy.identity.questions import Parts, Questions
from auth_proxy.identity.requests import asked_of, response_of
from auth_proxy.identity.signing_out import SigningOut
from auth_proxy.screens.errors import handlers
from auth_proxy.sign_in.forms import FormRefusedError, read_pairs
from ledger.sessions import Sessions

PATH = "/id"

_NOT_KEPT = {"Cache-Control": "no-store"}
_KEPT_SHORTLY = {"Cache-Control": "public, max-age=300"}


class _Machines:
    """The endpoints that services talk to."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def discovery(self, _request: Request) -> Response:
        """What the provider says of itself."""
        return JSONResponse(metadata(self._provider.server.issuer), headers=_KEPT_SHORTLY)

    async def keys(self, _request: Request) -> Response:
        """The keys that signatures are checked with."""
        shown = await run_in_threadpool(self._provider.keys.shown, self._provider.clock())
        return JSONResponse(shown, headers=_KEPT_SHORTLY)

    async def token(self, request: Request) -> Response:
        """Tokens for a code."""
        try:
            pairs = await read_pairs(request)
        except FormRefusedError:
            return _refused(400, "invalid_request")
        names = [name for name, _ in pairs]
        if len(names) != len(set(names)):
            return _refused(400, "invalid_request")
        asked = asked_of(request, f"{self._provider.server.issuer}/token", pairs)
        answer = await run_in_threadpool(self._provider.tokens, asked)
        response = response_of(answer)
        if answer.status == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="id"'
        return response

    async def userinfo(self, request: Request) -> Response:
        """Claims for an access token, which stands in the header and nowhere else (RFC 9700)."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        claims: Mapping[str, object] | None = None
        if kind.lower() == "bearer":
            claims = await run_in_threadpool(self._provider.userinfo, token.strip())
        if claims is None:
            response = _refused(401, "invalid_token")
            response.headers["WWW-Authenticate"] = 'Bearer realm="id", error="invalid_token"'
            return response
        return JSONResponse(dict(claims), headers=_NOT_KEPT)


def identity_application(parts: Parts, sessions: Sessions) -> Starlette:
    """Make the application; `sessions` are those of the proxy, which end with the provider's."""
    questions, machines = Questions(parts), _Machines(parts.provider)
    signing_out = SigningOut(parts, sessions)
    routes: Sequence[Route] = [
        Route(f"{PATH}/.well-known/openid-configuration", machines.discovery),
        Route(f"{PATH}/keys", machines.keys),
        Route(f"{PATH}/token", machines.token, methods=["POST"]),
        Route(f"{PATH}/userinfo", machines.userinfo, methods=["GET", "POST"]),
        Route(f"{PATH}/authorize", questions.authorize, methods=["GET", "POST"]),
        Route(f"{PATH}/password", questions.password, methods=["GET", "POST"]),
        Route(f"{PATH}/end-session", signing_out.end_session, methods=["GET", "POST"]),
    ]
    return Starlette(routes=list(routes), exception_handlers=handlers(parts.screens))


def _refused(status: int, error: str) -> Response:
    return JSONResponse({"error": error}, status, _NOT_KEPT)
