"""The provider at the other end: its metadata, and its keys.

Nothing of the metadata is believed that the configuration does not allow: the issuer must be the
configured one, its addresses must be of a kind we may ask (OpenID Connect Discovery 1.0, 4.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = {"ES256": "EC", "RS256": "RSA", "PS256": "RSA"}
"""Signatures that are taken at all, and their keys: neither `none` nor shared secrets."""

METADATA_AGE = timedelta(hours=1)
KEYS_AGE = timedelta(hours=1)
REFETCH_PAUSE = timedelta(seconds=10)
"""Between two fetches of keys for the sake of an unknown key id, whoever names it."""
LARGEST = 256 * 1024
TIMEOUT = httpx.Timeout(10, connect=5)

Clock = Callable[[], datetime]


class ProviderError(Exception):
    """The provider cannot be reached, or says what it may not say."""


class RequestRefusedError(ProviderError):
    """The provider answers that it does not take what it was asked, such as a code used before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this program is registered with its provider."""

    issuer: str
    client_id: str
    client_secret: str = ""
    scope: str = "openid"
    """The proxy needs to know who it is and nothing more; names come from the records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the provider says of itself, as far as it is needed."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    algorithms: tuple[str, ...] = ("RS256",)
    names_itself_on_callback: bool = False
    takes_secret_in_header: bool = True


class Provider:
    """A provider, asked as seldom as possible.

    One in this process is asked for its keys each time (`is_inside`): that costs next to nothing,
    and a key that was destroyed after a leak is believed no longer, its successor at once.
    """

    def __init__(
        self,
        settings: Settings,
        client: httpx.AsyncClient,
        clock: Clock,
        *,
        is_inside: bool = False,
    ) -> None:
        self.settings = settings
        self._client, self._clock, self._is_inside = client, clock, is_inside
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._refetched: datetime | None = None

    async def metadata(self) -> Metadata:
        """The checked metadata. Raises `ProviderError`."""
        now = self._clock()
        if self._metadata is None or now - self._metadata[0] > METADATA_AGE:
            address = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
            said = await self.get_json(address)
            self._metadata = (now, checked_metadata(said, self.settings.issuer))
        return self._metadata[1]

    async def keys(self, missing: str | None = None) -> KeySet:
        """The provider's keys; `missing` names one that was not among those given last.

        An unknown name brings the keys anew, but not more often than the pause allows: the name
        stands in a header that anybody can write. Raises `ProviderError`.
        """
        now = self._clock()
        is_fresh = self._keys is not None and now - self._keys[0] <= KEYS_AGE
        if self._keys is not None and is_fresh and not self._is_inside:
            if missing is None or missing in {key.kid for key in self._keys[1]}:
                return self._keys[1]
            if self._refetched is not None and now - self._refetched < REFETCH_PAUSE:
                return self._keys[1]
        self._refetched = now
        said = await self.get_json((await self.metadata()).jwks_uri)
        self._keys = (now, _key_set(said))
        return self._keys[1]

    async def get_json(self, address: str, token: str = "") -> Mapping[str, Any]:
        """Get a JSON object. Raises `ProviderError`."""
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return await self.send(httpx.Request("GET", address, headers=headers))

    async def send(self, request: httpx.Request) -> Mapping[str, Any]:
        """Send a request that is answered with a JSON object. Raises `ProviderError`."""
        request.extensions["timeout"] = TIMEOUT.as_dict()
        try:
            # No redirects: whoever answers for the provider answers at its own address.
            response = await self._client.send(request, stream=True, follow_redirects=False)
            try:
                body = await _bounded(response)
            finally:
                await response.aclose()
            said = httpx.Response(response.status_code, content=body).json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderError(f"{request.url.copy_with(query=None)}: {error}") from error
        if response.status_code != 200 or not isinstance(said, dict):
            reason = said.get("error") if isinstance(said, dict) else None
            told = f"{request.url.copy_with(query=None)}: {response.status_code}"
            if reason is None or not response.is_client_error:
                raise ProviderError(told)
            raise RequestRefusedError(f"{told} {str(reason)[:60]!r}")
        return said


def checked_metadata(said: Mapping[str, Any], issuer: str) -> Metadata:
    """Check what a provider says of itself. Raises `ProviderError`."""
    if said.get("issuer") != issuer:
        raise ProviderError(f"the provider calls itself {said.get('issuer')!r}, not {issuer!r}")
    required = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    optional = ("userinfo_endpoint", "end_session_endpoint")
    addresses = {
        name: _address(said, name, issuer) for name in (*required, *optional) if said.get(name)
    }
    if missing := [name for name in required if name not in addresses]:
        raise ProviderError(f"the metadata lack {', '.join(missing)}")
    challenges = said.get("code_challenge_methods_supported")
    if isinstance(challenges, list) and "S256" not in challenges:
        raise ProviderError("the provider does not know PKCE with S256")
    listed = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    algorithms = tuple(one for one in ALGORITHMS if one in listed)
    if not algorithms:
        raise ProviderError(f"none of the signatures {listed} is taken here")
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        **addresses,
        algorithms=algorithms,
        names_itself_on_callback=(
            said.get("authorization_response_iss_parameter_supported") is True
        ),
        takes_secret_in_header="client_secret_basic" in methods,
    )


def is_safe_address(address: str) -> bool:
    """Tell whether secrets may be sent to an address: TLS, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(said: Mapping[str, Any], name: str, issuer: str) -> str:
    address = said[name]
    if not isinstance(address, str) or not is_safe_address(address):
        raise ProviderError(f"{name} of {issuer} is no address over TLS: {address!r}")
    return address


def _key_set(said: Mapping[str, Any]) -> KeySet:
    listed = said.get("keys")
    if not isinstance(listed, list):
        raise ProviderError("the provider's keys are no key set")
    keys = []
    for one in listed:
        try:
            # A private or a shared key is none that a provider shows.
            if isinstance(one, dict) and one.get("kty") in ALGORITHMS.values() and "d" not in one:
                keys.extend(KeySet.import_key_set({"keys": [one]}).keys)
        except (JoseError, ValueError, TypeError, KeyError):
            # One key that cannot be read does not spoil the others (RFC 7517, 5).
            continue
    if not keys:
        raise ProviderError("the provider shows no key that can be used")
    return KeySet(keys)


async def _bounded(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("the answer is too large")
    return body
