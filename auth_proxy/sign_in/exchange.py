"""The two steps towards the provider: sending a person there, and trading the code for tokens.

Authlib makes the requests; it never sends them, because its client believes too much of the answers
and because one place should bound every request that leaves this program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from auth_proxy.sign_in.provider import Metadata, Provider, Settings
from auth_proxy.sign_in.states import Begun
from auth_proxy.sign_in.tokens import (
    Identity,
    TokenRefusedError,
    check_callback,
    check_userinfo,
    read_id_token,
)

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody came back from the provider; the token is what signing out there asks for."""

    identity: Identity
    id_token: str


async def address_for(provider: Provider, callback: str, begun: Begun, language: str) -> str:
    """The address at the provider where a sign-in begins. Raises `ProviderError`."""
    metadata = await provider.metadata()
    address: str = prepare_grant_uri(
        metadata.authorization_endpoint,
        provider.settings.client_id,
        "code",
        redirect_uri=callback,
        scope=provider.settings.scope,
        state=begun.state,
        nonce=begun.nonce,
        code_challenge=create_s256_code_challenge(begun.verifier),
        code_challenge_method="S256",
        ui_locales=language,
    )
    return address


async def arrive(
    provider: Provider, callback: str, said: Mapping[str, str], begun: Begun, now: datetime
) -> Arrived:
    """Trade what stands on the callback for an identity.

    `said` are the parameters of the callback, whose state was found to be ours. Raises
    `TokenRefusedError` and `ProviderError`.
    """
    metadata = await provider.metadata()
    check_callback(provider, said.get("iss"), metadata.names_itself_on_callback)
    if "error" in said:
        raise TokenRefusedError(f"the provider says {said['error'][:60]!r}")
    if not said.get("code"):
        raise TokenRefusedError("code is missing on the callback")
    request = _token_request(provider.settings, metadata, callback, said["code"], begun.verifier)
    tokens = await provider.send(request)
    id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise TokenRefusedError("the provider gave no ID token")
    if not (access_token.isascii() and access_token.isprintable()):
        raise TokenRefusedError("the access token is no text for a header")
    identity = await read_id_token(provider, id_token, begun.nonce, access_token, now)
    if metadata.userinfo_endpoint:
        check_userinfo(await provider.get_json(metadata.userinfo_endpoint, access_token), identity)
    return Arrived(identity, id_token)


def _token_request(
    settings: Settings, metadata: Metadata, callback: str, code: str, verifier: str
) -> httpx.Request:
    body = prepare_token_request(
        "authorization_code", code=code, redirect_uri=callback, code_verifier=verifier
    )
    headers = {"Content-Type": _FORM, "Accept": "application/json"}
    client = _client_auth(settings, metadata)
    address, headers, body = client.prepare("POST", metadata.token_endpoint, headers, body)
    return httpx.Request("POST", address, headers=headers, content=body)


def _client_auth(settings: Settings, metadata: Metadata) -> ClientAuth:
    """How this program shows who it is; PKCE is there either way."""
    name, secret = settings.client_id, settings.client_secret
    if not secret:
        return ClientAuth(name, secret, "none")
    if not metadata.takes_secret_in_header:
        return ClientAuth(name, secret, "client_secret_post")
    # The name and the secret are form-encoded first (RFC 6749, 2.3.1), which Authlib leaves out;
    # a space as `%20`, which those who decode forms and those who decode addresses read alike.
    return ClientAuth(quote(name, safe=""), quote(secret, safe=""), "client_secret_basic")
