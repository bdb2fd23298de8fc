"""Signing out at the provider at the wish of a service (RP-Initiated Logout 1.0)."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oidc.rpinitiated import EndSessionEndpoint
from joserfc.jwk import KeySet

from auth_proxy.identity.keys import ALGORITHM, SigningKeys
from auth_proxy.identity.server import IdentityServer


class EndSession(EndSessionEndpoint):  # type: ignore[misc]
    """Reads the wish; whose session ends is for the web application to find out by the cookie."""

    server: IdentityServer
    keys: SigningKeys

    def create_endpoint_request(self, request: Any) -> OAuth2Request:  # noqa: ANN401
        """Translate what came in."""
        return self.server.create_oauth2_request(request)

    def get_server_jwks(self) -> KeySet:
        """The keys that a hint may have been signed with."""
        return KeySet.import_key_set(self.keys.shown(self.server.clock()))  # type: ignore[arg-type]

    def get_algorithms(self) -> list[str]:
        """Ours only."""
        return [ALGORITHM]
