"""Who is really asking, when a trusted proxy stands in front.

`X-Forwarded-*` is believed from the declared addresses only; from anyone else it is
what the client makes up (CWE-290, CWE-348).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Client:
    """The address a request comes from, and whether it came to us over TLS."""

    host: str
    is_secure: bool


class TrustedProxies:
    """The proxies in front that may say whom they ask for."""

    def __init__(self, addresses: Iterable[str] = ()) -> None:
        """Raises `ValueError` for what is no address and no network."""
        self._networks = tuple(ip_network(one) for one in addresses)
        self._known: dict[str, bool] = {}

    def __bool__(self) -> bool:
        """Whether any is declared."""
        return bool(self._networks)

    def are_trusted(self, host: str) -> bool:
        """Tell whether a peer is a declared proxy."""
        if not self._networks:
            return False
        if host not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            self._known[host] = self._contain(host)
        return self._known[host]

    def client(self, peer: str, scheme: str, headers: Mapping[bytes, bytes]) -> Client:
        """Tell who asks. The last address that is none of the proxies' own is the client's."""
        if not self.are_trusted(peer):
            return _client(peer, scheme == "https")
        named = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        hosts = [one.strip() for one in named[-16:]]
        outside = next((one for one in reversed(hosts) if not self.are_trusted(one)), peer)
        proto = headers.get(b"x-forwarded-proto", scheme.encode()).strip().lower()
        return _client(outside if _is_address(outside) else peer, proto == b"https")

    def _contain(self, host: str) -> bool:
        if not _is_address(host):
            return False
        address = ip_address(host)
        return any(address in network for network in self._networks)


@lru_cache(maxsize=1024)
def _client(host: str, is_secure: bool) -> Client:
    return Client(host, is_secure)


@lru_cache(maxsize=1024)
def _is_address(host: str) -> bool:
    if "%" in host:
        # The zone of an address may be any text, and what is written in logs may not.
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
