"""The content of a merge request: begun, changed, caught up with `main`, taken back."""

from __future__ import annotations

from collections.abc import Mapping

from academy.issue import Issue
from academy.submission import Event, EventKind, Submission
from academy.submitting import TEXT_LIMIT, Refusal, may_begin
from forge.embedded.begun import begun_before
from forge.embedded.differences import changed_blobs
from forge.embedded.intents import NOTHING, Move
from forge.embedded.lives import content_ref
from forge.embedded.mergers import merge
from forge.embedded.objects import read_blobs, read_tree
from forge.embedded.pen import Leaf, Pen
from forge.embedded.work import Work, written
from forge.merge_requests import Conflict, Proposal, Reply


def begin(work: Work, title: str, proposal: Proposal, *, reverts: int = 0) -> Reply:
    """Begin a merge request from what is published now.

    The same changes sent twice under one title begin one: the second answer gives the first.
    """
    if not may_begin(work.name, work.by):
        return Reply(submission=None, refusal=Refusal.NOT_AUTHOR)
    if len(title) > TEXT_LIMIT:
        return Reply(submission=None, refusal=Refusal.TOO_LONG)
    branch = content_ref(work.number)
    admission = work.admit(proposal.files, branch, work.main)
    if not admission.is_clean:
        return Reply(submission=None, issues=admission.issues)
    files = written(admission, proposal.files)
    known = begun_before(work, work.main, files)
    if known is not None and known.title == title:
        return Reply(submission=known, issues=admission.issues)
    leaf = work.leaf(proposal.message or title, (work.main,), files)
    event = {"text": title, "commit": work.main, "reverts": reverts}

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move, ...]]:
        head = pen.write(leaf)
        moves = (Move(branch, NOTHING, head), *work.draft_gone(proposal))
        return (work.event(EventKind.OPENED, head, **event),), moves

    return work.carry_out(None, writing, issues=admission.issues)


def change(work: Work, submission: Submission, head: str, proposal: Proposal) -> Reply:
    """Put a commit on top of the content that was at `head`."""
    why = _not_changeable(work, submission, head)
    if why is not None:
        return Reply(submission=submission, refusal=why)
    admission = work.admit(proposal.files, content_ref(work.number), head)
    if not admission.is_clean:
        return Reply(submission=submission, issues=admission.issues)
    files = written(admission, proposal.files)
    leaf = work.leaf(proposal.message or submission.title, (head,), files)
    return _changed(work, submission, leaf, proposal, admission.issues)


def catch_up(work: Work, submission: Submission, head: str, proposal: Proposal) -> Reply:
    """Merge `main` into the content; the proposal settles the files in conflict."""
    why = _not_changeable(work, submission, head)
    if why is not None:
        return Reply(submission=submission, refusal=why)
    merged = merge(work.folder, work.main, head, work.settle)
    open_ones = tuple(one for one in merged.conflicts if one.path not in proposal.files)
    if open_ones:
        return Reply(submission=submission, conflicts=open_ones)
    admission = work.admit(proposal.files, content_ref(work.number), head)
    if not admission.is_clean:
        return Reply(submission=submission, issues=admission.issues)
    files = {**merged.settled, **written(admission, proposal.files)}
    message = proposal.message or submission.title
    leaf = work.leaf(message, (head, work.main), files, merged.tree)
    return _changed(work, submission, leaf, proposal, admission.issues, commit=work.main)


def undo(work: Work, published: Submission, title: str) -> Reply:
    """Begin a merge request that gives each file the content it had before."""
    if not published.merged:
        return Reply(submission=None, refusal=Refusal.WRONG_STATE)
    changes = changed_blobs(work.folder, f"{published.merged}^1", published.merged)
    present = read_tree(work.folder, work.main)
    now = {path: present[path].id if path in present else "" for path in changes}
    wanted = {blob for pair in changes.values() for blob in pair} | set(now.values())
    contents: Mapping[str, bytes | None] = {
        "": None,
        **read_blobs(work.folder, sorted(wanted - {""})),
    }
    conflicts = tuple(
        Conflict(path=path, base=contents[new], theirs=contents[old], published=contents[now[path]])
        for path, (old, new) in changes.items()
        if now[path] != new
    )
    if conflicts:
        return Reply(submission=None, conflicts=conflicts)
    files = {path: contents[old] for path, (old, _) in changes.items()}
    return begin(work, title, Proposal(files=files), reverts=published.number)


def _not_changeable(work: Work, submission: Submission, head: str) -> Refusal | None:
    """Tell why the content at `head` may not be changed by who acts."""
    why = work.refused(submission, work.event(EventKind.CHANGED, head))
    if why is None and head != submission.head:
        return Refusal.CONTENT_CHANGED
    return why


def _changed(
    work: Work,
    submission: Submission,
    leaf: Leaf,
    proposal: Proposal,
    issues: tuple[Issue, ...],
    *,
    commit: str = "",
) -> Reply:
    """Write the new content and the event that tells of it."""

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move, ...]]:
        head = pen.write(leaf)
        moves = (
            Move(content_ref(work.number), submission.head, head),
            *work.draft_gone(proposal),
        )
        return (work.event(EventKind.CHANGED, head, commit=commit),), moves

    return work.carry_out(submission, writing, issues=issues)
