"""Other services behind the door: plain HTTP, streamed both ways, told who asks in headers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from academy.access import Role, Visitor
from auth_proxy.asking import Asking, Receive, Send
from auth_proxy.sending import CutOffError, IsStillAllowed, leaving
from auth_proxy.upstream_headers import Behind, headers_back, headers_there

CONNECT_SECONDS = 5.0
MOST_CONNECTIONS = 100
"""To one service at a time; who comes later waits as long as the service may take to answer."""

_KEPT_CONNECTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A service: the prefix it has here, its address, and what is the most it may take.

    `roles` are those who are let through; none named means everyone with a role.
    """

    prefix: str
    address: str
    roles: frozenset[Role] = frozenset()
    largest_body: int = 32 * 1024 * 1024
    largest_answer: int = 1024 * 1024 * 1024
    seconds: float = 30.0
    """For the head of the answer once it has been sent everything, and for each next piece."""
    longest_seconds: float = 900.0

    def admits(self, visitor: Visitor) -> bool:
        """Tell whether somebody whom the access table lets through may use this one."""
        return not self.roles or bool(self.roles & visitor.roles)


class TooLargeError(Exception):
    """A body is larger than the upstream may be sent."""


class UpstreamFailedError(Exception):
    """The upstream cannot be reached, takes too long, or does not speak HTTP."""


class Upstreams:
    """Passes requests on.

    Each service has connections of its own, so that one which hangs holds up no other. They are
    a transport and not a client of httpx: a client keeps the cookies that one person is given,
    and sends them with the requests of the next.
    """

    def __init__(self, upstreams: Iterable[Upstream], host: str) -> None:
        self._upstreams = {one.prefix: one for one in upstreams}
        self._transports = {prefix: _transport() for prefix in self._upstreams}
        self._host = host

    @asynccontextmanager
    async def connections(self) -> AsyncIterator[None]:
        """Keep connections to the services as long as this lasts."""
        async with AsyncExitStack() as stack:
            for transport in self._transports.values():
                await stack.enter_async_context(transport)
            yield

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
        behind = Behind(upstream.prefix, upstream.address)
        sent = headers_there(asking, behind, visitor, self._host)
        response = await self._ask(asking, upstream, sent, receive)
        headers = headers_back(behind, response.status_code, response.headers.raw)
        start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        try:
            async with asyncio.timeout(upstream.longest_seconds), leaving(receive) as has_left:
                await send(start)
                if asking.method != "HEAD":
                    await _pass_on(response, upstream, send, is_still_allowed, has_left)
                await send({"type": "http.response.body", "body": b""})
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            raise CutOffError from error
        finally:
            await response.aclose()
        return response.status_code

    async def _ask(
        self,
        asking: Asking,
        upstream: Upstream,
        headers: list[tuple[bytes, bytes]],
        receive: Receive,
    ) -> httpx.Response:
        """Send the request on, and wait for the head of the answer."""
        limits = httpx.Timeout(upstream.seconds, connect=CONNECT_SECONDS)
        try:
            async with asyncio.timeout(upstream.seconds) as waiting:
                body = _body(receive, upstream, waiting) if _has_body(asking) else None
                request = httpx.Request(
                    asking.method,
                    _address(asking, upstream),
                    headers=headers,
                    content=body,
                    extensions={"timeout": limits.as_dict()},
                )
                response = await self._transports[upstream.prefix].handle_async_request(request)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise UpstreamFailedError(type(error).__name__) from error
        if not 200 <= response.status_code < 600:
            await response.aclose()
            raise UpstreamFailedError(f"status {response.status_code}")
        return response


def _transport() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(
        limits=httpx.Limits(
            max_connections=MOST_CONNECTIONS, max_keepalive_connections=_KEPT_CONNECTIONS
        )
    )


def _address(asking: Asking, upstream: Upstream) -> str:
    rest = quote(asking.path.removeprefix(upstream.prefix))
    query: bytes = asking.scope.get("query_string", b"")
    asked = f"?{quote(query, safe=_IN_A_QUERY)}" if query else ""
    return f"{upstream.address.rstrip('/')}/{rest}{asked}"


_IN_A_QUERY = "%/?:@!$&'()*+,;=[]|`{}^\\"


def _has_body(asking: Asking) -> bool:
    return b"content-length" in asking.headers or b"transfer-encoding" in asking.headers


async def _body(
    receive: Receive, upstream: Upstream, waiting: asyncio.Timeout
) -> AsyncIterator[bytes]:
    """What the client sends. How long it may take for that is the server's to say."""
    size, more = 0, True
    while more:
        waiting.reschedule(None)
        message = await receive()
        waiting.reschedule(asyncio.get_running_loop().time() + upstream.seconds)
        if message["type"] == "http.disconnect":
            raise CutOffError
        size += len(message.get("body", b""))
        if size > upstream.largest_body:
            raise TooLargeError
        yield message.get("body", b"")
        more = message.get("more_body", False)


async def _pass_on(
    response: httpx.Response,
    upstream: Upstream,
    send: Send,
    is_still_allowed: IsStillAllowed,
    has_left: asyncio.Task[None],
) -> None:
    """Send the body of an answer on, each piece as it comes."""
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > upstream.largest_answer or has_left.done() or not is_still_allowed():
            raise CutOffError
        await send({"type": "http.response.body", "body": piece, "more_body": True})
