"""What a service behind the door hears of a request in headers, and what of its own pass back.

A service believes these headers, so every spelling of them that a client sends
is dropped first: in any case, and with any mark for `-`, which CGI, WSGI and PHP
read as the same letter (CWE-290; the `underscores_in_headers` trap).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from academy.access import Visitor
from auth_proxy.asking import Asking
from auth_proxy.headers import PERSONAL, Header, Headers
from auth_proxy.sign_in.cookies import pairs

PREFIX = "x-cabinet-"
"""How the names of our identity headers begin."""

# RFC 9110, 7.6.1: these belong to one connection.
_HOP_BY_HOP = frozenset(
    {
        "connection", "http2-settings", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
# Things about us or about the client that a service must hear from us only, or not at all;
# `proxy` is read as a setting by programs under CGI (httpoxy, CVE-2016-5385).
_OURS = frozenset(
    {
        "accept-encoding", "authorization", "client-ip", "cookie", "expect", "forwarded",
        "front-end-https", "host", "proxy", "true-client-ip", "via", "x-host", "x-real-ip",
        "x-rewrite-url", "x-scheme",
    }
)  # fmt: skip
# The names under which other doors tell services who asks, from where, and what for.
_SAID_BY_US = (
    PREFIX, "remote-", "ssl-", "x-auth", "x-client", "x-forwarded-", "x-http-", "x-method-",
    "x-original-", "x-remote-", "x-ssl-", "x-user", "x-webauth-",
)  # fmt: skip
# A service speaks neither for the whole house nor to nginx in front of it.
_NOT_BACK = _HOP_BY_HOP | {
    "alt-svc", "clear-site-data", "date", "server", "service-worker-allowed",
    "strict-transport-security", "x-powered-by", "x-sendfile",
}  # fmt: skip
_TO_NGINX = "x-accel-"
_BODILESS = frozenset({204, 304})
_NAME = re.compile(r"[a-z0-9-]+")
_USUAL: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    PERSONAL,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a service is: the prefix it has here, and its own address."""

    prefix: str
    address: str


def headers_there(asking: Asking, behind: Behind, visitor: Visitor, host: str) -> list[Header]:
    """The headers a service gets: those of the client that are harmless, then ours."""
    dropped = _HOP_BY_HOP | _OURS | _named(asking.headers.get(b"connection", b""))
    sent: list[Header] = asking.scope["headers"]
    kept = [
        (name, value)
        for name, value in sent
        if _passes(name.decode("latin-1").lower(), dropped, _SAID_BY_US)
    ]
    cookies = "; ".join(f"{name}={value}" for name, value in pairs(sent) if not is_ours(name))
    ours = {
        "accept-encoding": asking.headers.get(b"accept-encoding", b"identity").decode("latin-1"),
        "x-cabinet-account": quote(visitor.account, safe=""),
        "x-cabinet-roles": ",".join(sorted(role.value for role in visitor.roles)),
        "x-cabinet-groups": ",".join(sorted(quote(one, safe="") for one in visitor.groups)),
        "x-forwarded-for": asking.client.host,
        "x-forwarded-host": host,
        "x-forwarded-proto": "https" if asking.client.is_secure else "http",
        "x-forwarded-prefix": behind.prefix.rstrip("/"),
    } | ({"cookie": cookies} if cookies else {})
    return [*kept, *((name.encode(), value.encode("latin-1")) for name, value in ours.items())]


def headers_back(behind: Behind, status: int, headers: Iterable[Header]) -> Headers:
    """The headers of an answer that pass back, and the usual ones that it lacks."""
    found = [(name.lower(), value) for name, value in headers]
    named = b",".join(value for name, value in found if name == b"connection")
    dropped = _NOT_BACK | _named(named)
    if status in _BODILESS:
        # It tells the length of what is not sent, and servers of ours would wait for it.
        dropped |= {"content-length"}
    kept = [
        (name, _back_here(behind, value) if name == b"location" else value)
        for name, value in found
        if _passes(name.decode("latin-1"), dropped, (_TO_NGINX,))
        and not (name == b"set-cookie" and is_ours(value.decode("latin-1")))
    ]
    said = {name for name, _ in kept}
    return (*kept, *(header for header in _USUAL if header[0] not in said))


def is_ours(cookie: str) -> bool:
    """Whether a cookie is one of the door's, or could be taken for one.

    A browser sends a cookie that was set without a name as its bare value, which
    may look like a whole cookie of another name (CVE-2022-2860).
    """
    return cookie.lstrip(" \t=").lower().startswith(("__host-", "__secure-", "loopback-"))


def _named(connection: bytes) -> frozenset[str]:
    """The headers that `Connection` declares to be of one connection, too."""
    names = connection.decode("latin-1").lower().split(",")
    return frozenset(one.strip() for one in names)


def _passes(name: str, dropped: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    is_plain = _NAME.fullmatch(name) is not None
    return is_plain and name not in dropped and not name.startswith(beginnings)


def _back_here(behind: Behind, location: bytes) -> bytes:
    """An address of the service as it is called here."""
    own = behind.address.rstrip("/").encode() + b"/"
    if not location.startswith(own):
        return location
    return behind.prefix.encode() + location.removeprefix(own)
