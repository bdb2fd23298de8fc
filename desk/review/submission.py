"""One submission as its reviewer sees it: how it will look, what changed, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.portfolio import is_picture
from academy.projection import ProjectionKind
from academy.review import Review
from academy.submission import Submission, SubmissionState
from desk.comparing import compared, side
from desk.difference import Difference
from desk.drawing import and_draw
from desk.forms.filled import tidy_body
from desk.listener.pictures import picture_response
from desk.looking import page_response, site_of
from desk.mistakes import mistakes_of
from desk.pieces import Piece
from desk.previews import article_of, page_of
from desk.review.queue import beside
from desk.review.reviews import reviews_of
from desk.review.shown import is_hidden, is_shown, shown_pieces
from desk.shelf import Shelf
from desk.telling import told_events
from desk.web.call import Call
from desk.web.pages import made_safe
from forge.merge_requests import SubmissionMissingError
from formats.prose.plain_text import paragraphs

NOT_FOUND = 404
PARAGRAPH_SHOWN = 70

_OPEN = frozenset({SubmissionState.SUBMITTED, SubmissionState.APPROVED})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nothing was done, and beside which form to say it."""

    status: int
    refusal: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece in a submission: how it looks, what changed, its paragraphs, earlier reviews.

    `is_gone` when the submission takes it away.
    """

    piece: Piece
    article: Markup
    difference: Difference
    places: tuple[tuple[str, str], ...]
    reviews: tuple[Review, ...]
    is_gone: bool


def submission(call: Call) -> Response:
    """Show a submission; what was looked at last is remembered."""
    shelf, found = wanted(call)
    about = f"submission-{found.number}"
    notes = call.workplace.ledger.notes
    last = notes.last_look(call.visitor.account, shelf.person, about)
    since_look = last is not None and last[0] != found.head and "whole" not in call.query
    page = _page(call, shelf, found, last[0] if last and since_look else found.base)
    notes.looked(call.visitor.account, shelf.person, about, found.head, call.at)
    # What came by Git was never saved at the desk.
    tree = call.workplace.repositories.tree(shelf.person, found.head)
    return and_draw(call, shelf, tree, page)


def wanted(call: Call) -> tuple[Shelf, Submission]:
    """The submission that the address names, as it was sent last, if it is not its author's alone.

    What its author has changed since then is not shown until it is sent again.
    """
    shelf = call.shelf(call.params["person"])
    try:
        present = call.workplace.requests.get(shelf.person, int(call.params["number"]))
    except SubmissionMissingError:
        raise HTTPException(NOT_FOUND) from None
    if present.submitted is None:
        raise HTTPException(NOT_FOUND)
    found = present.as_sent()
    if is_hidden(call, shelf, found):
        raise HTTPException(NOT_FOUND)
    return shelf, found


def address_of(found: Submission) -> str:
    """The screen of a submission."""
    return f"/desk/review/{found.person}/{found.number}/"


def site_page(call: Call) -> Response:
    """Give a page or a file of the site as it would be."""
    shelf, found = wanted(call)
    tree = call.workplace.repositories.tree(shelf.person, found.head)
    site = site_of(call, shelf, tree, ProjectionKind.RESPONSIBLE)
    return page_response(shelf, site, tree, call.params["path"])


def picture_of_side(call: Call) -> Response:
    """Give a picture of what was sent, as it was or as it is."""
    shelf, found = wanted(call)
    commit = found.head if call.params["side"] == "after" else found.base
    path = call.params["path"]
    blob = call.workplace.repositories.tree(shelf.person, commit).get(path)
    is_of_it = any(piece.holds(path) for piece in shown_pieces(call, shelf, found))
    if blob is None or not is_of_it or not is_picture(path):
        raise HTTPException(NOT_FOUND)
    return picture_response(path, shelf.content(blob))


def show_again(
    call: Call, shelf: Shelf, found: Submission, *, status: int, refusal: str, at: str = ""
) -> Response:
    """Show the submission with what was typed, because something stands in the way."""
    found = call.workplace.requests.get(shelf.person, found.number).as_sent()
    return _page(call, shelf, found, found.base, Obstacle(status, refusal, at))


def show_typed(call: Call, shelf: Shelf, found: Submission, said: str) -> Response:
    """Show the submission with what is typed so far, after something beside it was done."""
    return _page(call, shelf, found, found.base, said=said)


def _page(
    call: Call,
    shelf: Shelf,
    found: Submission,
    before: str,
    obstacle: Obstacle | None = None,
    **more: object,
) -> Response:
    policy = call.workplace.academy().policy
    parts = tuple(_parts(call, shelf, found, before))
    earlier, later = beside(call, shelf.person, found.number)
    notes = call.workplace.ledger.notes
    listed = call.workplace.people.by_person(shelf.person)
    return call.page(
        "review/submission.html",
        status=obstacle.status if obstacle else 200,
        submission=found,
        state=found.state.value,
        who=call.names.of(shelf.person),
        group=_group(call, listed.card.group) if listed and listed.card else "",
        parts=parts,
        mistakes=mistakes_of(call, found, shown_pieces(call, shelf, found)),
        events=told_events(found, call.names),
        policy=policy,
        phrases=notes.phrases(call.visitor.account),
        notes=notes.of(shelf.person),
        names=call.names,
        earlier=earlier,
        later=later,
        typed=call.form.fields,
        refusal=obstacle.refusal if obstacle else "",
        wrong_at=obstacle.at if obstacle else "",
        is_open=found.state in _OPEN,
        is_overtaken=bool(call.workplace.requests.conflicts(shelf.person, found.number)),
        is_due=found.is_review_due,
        is_published=found.state is SubmissionState.MERGED,
        is_own=found.author == call.visitor.account,
        is_since_look=before != found.base,
        address=address_of(found),
        **more,
    )


def _group(call: Call, group: str) -> str:
    found = call.workplace.academy().group(group)
    return found.title if found else group


def _parts(call: Call, shelf: Shelf, found: Submission, before: str) -> Iterator[Part]:
    tree = call.workplace.repositories.tree(shelf.person, found.head)
    trees = (call.workplace.repositories.tree(shelf.person, before), tree)
    site = site_of(call, shelf, tree, ProjectionKind.RESPONSIBLE)
    for piece, difference in compared(call, shelf, before, found.head):
        if not is_shown(call, shelf, piece, trees):
            continue
        page = site.pages.get(page_of(piece), b"") if piece.of(tree) else b""
        folder = page_of(piece).removesuffix("index.html")
        article = article_of(page, f"{address_of(found)}site/{folder}") if page else ""
        body = tidy_body(side(shelf, piece, piece.of(tree)).text.body)
        places = tuple(
            (str(number), text[:PARAGRAPH_SHOWN]) for number, text in enumerate(paragraphs(body), 1)
        )
        yield Part(
            piece=piece,
            article=made_safe(article),
            difference=difference,
            places=places,
            reviews=reviews_of(call, shelf, piece.item) if piece.item else (),
            is_gone=not piece.of(tree),
        )
