"""Other services behind the door: plain HTTP, streamed both ways, told who asks in headers.

An upstream believes these headers, so every spelling of them that a client
sends is dropped first: in any case, and with `_`, which many servers read as `-`
(CWE-290; the `underscores_in_headers` trap).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Container, Iterable
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from academy.access import Role, Visitor
from auth_proxy.asking import Asking, Receive, Send
from auth_proxy.headers import PERSONAL, Headers
from auth_proxy.sending import PIECE, CutOffError, IsStillAllowed
from auth_proxy.sign_in.cookies import pairs

PREFIX = "x-cabinet-"
"""How the names of our identity headers begin."""

# RFC 9110, 7.6.1: these belong to one connection. The rest says things about us or the
# client that an upstream must hear from us only, or not at all.
_HOP_BY_HOP = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
        "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
_OURS = frozenset(
    {
        "accept-encoding", "authorization", "cookie", "expect", "forwarded", "host", "remote-user",
        "via", "x-real-ip", "x-original-url", "x-rewrite-url",
    }
)  # fmt: skip
_NOT_BACK = _HOP_BY_HOP | {
    "alt-svc", "date", "server", "set-cookie", "strict-transport-security", "x-accel-redirect",
    "x-powered-by",
}  # fmt: skip
_USUAL: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    PERSONAL,
)
_SAID_BY_US = ("x-forwarded-", PREFIX, "x-remote-", "x-auth-", "x-user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A service: the prefix it has here, its address, and what is the most it may take.

    `roles` are those who are let through; none named means everyone signed in.
    """

    prefix: str
    address: str
    roles: frozenset[Role] = frozenset()
    largest_body: int = 32 * 1024 * 1024
    largest_answer: int = 1024 * 1024 * 1024
    seconds: float = 30.0
    """For the head of the answer, and for each next piece of it."""
    longest_seconds: float = 900.0

    def admits(self, visitor: Visitor) -> bool:
        """Tell whether somebody who is signed in may use it."""
        return not self.roles or bool(self.roles & visitor.roles)


class TooLargeError(Exception):
    """A body is larger than the upstream may be sent."""


class UpstreamFailedError(Exception):
    """The upstream cannot be reached, or takes too long."""


class Upstreams:
    """Passes requests on."""

    def __init__(self, upstreams: Iterable[Upstream], client: httpx.AsyncClient, host: str) -> None:
        self._upstreams = {one.prefix: one for one in upstreams}
        self._client, self._host = client, host

    def of(self, path: str) -> Upstream | None:
        """The upstream of a path, if it is one's."""
        if not self._upstreams:
            return None
        first, slash, _ = path[1:].partition("/")
        return self._upstreams.get(f"/{first}/") if slash else None

    async def answer(
        self,
        asking: Asking,
        upstream: Upstream,
        visitor: Visitor,
        receive: Receive,
        send: Send,
        is_still_allowed: IsStillAllowed,
    ) -> int:
        """Let an upstream answer; gives the status.

        Raises `TooLargeError` and `UpstreamFailedError` before anything is sent, and
        `CutOffError` when the answer broke off, grew too large, or may not be read any more.
        """
        declared = asking.headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > upstream.largest_body:
            raise TooLargeError
        request = self._client.build_request(
            asking.method,
            _address(asking, upstream),
            headers=forwarded_headers(asking, upstream, visitor, self._host),
            content=_body(receive, upstream.largest_body) if _has_body(asking) else None,
            timeout=httpx.Timeout(upstream.seconds, connect=5),
        )
        try:
            async with asyncio.timeout(upstream.seconds):
                response = await self._client.send(request, stream=True, follow_redirects=False)
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            raise UpstreamFailedError(type(error).__name__) from error
        try:
            async with asyncio.timeout(upstream.longest_seconds):
                await _pass_back(asking, upstream, response, send, is_still_allowed)
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            raise CutOffError from error
        finally:
            await response.aclose()
        return response.status_code


