"""The provider without the web around it: what it answers to a service and to a browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.oauth2.rfc6749 import OAuth2Error
from authlib.oidc.rpinitiated.end_session import EndSessionRequest

from auth_proxy.identity.browser_sessions import BrowserSession, BrowserSessions
from auth_proxy.identity.claims import DescribeAccount, claims_of
from auth_proxy.identity.end_session import EndSession
from auth_proxy.identity.grant import Challenge, CodeGrant, IdToken
from auth_proxy.identity.keys import SigningKeys
from auth_proxy.identity.server import ACCESS, Answer, Asked, Clock, IdentityServer, SignedIn
from auth_proxy.identity.services import Service
from ledger.accounts import Accounts
from ledger.flows import Flows
from ledger.outbox import Outbox

SERVICE_LOGOUT = "service-logout"
"""A message of the outbox: one service is told that a session, or an account, has ended."""


class RequestRefusedError(Exception):
    """A service asked in a wrong way, and there is no address the answer may go to."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An authorization request that is in order: from whom, and how it wants the person asked."""

    service: Service
    redirect: str
    must_ask: bool
    """Even somebody who is signed in is to give the password again."""
    may_ask: bool
    """Whether a page may be shown at all."""
    oldest: timedelta | None
    """How long ago the person may have signed in."""
    grant: Any


class Provider:
    """Everything the provider decides."""

    def __init__(
        self,
        server: IdentityServer,
        keys: SigningKeys,
        accounts: Accounts,
        outbox: Outbox,
        describe: DescribeAccount,
    ) -> None:
        self.server, self.keys = server, keys
        self._accounts, self._outbox, self._describe = accounts, outbox, describe
        grant = type("Grant", (CodeGrant,), {"accounts": accounts})
        server.register_grant(grant, [Challenge(required=True), IdToken(keys, describe)])
        ending = EndSession(server)
        ending.keys = keys
        server.register_endpoint(ending)
        self.sessions = BrowserSessions(server.flows, accounts)

    @property
    def flows(self) -> Flows:
        """What lives for a while."""
        return self.server.flows

    @property
    def clock(self) -> Clock:
        """What time it is."""
        return self.server.clock

    def wish(self, asked: Asked, session: BrowserSession | None) -> Wish | Answer:
        """Read an authorization request; an answer goes back to the service at once.

        Raises `RequestRefusedError` when the service or its address is not known.
        """
        user = session and SignedIn(session.account, session.id, session.moment)
        try:
            grant = self.server.get_consent_grant(asked, end_user=user)
        except OAuth2Error as error:
            if error.redirect_uri:
                answer: Answer = self.server.handle_error_response(None, error)
                return answer
            raise RequestRefusedError(error.error) from error
        except ValueError as error:
            # Authlib cannot put a strange address into its own error.
            raise RequestRefusedError("invalid_request") from error
        data = grant.request.payload.data
        prompts = data.get("prompt", "").split()
        age = data.get("max_age", "")
        return Wish(
            service=grant.request.client,
            redirect=grant.redirect_uri,
            must_ask=bool({"login", "select_account"} & set(prompts)),
            may_ask="none" not in prompts,
            oldest=timedelta(seconds=int(age[:9])) if age.isascii() and age.isdigit() else None,
            grant=grant,
        )

    def grant(self, wish: Wish, session: BrowserSession) -> Answer:
        """Answer with a code for somebody who is signed in."""
        self.sessions.used(session, wish.service.id, self.clock())
        user = SignedIn(session.account, session.id, session.moment)
        answer: Answer = self.server.create_authorization_response(
            wish.grant.request, grant_user=user, grant=wish.grant
        )
        return answer

    def refuse(self, wish: Wish, error: str) -> Answer:
        """Answer with an error that the service shall see."""
        refusal = OAuth2Error(error=error, redirect_uri=wish.redirect)
        refusal.state = wish.grant.request.payload.state
        answer: Answer = self.server.handle_error_response(None, refusal)
        return answer

    def tokens(self, asked: Asked) -> Answer:
        """Trade a code for tokens."""
        try:
            answer: Answer = self.server.create_token_response(asked)
        except ValueError:
            # Bytes that are no text where a name, a secret or a code should be.
            return Answer(400, {"error": "invalid_request"}, {})
        return answer

    def userinfo(self, token: str) -> Mapping[str, Any] | None:
        """The claims an access token opens; None when it opens nothing."""
        known = self.flows.get(ACCESS, token, self.clock())
        account = self._accounts.get(known["account"]) if known else None
        if known is None or account is None or account.is_blocked:
            return None
        return claims_of(account, known["scope"], self._describe)

    def sign_out_wish(self, asked: Asked) -> EndSessionRequest:
        """Read a wish to sign out. Raises `RequestRefusedError`."""
        try:
            return self.server.validate_endpoint_request("end_session", asked)
        except (OAuth2Error, ValueError) as error:
            raise RequestRefusedError("invalid_request") from error

    def sign_out(self, session: BrowserSession) -> None:
        """End a session, and tell each service that was opened with it."""
        self.sessions.end(session)
        self._tell(session.services, session.account.id, session.id)

    def tell_of_account(self, account: str) -> None:
        """Tell every service that an account has nothing open any more."""
        self._tell(self.server.services, account, "")

    def _tell(self, services: Iterable[str], account: str, session: str) -> None:
        for name in services:
            service = self.server.services.get(name)
            if service is not None and service.back_channel_logout:
                data = {"service": name, "account": account, "session": session}
                self._outbox.put(SERVICE_LOGOUT, data, self.clock())
