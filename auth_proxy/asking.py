"""A request as the door sees it: the scope of ASGI without a framework around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from auth_proxy.forwarded import Client

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Asking:
    """One request. A header that was sent twice is both values with a comma between (RFC 9110)."""

    __slots__ = ("client", "headers", "method", "path", "raw_path", "receive", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope, self.receive = scope, receive
        self.method: str = scope["method"]
        self.raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        self.path = ""
        self.client = Client("", is_secure=False)
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers[name] = headers[name] + b", " + value if name in headers else value
        self.headers = headers

    @property
    def peer(self) -> str:
        """The address at the other end of the connection; "" for a socket without one."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def is_reading(self) -> bool:
        """Whether nothing is to be changed: GET or HEAD."""
        return self.method in ("GET", "HEAD")

    @property
    def is_navigation(self) -> bool:
        """Whether a person waits for a page, and not a page for a part of itself."""
        mode = self.headers.get(b"sec-fetch-mode")
        if mode is not None:
            return mode == b"navigate"
        return b"text/html" in self.headers.get(b"accept", b"")
