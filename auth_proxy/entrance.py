"""Whether a request belongs here at all: by its host, its transport, and the page it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from auth_proxy.asking import Asking
from auth_proxy.forwarded import Client, TrustedProxies
from auth_proxy.origins import is_from_here

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Entrance:
    """The one canonical address of the house, `https://host` or `http://127.0.0.1:port`."""

    def __init__(self, address: str, proxies: TrustedProxies) -> None:
        parts = urlsplit(address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.is_secure = parts.scheme == "https"
        self.host = parts.netloc.lower()
        self._host = self.host.encode()
        self._origin = self.origin.encode()
        self._proxies = proxies
        port = f":{parts.port}" if parts.port else ""
        is_loopback = not self.is_secure and (parts.hostname or "") in {
            "127.0.0.1",
            "localhost",
            "::1",
        }
        self._aliases = {f"{name}{port}".encode() for name in _LOOPBACK if is_loopback}

    def client(self, asking: Asking) -> Client:
        """Who asks."""
        return self._proxies.client(asking.peer, asking.scope["scheme"], asking.headers)

    def elsewhere(self, asking: Asking) -> str | None:
        """Where the request should have gone: "" when nobody can tell; None when it is here.

        The host that a client names decides nothing else and is never repeated (CWE-644).
        """
        host = asking.headers.get(b"host", b"").lower()
        is_here = host == self._host
        if is_here and asking.client.is_secure == self.is_secure:
            return None
        if not asking.is_reading or not (is_here or host in self._aliases):
            return ""
        query: bytes = asking.scope.get("query_string", b"")
        place = asking.raw_path + (b"?" + query if query else b"")
        if not place.startswith(b"/") or not place.isascii():
            return ""
        return self.origin + place.decode("ascii")

    def is_from_here(self, asking: Asking) -> bool:
        """Tell whether a request that would change something comes from a page of ours."""
        return is_from_here(
            asking.method,
            own=self._origin,
            origin=asking.headers.get(b"origin"),
            fetch_site=asking.headers.get(b"sec-fetch-site"),
        )
