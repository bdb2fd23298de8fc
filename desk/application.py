"""The application of the desk: requests to screens, and nobody in who may not.

Every address names its task. Whoever may not do it is refused before anything
is read, and what was decided about personal data is written down first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from academy.access import Decision, Place, Resource, Rule, Visitor, decide
from academy.audit import Action, AuditEntry
from academy.door import SCOPE, Door, pass_on
from academy.identifiers import is_person_id
from desk.addresses import ADDRESSES, Address, Screen
from desk.menu import places_of
from desk.playing import WatchedFile
from desk.turns import BusyError
from desk.web.bodies import Bodies
from desk.web.call import Call
from desk.web.pages import words_of
from desk.web.submitted import SIGNED_OUT_LIMIT, Submitted, read_piece, read_submitted
from desk.workplace import Workplace
from forge.port import RepositoryMissingError
from ledger.standing import Owner
from messages import LANGUAGES

FORBIDDEN = 403
NOT_FOUND = 404
BUSY = 503
_SOON = {"Retry-After": "5"}
"""Seconds after which it is worth asking again for what others were waiting for."""

_CHANGES = "POST"
_EXPLAINED = frozenset({Rule.NO_CONSENT, Rule.FROZEN})

Endpoint = Callable[[Request], Awaitable[Response]]


def desk(workplace: Workplace) -> Starlette:
    """Make the application; it answers below `/desk`."""
    routes, bodies = [], Bodies()
    for one in ADDRESSES:
        endpoint = _endpoint(workplace, one, bodies)
        methods = [name for name, screen in (("GET", one.show), (_CHANGES, one.change)) if screen]
        routes.append(Route(f"/desk{one.path}", endpoint, methods=methods))
    routes.append(Route("/desk", _to_the_start))

    async def refused(request: Request, error: Exception) -> Response:
        status, place = NOT_FOUND, ""
        if isinstance(error, HTTPException):
            status, place = error.status_code, error.detail
        return await run_in_threadpool(_refusal, workplace, request, status, place)

    async def put_off(request: Request, _error: Exception) -> Response:
        answer = await run_in_threadpool(_refusal, workplace, request, BUSY, "")
        answer.headers.update(_SOON)
        return answer

    return Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: refused,
            RepositoryMissingError: refused,
            BusyError: put_off,
            Exception: pass_on,
        },
    )


async def _to_the_start(_request: Request) -> Response:
    return RedirectResponse("/desk/", status_code=308)


def _endpoint(workplace: Workplace, address: Address, bodies: Bodies) -> Endpoint:
    async def answer(request: Request) -> Response:
        door: Door = request.scope[SCOPE]
        async with bodies.room(request, door.visitor.account if door.visitor else door.how):
            return await within(request, door)

    async def within(request: Request, door: Door) -> Response:
        if request.method == _CHANGES and door.visitor is None:
            typed = await read_submitted(request, SIGNED_OUT_LIMIT)
            return await run_in_threadpool(_given_back, workplace, request, typed)
        owner = await run_in_threadpool(_owner, workplace, address, request, door)
        visitor = await _let_in(workplace, address, request, door, owner)
        screen, form = address.show, Submitted()
        if request.method == _CHANGES:
            read = read_piece if address.takes_pieces else read_submitted
            screen, form = address.change, await read(request)
            if not door.is_own_form(form.get("csrf")):
                return await run_in_threadpool(_given_back, workplace, request, form)
        if screen is None:
            raise HTTPException(NOT_FOUND)
        made = await run_in_threadpool(_answered, workplace, request, visitor, screen, form)
        if isinstance(made, WatchedFile):
            made.watch(lambda: _may_still(workplace, address, request, door))
        return made

    return answer


def _may_still(workplace: Workplace, address: Address, request: Request, door: Door) -> bool:
    """Whether the same may still be read; what cannot be looked up any more is no.

    The door looks at who asks; what their right hangs on besides is known here.
    """
    try:
        owner = _owner(workplace, address, request, door)
        resource = owner.resource(address.place) if owner else Resource(place=address.place)
        return decide(door.visitor, resource, workplace.now()).is_allowed
    except Exception:  # noqa: BLE001 - Whatever is wrong, it is not a yes.
        return False


def _owner(workplace: Workplace, address: Address, request: Request, door: Door) -> Owner | None:
    """Find whose portfolio an address is about. Nobody's is the answer to a person unknown."""
    if address.roles or door.visitor is None:
        return None
    person = request.path_params.get("person", door.visitor.account)
    owner = _known(workplace, person)
    if owner is None:
        raise HTTPException(NOT_FOUND)
    return owner


