"""Signing in: to the provider, and back with a session of our own."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from academy.account import Account
from academy.audit import Action, AuditEntry
from auth_proxy.screens.errors import failure_page
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.sign_in.devices import device_label
from auth_proxy.sign_in.exchange import Arrived, address_for, arrive
from auth_proxy.sign_in.forms import browser_token
from auth_proxy.sign_in.lifetimes import lifetime_of
from auth_proxy.sign_in.parts import Parts
from auth_proxy.sign_in.provider import ProviderError, RequestRefusedError
from auth_proxy.sign_in.return_path import return_path
from auth_proxy.sign_in.states import Begun
from auth_proxy.sign_in.tokens import TokenRefusedError
from ledger.accounts import AccountBlockedError, AccountUnknownError

USED_STATE = "used-state"

_log = logging.getLogger("cabinet.sign_in")
_NOT_KEPT = {"Cache-Control": "no-store"}


class SigningIn:
    """The endpoints that lead to the provider and take what comes back."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def sign_in(self, request: Request) -> Response:
        """Send the person to the provider; whoever is signed in goes straight on."""
        parts = self._parts
        back = return_path(request.query_params.get("return"))
        visitor = parts.standing(request).visitor
        if visitor is not None and not visitor.is_blocked and not visitor.must_change_password:
            return RedirectResponse(back, 303, _NOT_KEPT)
        browser, cookies = browser_token(parts.jar, request)
        begun = parts.states.begin(back, browser, parts.now())
        language = parts.screens.language(request)
        try:
            address = await address_for(parts.provider, parts.callback, begun, language)
        except ProviderError as error:
            return self._unreachable(request, error)
        response = RedirectResponse(address, 303, _NOT_KEPT)
        for cookie in cookies:
            response.headers.append("Set-Cookie", cookie)
        return response

    async def callback(self, request: Request) -> Response:
        """Take the answer of the provider and begin a session."""
        parts, screens = self._parts, self._parts.screens
        said = dict(request.query_params.multi_items())
        begun = await run_in_threadpool(self._state, request, said)
        if begun is None:
            return failure_page(screens, request, "failed-flow")
        try:
            arrived = await arrive(parts.provider, parts.callback, said, begun, parts.now())
        except (TokenRefusedError, RequestRefusedError) as error:
            _log.warning("a sign-in was refused: %s", error)
            await self._record(request, Action.SIGN_IN_FAILED, None, "token_refused")
            is_cancelled = said.get("error") == "access_denied"
            reason = "failed-cancelled" if is_cancelled else "failed-refused"
            return failure_page(screens, request, reason)
        except ProviderError as error:
            return self._unreachable(request, error)
        account = await run_in_threadpool(self._account, arrived)
        if account is None:
            await self._record(request, Action.SIGN_IN_FAILED, None, "unlinked")
            return failure_page(screens, request, "failed-unlinked", 403)
        return await self._begin(request, account, arrived, begun.back)

    async def _begin(
        self, request: Request, account: Account, arrived: Arrived, back: str
    ) -> Response:
        """Begin a session, always with a new token; one that was open here ends (CWE-384)."""
        parts = self._parts
        if account.is_blocked:
            return await self._blocked(request, account)
        # Written down first: without the record nobody gets in.
        await self._record(request, Action.SIGN_IN, account, arrived.identity.issuer)
        try:
            token = await run_in_threadpool(self._session, request, account, arrived)
        except (AccountBlockedError, AccountUnknownError):
            return await self._blocked(request, account)
        response = RedirectResponse(back, 303, _NOT_KEPT)
        response.headers.append("Set-Cookie", parts.jar.set(Cookie.SESSION, token))
        return response

    def _session(self, request: Request, account: Account, arrived: Arrived) -> str:
        parts, sessions = self._parts, self._parts.ledger.sessions
        if (old := parts.standing(request).session) is not None:
            sessions.end(old.id, old.account)
        lifetime, identity = lifetime_of(account.roles), arrived.identity
        token, _ = sessions.create(
            account.id,
            parts.now(),
            idle=lifetime.idle,
            absolute=lifetime.absolute,
            label=device_label(request.headers.get("user-agent", "")),
            provider=identity.issuer,
            subject=identity.subject,
            provider_session=identity.session,
            id_token=arrived.id_token,
        )
        return token

    def _state(self, request: Request, said: dict[str, str]) -> Begun | None:
        """The sign-in that a callback belongs to: of this browser, in time, and not used yet."""
        parts, flows = self._parts, self._parts.ledger.flows
        if len(said) != len(request.query_params.multi_items()):
            return None
        browser = parts.jar.read_token(Cookie.BROWSER, request.scope["headers"])
        begun = parts.states.open(said.get("state", ""), browser or "", parts.now())
        if browser is None or begun is None:
            return None
        if flows.get(USED_STATE, begun.state, parts.now()) is not None:
            return None
        flows.put(USED_STATE, begun.state, {}, begun.expires)
        return begun

    def _account(self, arrived: Arrived) -> Account | None:
        """The account of somebody the provider knows: our own, or one that staff has linked."""
        ledger, identity = self._parts.ledger, arrived.identity
        if self._parts.is_embedded:
            return ledger.accounts.get(identity.subject)
        linked = ledger.links.account(identity.issuer, identity.subject)
        return ledger.accounts.get(linked) if linked else None

    async def _blocked(self, request: Request, account: Account) -> Response:
        await self._record(request, Action.SIGN_IN_FAILED, account, "blocked")
        return failure_page(self._parts.screens, request, "failed-blocked", 403)

    def _unreachable(self, request: Request, error: ProviderError) -> Response:
        _log.warning("the provider does not answer as it should: %s", error)
        return failure_page(self._parts.screens, request, "failed-unreachable", 502)

    async def _record(
        self, request: Request, action: Action, account: Account | None, rule: str
    ) -> None:
        entry = AuditEntry(
            moment=self._parts.now(),
            action=action,
            actor=account.id if account else "",
            person=(account.person or "") if account else "",
            how=request.client.host if request.client else "",
            is_allowed=action is Action.SIGN_IN,
            rule=rule,
            details={"service": "cabinet"},
        )
        # Answers that nobody has given us can be made up as often as anybody likes.
        if rule == "token_refused":
            await self._parts.knocks.record(entry, "")
        else:
            await self._parts.ledger.audit.record(entry)
