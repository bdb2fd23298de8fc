"""Reviewing: comments, suggested edits, approvals and returns."""

from __future__ import annotations

from academy.submission import Event, EventKind, Submission
from forge.embedded.intents import NOTHING, Move
from forge.embedded.lives import content_ref, edit_ref
from forge.embedded.objects import tree_id
from forge.embedded.pen import Pen
from forge.embedded.publishing import approval_event, on_record, record_moves
from forge.embedded.work import Work, written
from forge.merge_requests import Proposal, Remark, Reply, Ruling


def comment(work: Work, submission: Submission, head: str, remark: Remark) -> Reply:
    """Say something about the content at `head`."""
    said = work.event(
        EventKind.COMMENTED,
        head,
        text=remark.text,
        item=remark.item,
        paragraph=remark.paragraph,
    )
    return work.only_event(submission, said)


def suggest(work: Work, submission: Submission, head: str, proposal: Proposal) -> Reply:
    """Keep other wording beside the content, for its author to take over."""
    number = len(submission.edits) + 1
    values = {"edit": number, "text": proposal.message}
    why = work.refused(submission, work.event(EventKind.EDIT_SUGGESTED, head, **values))
    if why is not None:
        return Reply(submission=submission, refusal=why)
    admission = work.admit(proposal.files, content_ref(work.number), head)
    if not admission.is_clean:
        return Reply(submission=submission, issues=admission.issues)
    message = proposal.message or submission.title
    leaf = work.leaf(message, (head,), written(admission, proposal.files))

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move]]:
        commit = pen.write(leaf)
        offered = work.event(EventKind.EDIT_SUGGESTED, head, commit=commit, **values)
        return (offered,), (Move(edit_ref(work.number, number), NOTHING, commit),)

    return work.carry_out(submission, writing, issues=admission.issues)


def accept_edit(work: Work, submission: Submission, number: int) -> Reply:
    """Take a suggested edit over: a commit of the author that names the reviewer too."""
    edit = submission.edit(number)
    event = work.event(EventKind.EDIT_ACCEPTED, submission.head, edit=number)
    why = work.refused(submission, event)
    if why is not None or edit is None:
        return Reply(submission=submission, refusal=why)
    reviewer = f"{edit.actor} <{edit.actor}@cabinet.invalid>"
    message = f"{edit.text or submission.title}\n\nCo-authored-by: {reviewer}\n"
    tree = tree_id(work.folder, edit.commit)
    leaf = work.leaf(message, (submission.head,), {}, tree)

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move]]:
        head = pen.write(leaf)
        taken = work.event(EventKind.EDIT_ACCEPTED, head, edit=number)
        return (taken,), (Move(content_ref(work.number), submission.head, head),)

    return work.carry_out(submission, writing)


def decline_edit(work: Work, submission: Submission, number: int) -> Reply:
    """Leave a suggested edit."""
    event = work.event(EventKind.EDIT_DECLINED, submission.head, edit=number)
    return work.only_event(submission, event)


def send_back(work: Work, submission: Submission, ruling: Ruling, remark: Remark) -> Reply:
    """Return a merge request to its author."""
    returned = work.event(
        EventKind.RETURNED,
        ruling.head,
        text=remark.text,
        item=remark.item,
        paragraph=remark.paragraph,
        policy=ruling.policy,
    )
    return _ruled(work, submission, returned, ruling)


def approve(work: Work, submission: Submission, ruling: Ruling) -> Reply:
    """Say yes to this exact content."""
    return _ruled(work, submission, approval_event(work, submission, ruling), ruling)


def review(work: Work, submission: Submission, ruling: Ruling) -> Reply:
    """Review what was published by rule."""
    reviewed = work.event(EventKind.REVIEWED, ruling.head, policy=ruling.policy)
    return _ruled(work, submission, reviewed, ruling)


def withdraw(work: Work, submission: Submission) -> Reply:
    """Take a merge request back; its branch stays, so nothing written is lost."""
    return work.only_event(submission, work.event(EventKind.WITHDRAWN, submission.head))


def _ruled(work: Work, submission: Submission, event: Event, ruling: Ruling) -> Reply:
    """Write a ruling, and what it has for `record`."""
    why = work.refused(submission, event, two_people=ruling.two_people)
    if why is not None:
        return Reply(submission=submission, refusal=why)
    record = on_record(work, ruling)
    if not record.is_clean:
        return Reply(submission=submission, issues=record.issues)

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move, ...]]:
        return (event,), record_moves(work, record, pen)

    return work.carry_out(submission, writing, loose=True)
