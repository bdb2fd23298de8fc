"""What an ID token, a logout token and the userinfo must say before they are believed.

Authlib's client lets several of these pass by default; here each rule stands by itself
(OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2; Back-Channel Logout 1.0, 2.6; RFC 9207).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from auth_proxy.sign_in.provider import ALGORITHMS, Provider

LEEWAY = timedelta(seconds=30)
"""How far two clocks may be apart."""
OLDEST = timedelta(minutes=10)
"""An ID token is made for this very sign-in, so it is young."""
LONGEST_SUBJECT = 255
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Claims = Mapping[str, Any]


class TokenRefusedError(Exception):
    """A token is not believed; the message says which rule it breaks."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who has signed in at the provider, and in which session of it."""

    issuer: str
    subject: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class Logout:
    """What a logout token ends: a session of the provider, or all of a subject."""

    issuer: str
    subject: str
    session: str
    token: str
    """The token's own id, which is taken once."""
    expires: datetime


async def read_id_token(
    provider: Provider, token: str, nonce: str, access_token: str, now: datetime
) -> Identity:
    """Check an ID token. Raises `TokenRefusedError` and `ProviderError`."""
    header, claims = await _verified(provider, token)
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise TokenRefusedError(f"typ is {header['typ']!r}, which is no ID token")
    _check_origin(claims, provider)
    _check_times(claims, now)
    subject = _subject(claims)
    given = claims.get("nonce")
    if not isinstance(given, str) or not compare_digest(given.encode(), nonce.encode()):
        raise TokenRefusedError("nonce is not the one of this sign-in")
    if (half := claims.get("at_hash")) is not None and half != _half_hash(access_token):
        raise TokenRefusedError("at_hash does not belong to the access token")
    session = claims.get("sid", "")
    return Identity(provider.settings.issuer, subject, session if isinstance(session, str) else "")


async def read_logout_token(provider: Provider, token: str, now: datetime) -> Logout:
    """Check a logout token. Raises `TokenRefusedError` and `ProviderError`.

    Whether its id was seen before is for the caller to know.
    """
    header, claims = await _verified(provider, token)
    # Explicit typing is recommended, and then nothing else may come in its place (2.4).
    if str(header.get("typ", "logout+jwt")).lower() not in ("logout+jwt", "application/logout+jwt"):
        raise TokenRefusedError(f"typ is {header['typ']!r}, which is no logout token")
    _check_origin(claims, provider)
    expires = _check_times(claims, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise TokenRefusedError("events name no logout")
    if "nonce" in claims:
        raise TokenRefusedError("nonce stands in a logout token")
    token_id = claims.get("jti")
    if not isinstance(token_id, str) or not 0 < len(token_id) <= LONGEST_SUBJECT:
        raise TokenRefusedError("jti is missing")
    session, subject = claims.get("sid", ""), claims.get("sub", "")
    if not (isinstance(session, str) and isinstance(subject, str) and (session or subject)):
        raise TokenRefusedError("neither sub nor sid says who is signed out")
    return Logout(provider.settings.issuer, subject, session, token_id, expires)


def check_userinfo(said: Mapping[str, Any], identity: Identity) -> None:
    """Check that userinfo is about the same person. Raises `TokenRefusedError`."""
    if said.get("sub") != identity.subject:
        raise TokenRefusedError("userinfo is of another sub")


def check_callback(provider: Provider, named: str | None, names_itself: bool) -> None:
    """Check who answers on the callback (RFC 9207). Raises `TokenRefusedError`."""
    if named is None and names_itself:
        raise TokenRefusedError("iss is missing on the callback")
    if named is not None and named != provider.settings.issuer:
        raise TokenRefusedError("iss on the callback is another provider")


async def _verified(provider: Provider, token: str) -> tuple[Mapping[str, Any], Claims]:
    """Verify the signature with a key of the provider, by an algorithm that is allowed."""
    metadata = await provider.metadata()
    header = _header(token)
    algorithm, name = header.get("alg"), header.get("kid")
    if algorithm not in metadata.algorithms:
        raise TokenRefusedError(f"alg {algorithm!r} is not allowed")
    if name is not None and not isinstance(name, str):
        raise TokenRefusedError("kid is no text")
    for key in _candidates(await provider.keys(missing=name), name, algorithm):
        try:
            found = jwt.decode(token, key, registry=JWSRegistry(None, [algorithm], False))
        except (JoseError, ValueError):
            continue
        return found.header, found.claims
    raise TokenRefusedError("the signature is none of the provider's")


def _header(token: str) -> Mapping[str, Any]:
    """Read the header of a token, of which nothing is believed yet."""
    try:
        header = json.loads(urlsafe_b64decode(token.partition(".")[0].encode()))
    except ValueError as error:
        raise TokenRefusedError("this is no signed token") from error
    if not isinstance(header, dict):
        raise TokenRefusedError("this is no signed token")
    return header


def _candidates(keys: KeySet, name: str | None, algorithm: str) -> list[Key]:
    """The keys that can have made a signature: the one named, or each one that fits."""
    return [
        key
        for key in keys
        if key.key_type == ALGORITHMS[algorithm]
        and (name is None or key.kid == name)
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, algorithm)
    ]


def _check_origin(claims: Claims, provider: Provider) -> None:
    settings = provider.settings
    if claims.get("iss") != settings.issuer:
        raise TokenRefusedError("iss is another provider")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    # A token for several services is one that any of them can use here.
    if audiences != [settings.client_id]:
        raise TokenRefusedError("aud is another service")
    if claims.get("azp", settings.client_id) != settings.client_id:
        raise TokenRefusedError("azp is another service")


def _check_times(claims: Claims, now: datetime) -> datetime:
    issued, expires = (_moment(claims, name, now) for name in ("iat", "exp"))
    if expires <= now - LEEWAY:
        raise TokenRefusedError("exp has passed")
    if issued > now + LEEWAY:
        raise TokenRefusedError("iat lies ahead")
    if issued < now - OLDEST:
        raise TokenRefusedError("iat is too long ago")
    if "nbf" in claims and _moment(claims, "nbf", now) > now + LEEWAY:
        raise TokenRefusedError("nbf lies ahead")
    return expires


def _moment(claims: Claims, name: str, now: datetime) -> datetime:
    seconds = claims.get(name)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TokenRefusedError(f"{name} is missing or no moment")
    try:
        return datetime.fromtimestamp(seconds, now.tzinfo)
    except (OverflowError, ValueError, OSError):
        raise TokenRefusedError(f"{name} is missing or no moment") from None


def _subject(claims: Claims) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenRefusedError("sub is missing or empty")
    return subject


def _half_hash(access_token: str) -> str:
    # Every signature that is taken here goes with SHA-256.
    digest = sha256(access_token.encode()).digest()
    return urlsafe_b64encode(digest[: len(digest) // 2]).decode()
