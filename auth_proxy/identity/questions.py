"""The provider's screens: name and password, a password of one's own, signing out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from academy.account import Account
from academy.audit import Action, AuditEntry
from academy.door import Record
from auth_proxy.identity.browser_sessions import BrowserSession
from auth_proxy.identity.checking import Checking
from auth_proxy.identity.new_password import NewPassword
from auth_proxy.identity.passwords import TooManyAtOnceError
from auth_proxy.identity.provider import Provider, RequestRefusedError, Wish
from auth_proxy.identity.requests import asked_of, query_of, response_of, source_of
from auth_proxy.identity.server import Answer, origin_of
from auth_proxy.screens.errors import error_page, failure_page, wait_words
from auth_proxy.screens.pages import LANGUAGE, Screens
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.sign_in.forms import (
    FormRefusedError,
    browser_token,
    csrf_of,
    is_own_form,
    read_form,
)
from messages import catalogue

UNPROCESSABLE = 422
"""The status of a form that is shown again: browsers then do not offer to keep the password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the screens are made with."""

    provider: Provider
    checking: Checking
    new_password: NewPassword
    screens: Screens
    record: Record
    record_often: Callable[[AuditEntry, str], Awaitable[None]]
    """For what somebody who is waiting already can do as often as they like (`knocks.py`)."""
    own_service: str
    """The id under which the proxy itself is registered: its name needs not be told."""
    session_here: Callable[[Request], str]
    """The id of the session that this browser has at the proxy; empty without one."""


class Questions:
    """The endpoints that people see."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._provider, self._screens = parts.provider, parts.screens

    async def authorize(self, request: Request) -> Response:
        """Give a code to whoever is signed in, ask the others."""
        session = await self._session(request)
        try:
            wish = await run_in_threadpool(self._wish, request, session)
        except RequestRefusedError:
            return failure_page(self._screens, request, "failed-service")
        if isinstance(wish, Answer):
            return response_of(wish)
        if request.method == "POST":
            return await self._enter(request, wish, session)
        if session is None or self._is_too_old(wish, session):
            if not wish.may_ask:
                return response_of(self._provider.refuse(wish, "login_required"))
            return self._form(request, wish)
        if session.account.must_change_password:
            if not wish.may_ask:
                return response_of(self._provider.refuse(wish, "interaction_required"))
            return self._password_form(request, session, wish)
        return response_of(await run_in_threadpool(self._provider.grant, wish, session))

    async def password(self, request: Request) -> Response:
        """Change the password whenever one wishes to."""
        session = await self._session(request)
        if session is None:
            return RedirectResponse("/oauth2/sign-in", 303)
        if request.method == "POST":
            return await self._change(request, session, None)
        return self._password_form(request, session, None)

    async def _enter(
        self, request: Request, wish: Wish, session: BrowserSession | None
    ) -> Response:
        form = await self._own_form(request)
        if form is None:
            return self._form(request, wish, problem="wrong-form", status=400)
        if form.get("step") == "password":
            if session is None:
                return self._form(request, wish, problem="wrong-form", status=400)
            return await self._change(request, session, wish, form)
        return await self._sign_in(request, wish, form)

    async def _sign_in(self, request: Request, wish: Wish, form: Mapping[str, str]) -> Response:
        name, password = form.get("user_name", ""), form.get("password", "")
        now, source = self._provider.clock(), source_of(request)
        try:
            checked = await self._parts.checking.check(name, password, source, now)
        except TooManyAtOnceError:
            return self._form(request, wish, problem="flood", user_name=name, status=503)
        entry = _entry(now, checked.known, source, wish.service.id)
        if checked.wait:
            await self._parts.record_often(entry(Action.SIGN_IN_FAILED, "throttled"), name)
            words = catalogue(self._screens.language(request))
            told = words.text("sign_in.error-429-why", wait=wait_words(words, checked.wait))
            return self._form(request, wish, told=told, user_name=name, status=429)
        if checked.account is None:
            await self._parts.record(entry(Action.SIGN_IN_FAILED, "wrong_pair"))
            return self._form(
                request, wish, problem="wrong-pair", user_name=name, status=UNPROCESSABLE
            )
        if checked.account.is_blocked:
            # Only whoever knows the password learns that the account is closed.
            await self._parts.record(entry(Action.SIGN_IN_FAILED, "blocked"))
            return failure_page(self._screens, request, "failed-blocked", 403)
        await self._parts.record(entry(Action.SIGN_IN, "password"))
        await self._parts.checking.renew_digest(checked.account, password, now)
        return await self._begin(checked.account, _again(request))

    async def _begin(self, account: Account, target: str) -> Response:
        """Begin a session, always with a new token (CWE-384), and go on with what was wanted."""
        now, jar = self._provider.clock(), self._screens.jar
        session = await run_in_threadpool(self._provider.sessions.begin, account, now)
        response = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
        response.headers.append("Set-Cookie", jar.set(Cookie.IDENTITY, session.token))
        return response

    async def _change(
        self,
        request: Request,
        session: BrowserSession,
        wish: Wish | None,
        form: Mapping[str, str] | None = None,
    ) -> Response:
        account, source = session.account, source_of(request)
        if form is None and (form := await self._own_form(request)) is None:
            return self._password_form(request, session, wish, problem="wrong-form", status=400)
        try:
            here = self._parts.session_here(request)
            found = await self._parts.new_password.change(session, form, source, here)
        except TooManyAtOnceError:
            return self._password_form(request, session, wish, problem="flood", status=503)
        if found.wait:
            return error_page(self._screens, request, 429, wait=found.wait)
        if found.problem:
            return self._password_form(
                request,
                session,
                wish,
                problem=found.problem,
                wrong=found.field,
                status=UNPROCESSABLE,
            )
        entry = _entry(self._provider.clock(), account, source, "")
        await self._parts.record(entry(Action.PASSWORD_CHANGED, "own"))
        await run_in_threadpool(self._provider.sessions.end, session)
        target = _again(request) if wish else "/oauth2/sessions?done=password"
        return await self._begin(found.account or account, target)

    def _form(
        self,
        request: Request,
        wish: Wish,
        *,
        problem: str = "",
        told: str = "",
        user_name: str = "",
        status: int = 200,
    ) -> Response:
        token, cookies = browser_token(self._screens.jar, request)
        is_other = wish.service.id != self._parts.own_service
        values = {
            "action": action_of(request),
            "csrf": csrf_of(token),
            "problem": told or self._told(request, problem),
            "user_name": user_name[:64],
            "service": wish.service.title if is_other else "",
        }
        return self._screens.page(
            request,
            "sign_in.html",
            values,
            status=status,
            cookies=cookies,
            is_again=True,
            form_targets=[origin_of(wish.redirect)] if is_other else [],
        )

    def _password_form(
        self,
        request: Request,
        session: BrowserSession,
        wish: Wish | None,
        *,
        problem: str = "",
        wrong: str = "",
        status: int = 200,
    ) -> Response:
        token, cookies = browser_token(self._screens.jar, request)
        values = {
            "action": action_of(request),
            "csrf": csrf_of(token),
            "problem": self._told(request, problem),
            "wrong": wrong,
            "user_name": session.account.user_name,
            "is_first": session.account.must_change_password,
            "is_asked": not self._parts.new_password.was_just_given(session),
        }
        is_other = wish is not None and wish.service.id != self._parts.own_service
        return self._screens.page(
            request,
            "password.html",
            values,
            status=status,
            cookies=cookies,
            is_again=True,
            form_targets=[origin_of(wish.redirect)] if wish and is_other else [],
        )

    def _wish(self, request: Request, session: BrowserSession | None) -> Wish | Answer:
        asked = asked_of(request, f"{self._provider.server.issuer}/authorize")
        # A form that is sent carries its wish in the address, as the page that showed it did.
        return self._provider.wish(
            type(asked)("GET", asked.address, asked.headers, asked.query), session
        )

    def _is_too_old(self, wish: Wish, session: BrowserSession) -> bool:
        age = self._provider.clock() - session.moment
        return wish.must_ask or (wish.oldest is not None and age > wish.oldest)

    async def _session(self, request: Request) -> BrowserSession | None:
        token = self._screens.jar.read_token(Cookie.IDENTITY, request.scope["headers"])
        return await run_in_threadpool(self._provider.sessions.find, token, self._provider.clock())

    async def _own_form(self, request: Request) -> Mapping[str, str] | None:
        token = self._screens.jar.read_token(Cookie.BROWSER, request.scope["headers"])
        try:
            form = await read_form(request)
        except FormRefusedError:
            return None
        return form if is_own_form(form, token) else None

    def _told(self, request: Request, problem: str) -> str:
        words = catalogue(self._screens.language(request))
        return words.text(f"sign_in.{problem}") if problem else ""


def _entry(
    now: datetime, account: Account | None, source: str, service: str
) -> Callable[[Action, str], AuditEntry]:
    """An entry of the record; a name that nobody has is not kept: it may be a password."""

    def make(action: Action, rule: str) -> AuditEntry:
        return AuditEntry(
            moment=now,
            action=action,
            actor=account.id if account else "",
            person=(account.person or "") if account else "",
            how=source,
            rule=rule,
            is_allowed=action is not Action.SIGN_IN_FAILED,
            details={"service": service} if service else {},
        )

    return make


def action_of(request: Request) -> str:
    """The address of the form: the page's own, without the choice of a language."""
    query = urlencode([(name, value) for name, value in query_of(request) if name != LANGUAGE])
    return f"{request.scope['path']}?{query}" if query else request.scope["path"]


def _again(request: Request) -> str:
    """The same wish once more, now that the person has just given the password."""
    left_out = (LANGUAGE, "prompt")
    query = urlencode([(name, value) for name, value in query_of(request) if name not in left_out])
    return f"{request.scope['path']}?{query}"
