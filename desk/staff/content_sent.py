"""A change of the academy's content on its way: what changed, and the yes of a second person."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.issue import has_errors
from academy.submission import Submission, SubmissionState
from academy.submitting import Refusal
from desk.forms.filled import tidy_body
from desk.lines import Changed, changed_lines
from desk.staff.content import CONFLICT, WRONG
from desk.staff.content_files import ACADEMY, NOT_FOUND, told_issues
from desk.staff.content_look import look_of
from desk.staff.content_sending import acting, address_of, ruling, said_of, send_submission
from desk.telling import told_events
from desk.web.call import Call
from forge.merge_requests import Remark, Reply, SubmissionMissingError
from forge.port import StaleHeadError

TEXT_LIMIT = 4000


def sent_content(call: Call) -> Response:
    """Show what would change, and what can be done about it."""
    return _page(call, _wanted(call))


def decide_content(call: Call) -> Response:
    """Accept, return, or take back: by the button that was pressed."""
    found = _wanted(call)
    try:
        reply = _decided(call, found)
    except StaleHeadError:
        return _page(call, found, status=CONFLICT, problem="content-changed")
    if reply is None:
        return _page(call, found, status=WRONG, problem="no-text")
    if not reply.is_done:
        return _page(call, found, status=CONFLICT, problem=_why(reply))
    said = {"accept": "content-published", "return": "sent-back", "withdraw": "content-withdrawn"}
    sent = said_of(reply.submission) if reply.submission else ""
    return call.go(address_of(found), said.get(call.form.get("do"), sent))


def _decided(call: Call, found: Submission) -> Reply | None:
    """Do it; None when words are missing."""
    requests, by = call.workplace.requests, acting(call)
    decision = ruling(call, call.form.get("head"))
    match call.form.get("do"):
        case "accept":
            return requests.accept(ACADEMY, found.number, decision, by, call.at)
        case "return":
            reason = tidy_body(call.form.get("reason")).strip()[:TEXT_LIMIT]
            if not reason:
                return None
            remark = Remark(text=reason)
            return requests.send_back(ACADEMY, found.number, decision, remark, by, call.at)
        case "send":
            return send_submission(call, found, tidy_body(call.form.get("note")).strip()[:1000])
        case "withdraw":
            return requests.withdraw(ACADEMY, found.number, by, call.at)
    raise HTTPException(NOT_FOUND)


def _why(reply: Reply) -> str:
    if reply.refusal is None:
        return "content-overtaken"
    return "own-content" if reply.refusal is Refusal.OWN_WORDS else reply.refusal.value


def _wanted(call: Call) -> Submission:
    try:
        return call.workplace.requests.get(ACADEMY, int(call.params["number"]))
    except SubmissionMissingError:
        raise HTTPException(NOT_FOUND) from None


def _page(call: Call, found: Submission, *, status: int = 200, problem: str = "") -> Response:
    changes = {path: new for path, _, new in _changes(call, found)}
    waits = found.state in (SubmissionState.SUBMITTED, SubmissionState.APPROVED)
    is_own = found.author == call.visitor.account
    is_open = not found.state.is_final
    told = told_issues(call, changes) if is_open else ()
    return call.page(
        "staff/content-sent.html",
        status=status,
        submission=found,
        state=found.state.value,
        files=list(_files(call, found)),
        told=told,
        look=look_of(call, changes) if is_open else None,
        events=told_events(found, call.names),
        is_own=is_own,
        may_decide=waits and not (is_own and call.workplace.academy().policy.two_people),
        may_withdraw=is_own and is_open,
        may_send=is_own and is_open and not waits and not has_errors(one.issue for one in told),
        may_fix=[path for path, new in changes.items() if new is not None and is_own and is_open],
        is_by_one=bool(found.approval and found.approval.has_waiver),
        problem=problem,
        reason=call.form.get("reason"),
        names=call.names,
    )


def _files(call: Call, found: Submission) -> Iterator[tuple[str, tuple[Changed, ...]]]:
    for path, before, after in _changes(call, found):
        old, new = ((one or b"").decode("utf-8", "replace") for one in (before, after))
        yield path, changed_lines(old, new)


def _changes(call: Call, found: Submission) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    """Each path with its content before and after; None for no file."""
    workplace = call.workplace
    changed = workplace.requests.changed_files(ACADEMY, found.number)
    ids = sorted({one for pair in changed.values() for one in pair if one})
    contents = workplace.repositories.read(ACADEMY, ids)
    for path, (before, after) in changed.items():
        yield path, contents.get(before), contents.get(after)
