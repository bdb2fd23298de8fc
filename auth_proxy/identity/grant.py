"""The one grant of the provider: an authorization code with PKCE S256, taken once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.core.util import create_half_hash

from auth_proxy.identity.claims import DescribeAccount, claims_of
from auth_proxy.identity.keys import ALGORITHM, SigningKeys
from auth_proxy.identity.server import ACCESS, IdentityServer, SignedIn
from auth_proxy.identity.services import Service
from auth_proxy.sign_in.cookies import new_token
from ledger.accounts import Accounts

CODE_LIFETIME = timedelta(seconds=60)
ID_TOKEN_LIFETIME = timedelta(minutes=10)
CODE = "authorization-code"
SPENT = "spent-code"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_ONCE = ("nonce", "prompt", "max_age", "code_challenge", "code_challenge_method", "response_mode")


@dataclass(frozen=True, slots=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """A code that was taken out of the ledger: nobody can take it again."""

    value: str
    data: Mapping[str, Any]

    @property
    def code_challenge(self) -> str:
        """The challenge of the service."""
        return str(self.data["challenge"])

    @property
    def code_challenge_method(self) -> str:
        """How it was made; there is one way only."""
        return "S256"

    def get_redirect_uri(self) -> str:
        """The address the code was sent to."""
        return str(self.data["redirect"])

    def get_scope(self) -> str:
        """What it grants."""
        return str(self.data["scope"])

    def get_nonce(self) -> str | None:
        """The nonce of the service, if it sent one."""
        return self.data["nonce"] or None

    def get_auth_time(self) -> int:
        """When the person signed in."""
        return int(self.data["auth_time"])

    def get_acr(self) -> None:
        """No classes of sign-in are told apart."""

    def get_amr(self) -> list[str]:
        """How: by a password (RFC 8176)."""
        return ["pwd"]


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Codes in the ledger; a second use of one takes back what the first has brought."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")
    server: IdentityServer
    accounts: Accounts

    def validate_authorization_request(self) -> str:
        """Besides Authlib's rules: each parameter once, and no request objects."""
        data = self.request.payload
        redirect: str = super().validate_authorization_request()
        if any(len(data.datalist[name]) > 1 for name in _ONCE if name in data.datalist):
            raise InvalidRequestError("A parameter is there twice.", redirect_uri=redirect)
        for name in ("request", "request_uri"):
            if name in data.data:
                raise InvalidRequestError(
                    "Request objects are not taken.",
                    redirect_uri=redirect,
                    error=f"{name}_not_supported",
                )
        if data.data.get("response_mode", "query") != "query":
            raise InvalidRequestError("Only the query is used to answer.", redirect_uri=redirect)
        return redirect

    def generate_authorization_code(self) -> str:
        """256 random bits."""
        return new_token()

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        """Keep what the code stands for."""
        asked, signed_in = request.payload.data, request.user
        data = {
            "service": request.client.id,
            "redirect": asked["redirect_uri"],
            "scope": request.scope,
            "nonce": asked.get("nonce", ""),
            "challenge": asked["code_challenge"],
            "auth_time": int(signed_in.moment.timestamp()),
            "account": signed_in.account.id,
            "session": signed_in.session,
        }
        expires = self.server.clock() + CODE_LIFETIME
        self.server.flows.put(CODE, code, data, expires, signed_in.account.id)

    def query_authorization_code(self, code: str, client: Service) -> Code | None:
        """Take the code out: whoever comes second, or from another service, gets nothing."""
        flows, now = self.server.flows, self.server.clock()
        data = flows.take(CODE, code, now)
        if data is None:
            if spent := flows.take(SPENT, code, now):
                flows.drop(ACCESS, spent["access_token"])
            return None
        return Code(code, data) if data["service"] == client.id else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """It is gone already."""

    def authenticate_user(self, authorization_code: Code) -> SignedIn | None:
        """The account the code was made for, if it may still sign in."""
        data = authorization_code.data
        account = self.accounts.get(data["account"])
        if account is None or account.is_blocked or account.must_change_password:
            return None
        moment = datetime.fromtimestamp(data["auth_time"], UTC)
        return SignedIn(account, data["session"], moment)

    def save_token(self, token: Mapping[str, Any]) -> None:
        """Keep the token, and which code has brought it."""
        super().save_token(token)
        code: Code = self.request.authorization_code
        self.server.flows.put(
            SPENT,
            code.value,
            {"access_token": token["access_token"]},
            self.server.clock() + timedelta(minutes=10),
            self.request.user.account.id,
        )


class Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE, always, and S256 only: no downgrade to `plain` (RFC 9700, 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        """Ask for a challenge before Authlib looks at it."""
        data = grant.request.payload.data
        if data.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(
            data.get("code_challenge", "")
        ):
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):  # type: ignore[misc]
    """The ID token: who, from whom, for whom, in which session."""

    def __init__(self, keys: SigningKeys, describe: DescribeAccount) -> None:
        super().__init__(require_nonce=False)
        self._keys, self._describe = keys, describe

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:  # noqa: ARG002
        """A nonce is the service's to check; a code is taken once whatever it says."""
        return False

    def process_token(self, grant: CodeGrant, response: tuple[int, dict[str, Any], Any]) -> None:
        """Put an ID token beside the access token."""
        token, request = response[1], grant.request
        now = grant.server.clock()
        signed_in: SignedIn = request.user
        claims = {
            "iss": grant.server.issuer,
            "aud": request.client.id,
            "iat": int(now.timestamp()),
            "exp": int((now + ID_TOKEN_LIFETIME).timestamp()),
            "sid": signed_in.session,
            **self.get_authorization_code_claims(request.authorization_code),
            "at_hash": create_half_hash(token["access_token"], ALGORITHM).decode(),
            **claims_of(signed_in.account, token["scope"], self._describe),
        }
        token["id_token"] = self._keys.sign(claims, now)
