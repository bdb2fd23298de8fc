"""What was sent: what happens next, who acts, since when; and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.submission import EditState, EventKind, Submission, SubmissionState
from desk.comparing import compared
from desk.forms.filled import tidy_body
from desk.listener.overview import address_of
from desk.mistakes import mistakes_of
from desk.pieces import Piece
from desk.previews import anchor_of, page_of
from desk.shelf import Shelf
from desk.telling import told_events
from desk.web.call import Call
from desk.writing import acting_author, keep_as_drafts
from forge.merge_requests import Remark, Reply, SubmissionMissingError
from forge.port import Blob

NOT_FOUND = 404
COMMENT_LIMIT = 4000

_MAY_WITHDRAW = frozenset(
    {
        SubmissionState.DRAFT,
        SubmissionState.SUBMITTED,
        SubmissionState.APPROVED,
        SubmissionState.RETURNED,
    }
)


def sent(call: Call) -> Response:
    """Show where a submission stands and everything that happened to it."""
    shelf = call.shelf()
    submission = _wanted(call, shelf)
    pieces = shelf.pieces(submission)
    names = call.names
    return call.page(
        "sent.html",
        submission=submission,
        mistakes=mistakes_of(call, submission, pieces) if submission.author == shelf.person else (),
        state=submission.state.value,
        events=told_events(submission, names),
        edits=[one for one in submission.edits if one.state is EditState.OFFERED],
        edit_changes={
            one.number: compared(call, shelf, submission.head, one.commit)
            for one in submission.edits
            if one.state is EditState.OFFERED
        },
        names=names,
        address=address_of(pieces[0]) if pieces else "/desk/",
        published=f"/c/{shelf.person}/{_page_of(pieces)}",
        piece=pieces[0] if pieces else None,
        is_own=submission.author == shelf.person,
        is_gone=_is_gone(call, shelf, submission),
        is_overtaken=bool(pieces and _conflicts(call, submission)),
        may_withdraw=submission.state in _MAY_WITHDRAW,
        reason=_reason(submission),
        answered_by=_answered_by(call, submission),
    )


def _is_gone(call: Call, shelf: Shelf, submission: Submission) -> bool:
    """Whether nothing is left to go on with; of what was taken back there is a draft."""
    pieces = shelf.pieces(submission)
    if submission.state is SubmissionState.WITHDRAWN:
        return not any(shelf.version(piece).files for piece in pieces)
    tree = _tree(call, shelf, submission)
    return not any(piece.of(tree) for piece in pieces)


def _reason(submission: Submission) -> str:
    """Why it was returned last; nothing for what is not returned."""
    if submission.state is not SubmissionState.RETURNED:
        return ""
    returned = (one for one in reversed(submission.events) if one.kind is EventKind.RETURNED)
    return next((one.text for one in returned), "")


def _answered_by(call: Call, submission: Submission) -> date | None:
    """The day by which the academy answers by its own rules; None when it is not its turn."""
    if submission.submitted is None or submission.state is not SubmissionState.SUBMITTED:
        return None
    due = call.workplace.academy().policy.review_due(submission.submitted)
    return due.astimezone(ZoneInfo(call.words.time_zone)).date()


def _page_of(pieces: Sequence[Piece]) -> str:
    """The page of the cabinet that shows what was published."""
    if not pieces:
        return "portfolio/"
    anchor = anchor_of(pieces[0])
    return page_of(pieces[0]).removesuffix("index.html") + (f"#{anchor}" if anchor else "")


def own_submission(call: Call, shelf: Shelf) -> Submission:
    """The submission that the address names, when the listener sent it."""
    submission = _wanted(call, shelf)
    if submission.author != shelf.person:
        raise HTTPException(NOT_FOUND)
    return submission


def answer(call: Call) -> Response:
    """Say something: an answer to a comment, or a question."""
    shelf = call.shelf()
    submission = _wanted(call, shelf)
    text = tidy_body(call.form.get("text")).strip()[:COMMENT_LIMIT]
    if not text:
        return call.go(address_of_submission(submission), "nothing-said", "say")
    remark = Remark(
        text=text, item=call.form.get("item")[:100], paragraph=call.form.get("paragraph")[:40]
    )
    reply = call.workplace.requests.comment(
        shelf.person, submission.number, submission.head, remark, acting_author(shelf.person),
        call.at,
    )  # fmt: skip
    return _after(call, submission, reply, "said")


def withdraw(call: Call) -> Response:
    """Take a submission back; its content is a draft again."""
    shelf = call.shelf()
    submission = own_submission(call, shelf)
    author = acting_author(shelf.person)
    keep_as_drafts(call.workplace, shelf, submission)
    reply = call.workplace.requests.withdraw(shelf.person, submission.number, author, call.at)
    return _after(call, submission, reply, "withdrawn")


def decide_edit(call: Call) -> Response:
    """Accept or leave what the reviewer has worded differently."""
    shelf = call.shelf()
    submission = own_submission(call, shelf)
    number = int(call.params["edit"])
    author, requests = acting_author(shelf.person), call.workplace.requests
    if call.form.get("do") == "accept":
        reply = requests.accept_edit(shelf.person, submission.number, number, author, call.at)
        return _after(call, submission, reply, "edit-accepted")
    reply = requests.decline_edit(shelf.person, submission.number, number, author, call.at)
    return _after(call, submission, reply, "edit-declined")


def _wanted(call: Call, shelf: Shelf) -> Submission:
    """The submission that the address names: what others sent about one's own things, too."""
    try:
        submission = call.workplace.requests.get(shelf.person, int(call.params["number"]))
    except SubmissionMissingError:
        raise HTTPException(NOT_FOUND) from None
    if submission.author != shelf.person and submission.submitted is None:
        raise HTTPException(NOT_FOUND)
    return submission


def _tree(call: Call, shelf: Shelf, submission: Submission) -> Mapping[str, Blob]:
    """What there is with a submission; of one that is over, what is published now."""
    if submission.state.is_final:
        return shelf.published
    return call.workplace.repositories.tree(shelf.person, submission.head)


def _conflicts(call: Call, submission: Submission) -> bool:
    """Whether another version of the same was published since: its author has to choose."""
    return bool(call.workplace.requests.conflicts(submission.person, submission.number))


def address_of_submission(submission: Submission) -> str:
    """The screen of what was sent."""
    return f"/desk/sent/{submission.number}/"


def _after(call: Call, submission: Submission, reply: Reply, said: str) -> Response:
    if not reply.is_done:
        return call.go(address_of_submission(submission), "not-done")
    return call.go(address_of_submission(submission), said)
