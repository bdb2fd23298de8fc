"""Screens of whoever is signed in: the rules of use, and the own sessions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from academy.account import Account, Session
from academy.audit import Action, AuditEntry
from auth_proxy.screens.errors import error_page
from auth_proxy.screens.places import places_of
from auth_proxy.sign_in.forms import FormRefusedError, csrf_of, is_own_form, read_form
from auth_proxy.sign_in.parts import PATH, Parts
from auth_proxy.sign_in.return_path import return_path
from messages import catalogue
from messages.dates import moment_in_words

_NOT_KEPT = {"Cache-Control": "no-store"}

Answer = Callable[[Request, Account, Session, str], Awaitable[Response]]


class OwnScreens:
    """The endpoints of a signed-in person."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def rules(self, request: Request) -> Response:
        """Show the rules of use, and take the acknowledgement (clause 6.1)."""
        return await self._for_signed_in(request, self._rules)

    async def sessions(self, request: Request) -> Response:
        """Show where the account is signed in, and end what its owner does not want."""
        return await self._for_signed_in(request, self._sessions)

    async def _for_signed_in(self, request: Request, answer: Answer) -> Response:
        standing, token = self._parts.standing(request), self._parts.token(request)
        account, session = standing.account, standing.session
        if account is None or session is None or token is None or account.is_blocked:
            back = f"?return={request.scope['path']}" if request.method == "GET" else ""
            return RedirectResponse(f"{PATH}/sign-in{back}", 303, _NOT_KEPT)
        return await answer(request, account, session, token)

    async def _rules(
        self, request: Request, account: Account, _session: Session, token: str
    ) -> Response:
        rules = self._parts.rules()
        if request.method != "POST":
            back = return_path(request.query_params.get("return"))
            return await self._rules_page(request, account, token, back)
        form = await self._own_form(request, token)
        if form is None:
            return error_page(self._parts.screens, request, 403)
        back = return_path(form.get("return"))
        if form.get("version") != rules.version:
            return await self._rules_page(request, account, token, back, "rules-newer")
        if form.get("read") != "yes":
            return await self._rules_page(request, account, token, back, "rules-unread")
        await self._record(request, account, Action.RULES_ACKNOWLEDGED, {"version": rules.version})
        acknowledge = self._parts.ledger.rules.acknowledge
        await run_in_threadpool(acknowledge, account.id, rules.version, self._parts.now())
        return RedirectResponse(back, 303, _NOT_KEPT)

    async def _rules_page(
        self, request: Request, account: Account, token: str, back: str, problem: str = ""
    ) -> Response:
        words = catalogue(self._parts.screens.language(request))
        known = await run_in_threadpool(self._parts.ledger.rules.acknowledged, account.id)
        values = {
            "rules": self._parts.rules(),
            "is_first": not known,
            # Whoever signs in elsewhere has had no step before this one.
            "has_step": not known and account.password_digest is not None,
            "csrf": csrf_of(token),
            "back": back,
            "problem": words.text(f"sign_in.{problem}") if problem else "",
        }
        status = 422 if problem else 200
        return self._parts.screens.page(request, "rules.html", values, status=status)

    async def _sessions(
        self, request: Request, account: Account, session: Session, token: str
    ) -> Response:
        if request.method != "POST":
            return await self._sessions_page(request, account, session, token)
        form = await self._own_form(request, token)
        if form is None:
            return error_page(self._parts.screens, request, 403)
        wanted, sessions = form.get("session", ""), self._parts.ledger.sessions
        await self._record(request, account, Action.SESSION_ENDED, {"session": wanted[:16]})
        if wanted == "others":
            await run_in_threadpool(sessions.end_all, account.id, session.id)
        else:
            await run_in_threadpool(sessions.end, wanted, account.id)
        done = "others" if wanted == "others" else "one"
        return RedirectResponse(f"{PATH}/sessions?done={done}", 303, _NOT_KEPT)

    async def _sessions_page(
        self, request: Request, account: Account, session: Session, token: str
    ) -> Response:
        parts, now = self._parts, self._parts.now()
        words = catalogue(parts.screens.language(request))
        zone = parts.screens.look().time_zone
        told = {"one": "session-ended", "others": "sessions-ended", "password": "password-saved"}
        done = told.get(request.query_params.get("done", ""))
        found = await run_in_threadpool(parts.ledger.sessions.of_account, account.id, now)
        values = {
            "places": places_of(account.roles, request.url.path, words),
            "csrf": csrf_of(token),
            "notice": words.text(f"sign_in.{done}") if done else "",
            "has_password": parts.is_embedded,
            "sessions": [
                {
                    "id": one.id,
                    "label": one.label or words.text("sign_in.label-unknown"),
                    "is_this": one.id == session.id,
                    "seen": moment_in_words(one.touched, words.language, zone),
                    "began": moment_in_words(one.created, words.language, zone),
                    "ends": moment_in_words(one.expires, words.language, zone),
                }
                for one in sorted(found, key=lambda one: one.id != session.id)
            ],
        }
        return parts.screens.page(request, "sessions.html", values)

    async def _own_form(self, request: Request, token: str) -> Mapping[str, str] | None:
        try:
            form = await read_form(request)
        except FormRefusedError:
            return None
        return form if is_own_form(form, token) else None

    async def _record(
        self, request: Request, account: Account, action: Action, details: Mapping[str, str]
    ) -> None:
        entry = AuditEntry(
            moment=self._parts.now(),
            action=action,
            actor=account.id,
            person=account.person or "",
            how=request.client.host if request.client else "",
            details=details,
        )
        await self._parts.ledger.audit.record(entry)
