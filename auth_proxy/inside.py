"""Applications in this process behind the door: they learn who asks from the scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from academy.access import Visitor
from academy.door import SCOPE, Door, RightEndedError
from auth_proxy.addresses import Address, Area
from auth_proxy.answers import Refusals, redirect, with_slash
from auth_proxy.asking import App, Asking, Message, Receive, Send
from auth_proxy.gate import Gate
from auth_proxy.headers import PAGE, PERSONAL, Headers
from auth_proxy.screens.pages import Screens
from auth_proxy.sending import CutOffError, always
from auth_proxy.sign_in.forms import csrf_of
from auth_proxy.ways_in import WaysIn, missing_step

OPEN_AREAS = frozenset({Area.SIGN_IN, Area.PROVIDER, Area.GIT})
"""What has to be reached before one is signed in, or by programs that never are."""

_USUAL: Headers = (*PAGE, PERSONAL)


def _is_form_of_an_ended_session(asking: Asking, address: Address, visitor: Visitor | None) -> bool:
    """Tell whether somebody sent a form of the desk whose session has ended meanwhile.

    The desk sees that nobody is signed in, does nothing, and gives back what was typed.
    """
    is_form = asking.method == "POST" and asking.is_navigation
    return is_form and address.area is Area.DESK and visitor is None


@dataclass(frozen=True, slots=True)
class Inside:
    """Passes requests on to applications in this process."""

    gate: Gate
    screens: Screens
    refusals: Refusals
    ways_in: WaysIn

    async def answer(
        self, asking: Asking, address: Address, app: App, receive: Receive, send: Send
    ) -> int:
        """Let an application answer. Raises `LedgerUnreadableError` before anything is sent.

        A long answer of the desk goes on as long as whoever asks is who they were: `CutOffError`.
        """
        if address.is_bare:
            return await with_slash(asking, send)
        at = self.gate.now()
        standing = self.gate.standing(asking)
        rule = None if address.area in OPEN_AREAS else missing_step(standing.visitor)
        if rule and not _is_form_of_an_ended_session(asking, address, standing.visitor):
            if way := self.ways_in.way(asking, rule):
                return await redirect(send, way)
            return await self.refusals.send(asking, send, 401)
        self.gate.note_use(standing.session, at)
        request = HTTPConnection(asking.scope)
        # The pages of the way in keep a chosen language by themselves.
        chosen = self.screens.chosen(request) if address.area is Area.DESK else ""
        more: Headers = ((b"set-cookie", chosen.encode()),) if chosen else ()
        is_open = address.area in OPEN_AREAS
        still = always if is_open else self._is_the_same(asking, standing.visitor)
        watching = _Watching(send, more, still)
        scope = {**asking.scope, "scheme": "https" if asking.client.is_secure else "http"}
        scope["client"] = (asking.client.host, 0)
        scope[SCOPE] = Door(
            visitor=standing.visitor,
            csrf=csrf_of(token) if (token := self.gate.token(asking)) else "",
            language=self.screens.language(request),
            record=self.gate.ledger.audit.record,
            session=standing.session.id if standing.session else "",
            how=asking.client.host,
        )
        try:
            await app(scope, receive, watching.send)
        except RightEndedError:
            raise CutOffError from None
        return watching.status

    def _is_the_same(self, asking: Asking, visitor: Visitor | None) -> Callable[[], bool]:
        """Whether who asks is who they were; what cannot be read any more is no."""

        def ask() -> bool:
            try:
                return self.gate.standing(asking).visitor == visitor
            except Exception:  # noqa: BLE001 - whatever is wrong, it is not a yes
                return False

        return ask


class _Watching:
    """Notes the status, adds the headers that an answer of ours never lacks, and some more.

    Before each piece but the first it asks whether the answer may go on.
    """

    def __init__(self, send: Send, more: Headers, is_still_allowed: Callable[[], bool]) -> None:
        self._send, self._more, self._is_still_allowed = send, more, is_still_allowed
        self.status, self._has_body = 500, False

    async def send(self, message: Message) -> None:
        """Send a message on. Raises `CutOffError`."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [(bytes(name).lower(), value) for name, value in message.get("headers", ())]
            said = {name for name, _ in headers}
            usual = (header for header in _USUAL if header[0] not in said)
            message = {**message, "headers": [*headers, *usual, *self._more]}
        elif self._has_body and message.get("body") and not self._is_still_allowed():
            raise CutOffError
        else:
            self._has_body = True
        await self._send(message)
