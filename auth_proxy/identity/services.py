"""Services that use the academy's accounts: clients of the provider, from the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest

from authlib.oauth2.rfc6749 import ClientMixin

SCOPES = ("openid", "profile", "email", "groups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(ClientMixin):  # type: ignore[misc]
    """A service as it is registered: nothing that is not written here is granted to it."""

    id: str
    title: str
    secret: str = ""
    """Without a secret the service is a public client; PKCE is asked of every one."""
    redirect_addresses: tuple[str, ...] = ()
    after_sign_out_addresses: tuple[str, ...] = ()
    back_channel_logout: str = ""
    scopes: tuple[str, ...] = SCOPES

    def get_client_id(self) -> str:
        """The id, as Authlib asks for it."""
        return self.id

    @property
    def client_metadata(self) -> dict[str, list[str]]:
        """The addresses a person may be sent to after signing out, as Authlib asks for them."""
        return {"post_logout_redirect_uris": list(self.after_sign_out_addresses)}

    def get_default_redirect_uri(self) -> None:
        """None: the address always has to be named."""

    def get_allowed_scope(self, scope: str | None) -> str:
        """What of the wanted scopes this service may have."""
        return " ".join(one for one in (scope or "").split() if one in self.scopes)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Tell whether an address is registered, to the letter."""
        return redirect_uri in self.redirect_addresses

    def check_client_secret(self, client_secret: str) -> bool:
        """Compare the secret in constant time."""
        return bool(self.secret) and compare_digest(self.secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        """A service with a secret has to show it, one without has none to show."""
        return (method == "none") is not bool(self.secret)

    def check_response_type(self, response_type: str) -> bool:
        """Codes only."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Codes only: neither refresh tokens nor passwords."""
        return grant_type == "authorization_code"
