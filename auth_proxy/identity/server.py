"""Authlib's authorization server over plain values: no framework, no globals.

What comes in is an `Asked`, what goes out an `Answer`; the web application around it translates.
"""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Payload, OAuth2Request
from authlib.oauth2.rfc6749.errors import OAuth2Error

from academy.account import Account
from auth_proxy.identity.services import SCOPES, Service
from ledger.flows import Flows

ACCESS_LIFETIME = timedelta(minutes=10)
"""An access token opens userinfo and nothing else, right after signing in."""
ACCESS = "access-token"

Clock = Callable[[], datetime]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the provider."""

    method: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Pairs = ()
    form: Pairs = ()


@dataclass(slots=True)
class Answer:
    """What the provider answers: a status, JSON or nothing, and headers."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def location(self) -> str:
        """Where it sends the browser; empty when it does not."""
        return self.headers.get("Location", "")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account in a session of the provider: whom a code is made for."""

    account: Account
    session: str
    moment: datetime


class IdentityServer(AuthorizationServer):  # type: ignore[misc]
    """The provider's rules: known services, opaque tokens, its name on every answer (RFC 9207)."""

    def __init__(
        self, issuer: str, services: Mapping[str, Service], flows: Flows, clock: Clock
    ) -> None:
        super().__init__(scopes_supported=SCOPES)
        self.issuer, self.services = issuer, services
        self.flows, self.clock = flows, clock
        self.register_token_generator("default", self._make_token)
        self.register_client_auth_method("client_secret_basic", _service_by_header)

    def query_client(self, client_id: str) -> Service | None:
        """Find a service by its id."""
        return self.services.get(client_id)

    def validate_requested_scope(self, scope: str | None) -> None:
        """Unknown scopes are left out (OpenID Connect Core, 3.1.2.1), but one has to be there."""
        if "openid" not in (scope or "").split():
            raise OAuth2Error("The scope openid is missing.", error="invalid_scope")

    def save_token(self, token: Mapping[str, Any], request: OAuth2Request) -> None:
        """Keep what userinfo needs to know about an access token."""
        signed_in: SignedIn = request.user
        known = {"scope": token["scope"], "service": request.client.id}
        expires = self.clock() + ACCESS_LIFETIME
        account = signed_in.account.id
        self.flows.put(
            ACCESS, token["access_token"], known | {"account": account}, expires, account
        )

    def create_oauth2_request(self, request: Asked | OAuth2Request) -> OAuth2Request:
        """Translate what came in."""
        return request if isinstance(request, OAuth2Request) else _Request(request)

    def handle_response(self, status: int, body: Any, headers: Pairs) -> Answer:  # noqa: ANN401
        """Translate what goes out."""
        answer = Answer(status, body, dict(headers))
        if status == 302 and answer.location:
            # The provider says its name, so that a service never takes another's answer for it.
            answer.headers["Location"] = add_params_to_uri(answer.location, [("iss", self.issuer)])
        return answer

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def _make_token(self, *, scope: str, **_: object) -> dict[str, Any]:
        return {
            "token_type": "Bearer",
            "access_token": secrets.token_urlsafe(32),
            "expires_in": int(ACCESS_LIFETIME.total_seconds()),
            "scope": scope,
        }


class _Payload(OAuth2Payload):  # type: ignore[misc]
    """The parameters of a request; of several of one name Authlib sees each."""

    def __init__(self, pairs: Pairs) -> None:
        self._data: dict[str, str] = {}
        self._all: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            self._data.setdefault(name, value)
            self._all[name].append(value)

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return self._all


class _Request(OAuth2Request):  # type: ignore[misc]
    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.method, asked.address, headers=dict(asked.headers))
        self.payload = _Payload(
            asked.form if asked.method == "POST" and asked.form else asked.query
        )
        self._form = dict(asked.form)
        self._args = dict(asked.query)

    @property
    def args(self) -> dict[str, str]:
        return self._args

    @property
    def form(self) -> dict[str, str]:
        return self._form


def _service_by_header(
    find: Callable[[str], Service | None], request: OAuth2Request
) -> Service | None:
    """Find a service by the header Authorization.

    Name and secret are to be form-encoded in it (RFC 6749, 2.3.1), which many
    services do not know: a secret is right in either form.
    """
    kind, _, pair = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    name, _, secret = b64decode(pair, validate=True).decode().partition(":")
    service = find(unquote_plus(name))
    if service is None:
        return None
    is_right = service.check_client_secret(secret) | service.check_client_secret(
        unquote_plus(secret)
    )
    return service if is_right else None


def origin_of(address: str) -> str:
    """The origin of an address, as policies write it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
