"""What others wrote about one's own works, and answers to it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.portfolio import Item
from desk.forms.filled import tidy_body
from desk.pieces import piece_of
from desk.shared.talk import answer_review, talk_of
from desk.web.call import Call
from forge.port import StaleHeadError

CONFLICT = 409
NOT_FOUND = 404
WRONG = 422


def answering(call: Call) -> Response:
    """Show the reviews of an item of one's own."""
    return _page(call)


def answer(call: Call) -> Response:
    """Answer one of them."""
    item = _wanted(call)
    text = tidy_body(call.form.get("text")).strip()
    if not text:
        return _page(call, status=WRONG, refusal="no-text")
    person = call.visitor.account
    found = [
        one for one in talk_of(call, person, item.id) if str(one.number) == call.form.get("number")
    ]
    if not found:
        raise HTTPException(NOT_FOUND)
    try:
        is_written = answer_review(call, person, found[0], text)
    except StaleHeadError:
        return _page(call, status=CONFLICT, refusal="content-changed")
    if not is_written:
        return _page(call, status=WRONG, refusal="issues")
    call.workplace.publish(person)
    return call.go(call.path, "said", f"review-{found[0].number}")


def _wanted(call: Call) -> Item:
    items = call.shelf().portfolio.items()
    found = [one for one in items if piece_of(one).key == call.params["key"]]
    if not found:
        raise HTTPException(NOT_FOUND)
    return found[0]


def _page(call: Call, *, status: int = 200, refusal: str = "") -> Response:
    item = _wanted(call)
    folder = f"portfolio/{piece_of(item).place}/"
    return call.page(
        "shared/answering.html",
        status=status,
        title=item.title,
        back=f"/c/{call.visitor.account}/{folder}",
        reviews=talk_of(call, call.visitor.account, item.id),
        policy=call.workplace.academy().policy,
        names=call.names,
        typed=call.form.fields,
        refusal=refusal,
    )
