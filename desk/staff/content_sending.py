"""A change of the academy's content is a submission: the policy says how many people it takes.

Where one is enough, the author says yes to the own words, and the approval
records the waiver (clause 9.1).
"""

from __future__ import annotations

from collections.abc import Mapping

from academy.access import Role
from academy.policy import ReviewMode
from academy.submission import Submission, SubmissionState
from academy.submitting import Acting
from desk.staff.content_files import ACADEMY
from desk.web.call import Call
from desk.writing import DECLARATION, sent_once
from forge.merge_requests import Proposal, Reply, Ruling, Sending


def acting(call: Call) -> Acting:
    """The visitor as who keeps the academy's content."""
    return Acting(account=call.visitor.account, role=Role.REGISTRAR.value, may_review=True)


def ruling(call: Call, head: str) -> Ruling:
    """What the visitor decides with, about the content that was seen."""
    policy = call.workplace.academy().policy
    return Ruling(head=head, policy=policy.version, two_people=policy.two_people)


def address_of(submission: Submission) -> str:
    """The screen of what was sent."""
    return f"/desk/content/sent/{submission.number}/"


def said_of(submission: Submission) -> str:
    """What to say of what was sent just now."""
    is_published = submission.state is SubmissionState.MERGED
    return "content-published" if is_published else "content-sent"


def send_changes(
    call: Call,
    title: str,
    files: Mapping[str, bytes | None],
    note: str,
    submission: Submission | None = None,
) -> Reply:
    """Send changes of files: in a new submission, or in one of the visitor's on its way."""
    requests, by = call.workplace.requests, acting(call)
    proposal = Proposal(files=files, message=title)
    if submission is not None:
        changed = requests.change(
            ACADEMY, submission.number, submission.head, proposal, by, call.at
        )
        if changed.submission is None or not changed.is_done:
            return changed
        return send_submission(call, changed.submission, note)
    opened = requests.open(ACADEMY, title, proposal, by, call.at)
    if opened.submission is None or not opened.is_done:
        return opened
    sent = send_submission(call, opened.submission, note)
    if not sent.is_done:
        requests.withdraw(ACADEMY, opened.submission.number, by, call.at)
    return sent


def send_submission(call: Call, submission: Submission, note: str) -> Reply:
    """Send what was begun; publish it where one person is enough."""
    requests, by = call.workplace.requests, acting(call)
    policy = call.workplace.academy().policy
    sending = Sending(
        declaration=DECLARATION, mode=ReviewMode.BEFORE, policy=policy.version, note=note
    )
    number, head = submission.number, submission.head
    sent = sent_once(requests.submit(ACADEMY, number, head, sending, by, call.at))
    if policy.two_people or not sent.is_done:
        return sent
    return sent_once(requests.accept(ACADEMY, number, ruling(call, head), by, call.at))
