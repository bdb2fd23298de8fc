"""Sign-ins under way, without anything kept: the state that comes back carries what is needed.

It is sealed, runs out, and opens only together with the cookie of the browser it was made for, so
a sign-in can be finished where it began and nowhere else (login CSRF: RFC 6749, 10.12). Any number
of them go on side by side, and nobody can fill a table by beginning more.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LIFETIME = timedelta(minutes=30)
"""Long enough to look for the slip with the password."""
_NONCE = 12
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way: its state, and the secrets that belong to it."""

    state: str
    nonce: str
    verifier: str
    back: str
    expires: datetime


class States:
    """Makes and opens states with a key of 256 bits."""

    def __init__(self, key: bytes) -> None:
        self._box, self._key = AESGCM(key), key

    def begin(self, back: str, browser: str, now: datetime) -> Begun:
        """Begin a sign-in that leads `back` in the browser with this token."""
        expires = now + LIFETIME
        content = json.dumps({"back": back, "expires": expires.isoformat()}).encode()
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._box.encrypt(nonce, content, _bound(browser))
        return self._begun(_text(sealed), browser, back, expires)

    def open(self, state: str, browser: str, now: datetime) -> Begun | None:
        """Open a state that came back; None if it is not ours, of another browser, or too old."""
        if len(state) > _LONGEST or not state.isascii():
            return None
        try:
            sealed = urlsafe_b64decode(state + "=" * (-len(state) % 4))
            content = self._box.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(browser))
        except (ValueError, InvalidTag):
            return None
        said = json.loads(content)
        expires = datetime.fromisoformat(said["expires"])
        # One text for one state: base64 has several for the same bytes.
        if expires <= now or _text(sealed) != state:
            return None
        return self._begun(state, browser, said["back"], expires)

    def _begun(self, state: str, browser: str, back: str, expires: datetime) -> Begun:
        nonce, verifier = (
            _text(digest(self._key, f"{use}\0{state}\0{browser}".encode(), sha256))
            for use in ("nonce", "verifier")
        )
        return Begun(state, nonce, verifier, back, expires)


def _bound(browser: str) -> bytes:
    return sha256(browser.encode()).digest()


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
