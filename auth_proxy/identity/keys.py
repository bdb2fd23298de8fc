"""Keys of the provider: shown before they sign, and shown until what they signed has expired.

A service that asks for the keys once an hour therefore never meets one it has not seen.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from ledger.keys import SigningKey
from ledger.keys import SigningKeys as Kept

ALGORITHM = "RS256"
"""What every OpenID Connect client knows (Core 1.0, 15.1)."""
KEY_BITS = 2048
SIGNS_FOR = timedelta(days=30)
SHOWN_BEFORE = timedelta(days=2)
SHOWN_AFTER = timedelta(days=2)


class SigningKeys:
    """Signs, and shows what signatures are checked with; makes the next key in time."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._lock = threading.Lock()

    def sign(self, claims: Mapping[str, Any], now: datetime, kind: str = "JWT") -> str:
        """Make a signed token; `kind` says what it is (RFC 8725, 3.11)."""
        key = self._current(now)
        header = {"alg": ALGORITHM, "kid": key.id, "typ": kind}
        return jwt.encode(header, dict(claims), RSAKey.import_key(json.loads(key.private)))

    def shown(self, now: datetime) -> dict[str, Any]:
        """The key set that everybody may read; private parts are not in it."""
        self._current(now)
        return {"keys": [dict(key.public) for key in self._kept.published(now)]}

    def read(self, token: str, now: datetime) -> Mapping[str, Any] | None:
        """The claims of a token that this provider signed, expired or not; None for any other."""
        shown = KeySet.import_key_set(self.shown(now))  # type: ignore[arg-type]
        try:
            return jwt.decode(token, shown, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError):
            return None

    def rotate(self, now: datetime) -> SigningKey:
        """Make a key that signs as soon as everybody can know it; the others are shown on."""
        with self._lock:
            has_any = self._kept.signing(now) is not None
            return self._add(now, now + SHOWN_BEFORE if has_any else now)

    def replace(self, now: datetime) -> SigningKey:
        """Make a key that signs from now on, and destroy all others, as after a leak.

        Raises `ledger.database.NotWipedError` when it is done, but a journal still holds them.
        """
        with self._lock:
            made = _made(now, now)
            self._kept.replace_all(made)
            return made

    def _current(self, now: datetime) -> SigningKey:
        """The key to sign with; the next one is made while this one still has time."""
        with self._lock:
            current = self._kept.signing(now) or self._add(now, now)
            newest = max(key.signs_until for key in self._kept.published(now))
            if newest - now <= SHOWN_BEFORE:
                self._add(now, newest)
            return current

    def _add(self, now: datetime, signs_from: datetime) -> SigningKey:
        key = _made(now, signs_from)
        self._kept.add(key)
        return key


def _made(now: datetime, signs_from: datetime) -> SigningKey:
    made = RSAKey.generate_key(KEY_BITS)
    name = made.thumbprint()
    signs_until = signs_from + SIGNS_FOR
    return SigningKey(
        id=name,
        private=json.dumps(made.as_dict(private=True)).encode(),
        public={**made.as_dict(private=False), "kid": name, "alg": ALGORITHM, "use": "sig"},
        created=now,
        signs_from=signs_from,
        signs_until=signs_until,
        published_until=signs_until + SHOWN_AFTER,
    )
