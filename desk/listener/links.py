"""Links for outside readers: made, shown and closed by whose portfolio it is (clause 7.4)."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from academy.access import Role, Rule
from academy.portfolio import Audience, Item
from administration.sharing import ShareDesk, ShareRefusedError
from desk.forms.filled import tidy
from desk.web.call import Call
from ledger.shares import Share

WRONG = 422
PERIODS = (7, 30, 90)
MOST_OPEN = 20
"""How many links may be open at once: each is a site of its own."""


def links(call: Call) -> Response:
    """Show the links there are, and the form of a new one."""
    return _page(call)


def change_links(call: Call) -> Response:
    """Make a link and show its address this once, or close one at once."""
    person, desk = call.visitor.account, _desk(call)
    if revoked := call.form.get("revoke"):
        desk.revoke(revoked, call.at, person)
        call.workplace.publish(person)
        return call.go("/desk/links/", "link-revoked")
    known = {item.id for item in _items(call)}
    chosen = [one for one in call.form.lists.get("items", ()) if one in known]
    days = {str(one): one for one in PERIODS}.get(call.form.get("days"), PERIODS[0])
    if not chosen:
        return _page(call, status=WRONG, problem="share-without-items")
    if sum(one.is_open(call.at) for one in _shares(call)) >= MOST_OPEN:
        return _page(call, status=WRONG, problem="too-many-links")
    try:
        token, _ = desk.create(
            person,
            chosen,
            call.at,
            call.at + timedelta(days=days),
            tidy(call.form.get("label"))[:100],
        )
    except ShareRefusedError as error:
        return _page(call, status=WRONG, problem=str(error))
    call.workplace.publish(person)
    return _page(call, made=f"{call.origin}/s/{token}/")


def _desk(call: Call) -> ShareDesk:
    return ShareDesk(call.workplace.ledger, call.clerk(Role.LISTENER, Rule.OWN_CABINET))


def _shares(call: Call) -> tuple[Share, ...]:
    return call.workplace.ledger.shares.of(call.visitor.account)


def _items(call: Call) -> tuple[Item, ...]:
    """What may be shown outside: no more than what participants see."""
    policy = call.workplace.academy().policy
    items = call.shelf().portfolio.items()
    return tuple(one for one in items if policy.audience(one) is Audience.PARTICIPANTS)


def _page(call: Call, *, status: int = 200, problem: str = "", made: str = "") -> Response:
    titles = {item.id: item.title for item in call.shelf().portfolio.items()}
    shares = _shares(call)
    return call.page(
        "links.html",
        status=status,
        problem=problem,
        made=made,
        items=_items(call),
        has_others=len(_items(call)) < len(titles),
        chosen=call.form.lists.get("items", ()) if problem else (),
        label=call.form.get("label") if problem else "",
        periods=PERIODS,
        open_ones=[one for one in shares if one.is_open(call.at)],
        closed=[one for one in shares if not one.is_open(call.at)],
        titles=titles,
    )
