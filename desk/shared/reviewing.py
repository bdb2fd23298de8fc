"""A review of a shared work by any participant whom the access table allows (clause 7.1)."""

from __future__ import annotations

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Role, Visitor
from academy.dossier import Dossier
from academy.portfolio import Item, ItemKind
from academy.projection import PARTICIPANTS, ProjectionKind, cut
from academy.prose import Prose
from academy.review import Review
from desk.forms.filled import tidy_body
from desk.looking import page_response, site_of
from desk.pieces import piece_of
from desk.previews import article_of, shared_page_of
from desk.reading import dossier_of
from desk.shared.talk import answer_review, put_review, talk_of
from desk.web.call import Call
from desk.web.pages import made_safe
from forge.port import StaleHeadError

CONFLICT = 409
NOT_FOUND = 404
WRONG = 422
REVIEW_LIMIT = 20_000
MOST_BY_ONE = 20
"""How many reviews one person may write on one work: nobody is buried under them."""


def reviewing(call: Call) -> Response:
    """Show the work as participants see it, with one's own reviews and an empty form."""
    return _page(call)


def review(call: Call) -> Response:
    """Write a review, or go on with one."""
    dossier, item = _wanted(call)
    if number := call.form.get("number"):
        return _go_on(call, dossier, item, number)
    body = tidy_body(call.form.get("review")).strip()[:REVIEW_LIMIT]
    if not body:
        return _page(call, status=WRONG, refusal="no-text")
    if call.form.get("seen") != _seen(dossier, item):
        return _page(call, status=CONFLICT, refusal="content-changed")
    if len(_own(call, item)) >= MOST_BY_ONE:
        return _page(call, status=CONFLICT, refusal="too-many-reviews")
    grades = {step.value for step in call.workplace.academy().policy.scale}
    grade = call.form.get("grade")
    written = Review(
        item=item.id,
        number=0,
        author=call.visitor.account,
        role=_role(call.visitor),
        moment=call.at,
        commit=call.shelf(dossier.person).main,
        grade=grade if grade in grades else None,
        body=Prose(body),
    )
    return _after(call, dossier, lambda: put_review(call, dossier.person, written))


def looked_at(call: Call) -> Response:
    """Give a page or a file of the portfolio as participants see it."""
    shelf = call.shelf(call.params["person"])
    site = site_of(call, shelf, shelf.published, ProjectionKind.PARTICIPANTS)
    return page_response(shelf, site, shelf.published, call.params["path"])


def _go_on(call: Call, dossier: Dossier, item: Item, number: str) -> Response:
    """Answer below a review of one's own: it was answered, and the talk goes on."""
    text = tidy_body(call.form.get("text")).strip()
    if not text:
        return _page(call, status=WRONG, refusal="no-text")
    own = [one for one in _own(call, item) if str(one.number) == number]
    if not own:
        raise HTTPException(NOT_FOUND)
    return _after(call, dossier, lambda: answer_review(call, dossier.person, own[0], text))


def _after(call: Call, dossier: Dossier, write: Callable[[], bool]) -> Response:
    try:
        is_written = write()
    except StaleHeadError:
        return _page(call, status=CONFLICT, refusal="content-changed")
    if not is_written:
        return _page(call, status=WRONG, refusal="issues")
    call.workplace.publish(dossier.person)
    return call.go(f"/desk/review-of/{dossier.person}/{call.params['key']}/", "reviewed")


def _wanted(call: Call) -> tuple[Dossier, Item]:
    """The work that the address names, if participants see it at this moment."""
    whole = dossier_of(call.workplace.repositories, call.params["person"])
    if whole is None:
        raise HTTPException(NOT_FOUND)
    try:
        dossier = cut(whole, PARTICIPANTS, call.workplace.academy().policy, call.at)
    except PermissionError:
        raise HTTPException(NOT_FOUND) from None
    found = [
        one
        for one in dossier.portfolio.works
        if one.kind is ItemKind.WORK and piece_of(one).key == call.params["key"]
    ]
    if not found:
        raise HTTPException(NOT_FOUND)
    return dossier, found[0]


def _own(call: Call, item: Item) -> tuple[Review, ...]:
    """The visitor's own reviews. Those of others are between their authors and the listener."""
    found = talk_of(call, call.params["person"], item.id)
    return tuple(one for one in found if one.author == call.visitor.account)


def _role(visitor: Visitor) -> str:
    """What somebody writes as: the first of their roles, in the order of the domain."""
    return next(role.value for role in Role if role in visitor.roles)


def _seen(dossier: Dossier, item: Item) -> str:
    return " ".join(one.sha256[:16] for one in dossier.content_of(item))


def _page(call: Call, *, status: int = 200, refusal: str = "") -> Response:
    dossier, item = _wanted(call)
    shelf, piece = call.shelf(dossier.person), piece_of(item)
    site = site_of(call, shelf, shelf.published, ProjectionKind.PARTICIPANTS)
    page = site.pages.get(shared_page_of(piece), b"")
    folder = shared_page_of(piece).removesuffix("index.html")
    address = f"/desk/review-of/{dossier.person}/site/{folder}"
    return call.page(
        "shared/reviewing.html",
        status=status,
        title=item.title,
        who=dossier.card.full_name,
        back=f"/p/{dossier.person}/{folder}",
        article=made_safe(article_of(page, address)) if page else "",
        reviews=_own(call, item),
        policy=call.workplace.academy().policy,
        names=call.names,
        seen=_seen(dossier, item),
        typed=call.form.fields,
        refusal=refusal,
    )