async def _let_in(
    workplace: Workplace, address: Address, request: Request, door: Door, owner: Owner | None
) -> Visitor:
    """Decide, write the decision down, and refuse or give the visitor.

    Nobody learns whether there is what they may not see.
    """
    resource = owner.resource(address.place) if owner else Resource(place=address.place)
    decision = decide(door.visitor, resource, workplace.now())
    if owner is not None or address.roles:
        await door.record(_entry(workplace, address, request, door, owner, decision))
    if decision.is_allowed and door.visitor is not None and _has_role(address, door.visitor):
        return door.visitor
    is_own = owner is not None and door.visitor is not None and owner.person == door.visitor.account
    if is_own and decision.rule in _EXPLAINED:
        raise HTTPException(FORBIDDEN, detail=address.place.value)
    raise HTTPException(NOT_FOUND)


def _known(workplace: Workplace, person: str) -> Owner | None:
    """Find a listener as the ledger has them at this moment."""
    if not is_person_id(person):
        return None
    return workplace.ledger.standing(None, person, workplace.now()).owner


def _has_role(address: Address, visitor: Visitor) -> bool:
    return not address.roles or bool(address.roles & visitor.roles)


def _entry(
    workplace: Workplace,
    address: Address,
    request: Request,
    door: Door,
    owner: Owner | None,
    decision: Decision,
) -> AuditEntry:
    visitor = door.visitor
    changes = request.method == _CHANGES
    return AuditEntry(
        moment=workplace.now(),
        action=address.action if changes else Action.READ,
        actor=visitor.account if visitor else "",
        role=_role(visitor),
        how=door.how,
        person=owner.person if owner else request.path_params.get("account", ""),
        path=request.url.path,
        is_allowed=decision.is_allowed,
        rule=decision.rule.value,
    )


def _role(visitor: Visitor | None) -> str:
    return ",".join(sorted(role.value for role in visitor.roles)) if visitor else ""


def _call(workplace: Workplace, request: Request, visitor: Visitor, form: Submitted) -> Call:
    door: Door = request.scope[SCOPE]
    language = door.language if door.language in LANGUAGES else LANGUAGES[0]
    return Call(
        workplace=workplace,
        door=door,
        visitor=visitor,
        words=words_of(language, workplace.academy().time_zone),
        at=workplace.now(),
        path=request.url.path,
        params={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
        form=form,
        places=places_of(visitor, request.url.path),
        origin=workplace.address.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}",
    )


def _answered(
    workplace: Workplace, request: Request, visitor: Visitor, screen: Screen, form: Submitted
) -> Response:
    return screen(_call(workplace, request, visitor, form))


def _refusal(workplace: Workplace, request: Request, status: int, place: str) -> Response:
    """Say that there is nothing, or why not; with a way on."""
    door: Door = request.scope[SCOPE]
    visitor = door.visitor or Visitor(account="", roles=frozenset())
    call = _call(workplace, request, visitor, Submitted())
    owner = _known(workplace, visitor.account)
    key = "no-consent-to-share" if place == Place.SHARE.value else "no-consent"
    if owner and owner.is_frozen and place != Place.SHARE.value:
        key = "frozen"
    known = {FORBIDDEN: key, 413: "too-large", 400: "not-a-form", BUSY: "busy"}
    return call.page("refused.html", status=status, key=known.get(status, "not-found"))


def _given_back(workplace: Workplace, request: Request, form: Submitted) -> Response:
    """Give a form back filled: it was made for another session, or the session has ended."""
    door: Door = request.scope[SCOPE]
    visitor = door.visitor or Visitor(account="", roles=frozenset())
    call = _call(workplace, request, visitor, form)
    typed = {name: value for name, value in form.fields.items() if name != "csrf"}
    return call.page("expired.html", status=FORBIDDEN, typed=typed, had_files=bool(form.files))