def forwarded_headers(
    asking: Asking, upstream: Upstream, visitor: Visitor, host: str
) -> list[tuple[bytes, bytes]]:
    """The headers an upstream gets: those of the client that are harmless, then ours."""
    named = asking.headers.get(b"connection", b"").decode("latin-1").lower().split(",")
    dropped = _HOP_BY_HOP | _OURS | {one.strip() for one in named}
    kept = [
        (name, value)
        for name, value in asking.scope["headers"]
        if not _is_dropped(name.decode("latin-1"), dropped)
    ]
    cookies = "; ".join(
        f"{name}={value}" for name, value in pairs(asking.scope["headers"]) if not _is_ours(name)
    )
    ours = {
        "accept-encoding": asking.headers.get(b"accept-encoding", b"identity").decode("latin-1"),
        "x-cabinet-account": visitor.account,
        "x-cabinet-roles": ",".join(sorted(role.value for role in visitor.roles)),
        "x-cabinet-groups": ",".join(sorted(visitor.groups)),
        "x-forwarded-for": asking.client.host,
        "x-forwarded-host": host,
        "x-forwarded-proto": "https" if asking.client.is_secure else "http",
        "x-forwarded-prefix": upstream.prefix.rstrip("/"),
    } | ({"cookie": cookies} if cookies else {})
    return [*kept, *((name.encode(), value.encode("latin-1")) for name, value in ours.items())]


def _is_dropped(name: str, dropped: Container[str]) -> bool:
    plain = name.lower().replace("_", "-")
    return plain in dropped or plain.startswith(_SAID_BY_US) or "_" in name


def _is_ours(cookie: str) -> bool:
    """Whether a cookie is one of the door's, or could be taken for one."""
    return cookie.strip().lower().startswith(("__host-", "__secure-", "loopback-"))


def _address(asking: Asking, upstream: Upstream) -> str:
    rest = quote(asking.path.removeprefix(upstream.prefix))
    query: bytes = asking.scope.get("query_string", b"")
    return f"{upstream.address.rstrip('/')}/{rest}" + (
        f"?{query.decode('latin-1')}" if query else ""
    )


def _has_body(asking: Asking) -> bool:
    return b"content-length" in asking.headers or b"transfer-encoding" in asking.headers


async def _body(receive: Receive, largest: int) -> AsyncIterator[bytes]:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise httpx.WriteError("the client has gone")
        size += len(message.get("body", b""))
        if size > largest:
            raise TooLargeError
        yield message.get("body", b"")
        more = message.get("more_body", False)


async def _pass_back(
    asking: Asking,
    upstream: Upstream,
    response: httpx.Response,
    send: Send,
    is_still_allowed: IsStillAllowed,
) -> None:
    headers = _headers_back(upstream, response)
    start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
    await send(start)
    size = 0
    if asking.method != "HEAD":
        async for piece in response.aiter_raw(PIECE):
            size += len(piece)
            if size > upstream.largest_answer or not is_still_allowed():
                raise CutOffError
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _headers_back(upstream: Upstream, response: httpx.Response) -> Headers:
    found = [(name.lower(), value) for name, value in response.headers.raw]
    named = response.headers.get("connection", "").lower().split(",")
    dropped = _NOT_BACK | {one.strip() for one in named}
    kept = [
        (name, _back_here(upstream, value) if name == b"location" else value)
        for name, value in found
        if name.decode("latin-1") not in dropped
    ]
    kept += [
        (name, value)
        for name, value in found
        if name == b"set-cookie" and not _is_ours(value.decode("latin-1"))
    ]
    said = {name for name, _ in kept}
    return (*kept, *(header for header in _USUAL if header[0] not in said))


def _back_here(upstream: Upstream, location: bytes) -> bytes:
    """An address of the upstream as it is called here."""
    own = upstream.address.rstrip("/").encode() + b"/"
    return (
        upstream.prefix.encode() + location.removeprefix(own)
        if location.startswith(own)
        else location
    )
