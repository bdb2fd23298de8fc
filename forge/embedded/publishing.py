"""Publishing: `main`, `record` and the life of a merge request move in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from academy.issue import Issue
from academy.policy import ReviewMode
from academy.submission import Event, EventKind, Submission
from academy.submitting import Refusal, after, needs_waiver
from forge.embedded.differences import changed_blobs
from forge.embedded.intents import NOTHING, Move
from forge.embedded.lives import content_ref
from forge.embedded.mergers import Merged, merge
from forge.embedded.objects import tree_id
from forge.embedded.pen import Leaf, Pen
from forge.embedded.work import Work, written
from forge.merge_requests import Reply, Ruling, Sending
from forge.port import MAIN, RECORD, StaleHeadError


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What a ruling writes to `record`: a commit, or None; and what the gate says of it."""

    leaf: Leaf | None = None
    issues: tuple[Issue, ...] = ()
    is_clean: bool = True


def send(work: Work, submission: Submission, head: str, sending: Sending) -> Reply:
    """Send a merge request; without a review before, publish it in the same step."""
    sent = work.event(
        EventKind.SUBMITTED,
        head,
        text=sending.note,
        declaration=sending.declaration,
        mode=sending.mode,
        policy=sending.policy,
    )
    why = work.refused(submission, sent)
    if why is None and not changed_blobs(work.folder, submission.base, head):
        why = Refusal.NOTHING_IN_IT
    if why is not None:
        return Reply(submission=submission, refusal=why)
    is_reviewed_before = sending.mode is ReviewMode.BEFORE
    if is_reviewed_before and submission.base == work.main:
        return work.carry_out(submission, lambda _: ((sent,), ()), loose=True)
    merged = _merged(work, submission)
    if merged.conflicts:
        return Reply(submission=submission, conflicts=merged.conflicts)
    if is_reviewed_before:
        return work.carry_out(submission, lambda _: ((sent,), ()), loose=True)
    return _publish(work, submission, (sent,), merged, sending.policy, OnRecord())


def accept(work: Work, submission: Submission, ruling: Ruling) -> Reply:
    """Approve, unless that was done, and publish."""
    events: tuple[Event, ...] = ()
    if submission.approval is None:
        approval = approval_event(work, submission, ruling)
        why = work.refused(submission, approval, two_people=ruling.two_people)
        if why is not None:
            return Reply(submission=submission, refusal=why)
        events = (approval,)
    approved = after(submission, events[0]) if events else submission
    why = work.refused(approved, work.event(EventKind.MERGED, ruling.head))
    if why is not None:
        return Reply(submission=submission, refusal=why)
    record = on_record(work, ruling)
    if not record.is_clean:
        return Reply(submission=submission, issues=record.issues)
    merged = _merged(work, submission)
    if merged.conflicts:
        return Reply(submission=submission, conflicts=merged.conflicts)
    return _publish(work, submission, events, merged, ruling.policy, record)


def approval_event(work: Work, submission: Submission, ruling: Ruling) -> Event:
    """Give the approval of a reviewer; one person alone is told of in it."""
    waiver = needs_waiver(submission, work.by)
    return work.event(EventKind.APPROVED, ruling.head, policy=ruling.policy, has_waiver=waiver)


def on_record(work: Work, ruling: Ruling) -> OnRecord:
    """Let the gate look at what a ruling writes to `record`.

    Raises `StaleHeadError` when `record` is not where the files were made for.
    """
    if not ruling.files:
        return OnRecord()
    if (ruling.record or NOTHING) != work.record:
        raise StaleHeadError(f"{RECORD} of {work.name} is not where it was expected.")
    admission = work.admit(ruling.files, RECORD, work.record)
    if not admission.is_clean:
        return OnRecord(None, admission.issues, is_clean=False)
    parents = (work.record,) if ruling.record else ()
    message = f"Review of submission {work.number}"
    return OnRecord(work.leaf(message, parents, written(admission, ruling.files)))


def record_moves(work: Work, record: OnRecord, pen: Pen) -> tuple[Move, ...]:
    """Write to `record`, and give its move."""
    if record.leaf is None:
        return ()
    return (Move(RECORD, work.record, pen.write(record.leaf)),)


def _merged(work: Work, submission: Submission) -> Merged:
    """Merge the content with `main`, which may not have moved since."""
    if submission.base == work.main:
        return Merged(tree_id(work.folder, submission.head))
    return merge(work.folder, work.main, submission.head, work.settle)


def _publish(
    work: Work,
    submission: Submission,
    before: Sequence[Event],
    merged: Merged,
    policy: str,
    record: OnRecord,
) -> Reply:
    """Write the merge, and move everything."""
    message = f"{submission.title}\n\nSubmission: {work.number}\n"
    leaf = work.leaf(message, (work.main, submission.head), merged.settled, merged.tree)

    def writing(pen: Pen) -> tuple[tuple[Event, ...], tuple[Move, ...]]:
        main = pen.write(leaf)
        told = work.event(EventKind.MERGED, submission.head, commit=main, policy=policy)
        moves = (
            Move(MAIN, work.main, main),
            *record_moves(work, record, pen),
            # The content is part of `main` now; its branch would only be in the way.
            Move(content_ref(work.number), submission.head, NOTHING),
        )
        return (*before, told), moves

    return work.carry_out(submission, writing)
