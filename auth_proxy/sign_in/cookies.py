"""Cookies of the way in: their names, how they are set, and how they are read.

Over TLS each has the prefix `__Host-` (RFC 6265bis): no other host and no plain connection can
set it. On plain loopback, where a browser keeps no `Secure` cookie, each has another name, which
is not looked for at any other address.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Cookie(Enum):
    """What a cookie is for."""

    SESSION = "session"
    """The session at the proxy."""
    BROWSER = "browser"
    """Binds forms and sign-ins under way to the browser they began in."""
    IDENTITY = "identity"
    """The session at the embedded provider."""
    LANGUAGE = "language"
    """The language that was chosen."""


@dataclass(frozen=True, slots=True)
class Jar:
    """How cookies are named and set at one address."""

    is_secure: bool

    def name(self, cookie: Cookie) -> str:
        """The name of a cookie at this address."""
        return f"__Host-{cookie.value}" if self.is_secure else f"loopback-{cookie.value}"

    def set(self, cookie: Cookie, value: str, seconds: int | None = None) -> str:
        """The value of `Set-Cookie`; without `seconds` the browser forgets it when it closes."""
        # Lax, not Strict: a person comes here from a letter or from another provider.
        age = "" if seconds is None else f"; Max-Age={seconds}"
        secure = "; Secure" if self.is_secure else ""
        return f"{self.name(cookie)}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"

    def forget(self, cookie: Cookie) -> str:
        """The value of `Set-Cookie` that removes a cookie."""
        return self.set(cookie, "", 0)

    def read(self, cookie: Cookie, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
        """The value of a cookie; None when it is not there, or there twice.

        Two cookies of one name mean that somebody else has set one of them.
        """
        name = self.name(cookie)
        values = [value for found, value in pairs(headers) if found == name]
        return values[0] if len(values) == 1 else None

    def read_token(self, cookie: Cookie, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
        """The value of a cookie that holds a token of ours; None for anything of another shape."""
        value = self.read(cookie, headers)
        return value if value is not None and is_token(value) else None


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(value: str) -> bool:
    """Tell whether a value has the shape of such a token."""
    return _TOKEN.fullmatch(value) is not None


def pairs(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Every cookie of a request: name and value, exactly as they were sent."""
    found = []
    for name, value in headers:
        if name.lower() == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, equals, content = part.strip(" \t").partition("=")
                if equals:
                    found.append((key, content))
    return found
