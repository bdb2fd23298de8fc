"""What a listener takes back: an item that is published, or a publication."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.submission import SubmissionState
from desk.forms.checking import title_of
from desk.forms.filled import tidy_body
from desk.listener.editing import text_of_piece, wanted
from desk.listener.overview import address_of
from desk.listener.sent import address_of_submission, own_submission
from desk.shelf import Origin
from desk.taking_back import take_away, undo
from desk.web.call import Call
from desk.writing import acting_author
from forge.merge_requests import Reply

NOT_FOUND = 404
NOTE_LIMIT = 1000


def take_item_away(call: Call) -> Response:
    """Send that a published item goes. What is being changed has to be finished first."""
    shelf, version = wanted(call)
    piece = version.piece
    if piece.kind is None:
        raise HTTPException(NOT_FOUND)
    if version.origin is not Origin.PUBLISHED:
        return call.go(address_of(piece), "not-done")
    title = call.words.text("title-take-away", title=title_of(text_of_piece(shelf, version),
                            call.words, piece))  # fmt: skip
    note = tidy_body(call.form.get("note")).strip()[:NOTE_LIMIT]
    reply = take_away(call.workplace, shelf, piece, title, note)
    return _after(call, shelf.person, reply, address_of(piece), "taken-away")


def undo_publication(call: Call) -> Response:
    """Send what gives everything of a publication back the content it had before."""
    shelf = call.shelf()
    submission = own_submission(call, shelf)
    title = call.words.text("title-undo", title=submission.title)
    author = acting_author(shelf.person)
    reply = undo(call.workplace, shelf, submission, title, author, "")
    return _after(call, shelf.person, reply, address_of_submission(submission), "undone")


def _after(call: Call, person: str, reply: Reply, back: str, said: str) -> Response:
    if reply.conflicts:
        return call.go(back, "undo-changed-since")
    if not reply.is_done or reply.submission is None:
        return call.go(back, "not-done")
    if reply.submission.state is SubmissionState.MERGED:
        call.workplace.publish(person)
        return call.go(address_of_submission(reply.submission), said)
    return call.go(address_of_submission(reply.submission), "sent")
