"""Submissions: portfolio content on its way to being published (clauses 5.2, 7.1).

A submission is what its events make of it. Each event says who acted, when, and
which exact content (`head`) they saw, so an approval of one content is never
taken for an approval of another. What may happen is in `academy/submitting.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from academy.policy import ReviewMode


class SubmissionState(Enum):
    """Where a submission stands; the last two are final."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        """Whether the content of the submission can change no more."""
        return self in {SubmissionState.MERGED, SubmissionState.WITHDRAWN}


class EventKind(Enum):
    """What can happen to a submission."""

    OPENED = "opened"
    CHANGED = "changed"
    SUBMITTED = "submitted"
    COMMENTED = "commented"
    EDIT_SUGGESTED = "edit_suggested"
    EDIT_ACCEPTED = "edit_accepted"
    EDIT_DECLINED = "edit_declined"
    RETURNED = "returned"
    APPROVED = "approved"
    MERGED = "merged"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. Everything after `head` is there where the kind needs it.

    `role` is what the actor acted as, `head` the content they saw or made. `text`
    is the title (opened), the note to the reviewer (submitted), the comment, or
    the reason (returned). `item` and `paragraph` tie a comment to a place. `edit`
    numbers a suggested edit and `commit` is its content, or a commit of the branch
    `main` (opened: where it started; changed: what it has caught up with; merged:
    what came of it).
    `declaration` is the version of the declaration of accuracy that was given
    (clause 5.2), `mode` how the policy wants it reviewed, `policy` the version of
    the policy. `has_waiver` says that one person did what takes two, because the
    policy allows it. `reverts` is the submission that this one undoes.
    """

    kind: EventKind
    actor: str
    role: str
    moment: datetime
    head: str
    text: str = ""
    item: str = ""
    paragraph: str = ""
    edit: int = 0
    commit: str = ""
    declaration: str = ""
    mode: ReviewMode | None = None
    policy: str = ""
    has_waiver: bool = False
    reverts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A reviewer's yes to one exact content."""

    actor: str
    role: str
    moment: datetime
    head: str
    has_waiver: bool = False


class EditState(Enum):
    """What became of a suggested edit."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedEdit:
    """A reviewer's own wording: the author can accept it with one word.

    `head` is the content it was made on, `commit` the content with the edit.
    """

    number: int
    actor: str
    moment: datetime
    head: str
    commit: str
    text: str = ""
    state: EditState = EditState.OFFERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submission as its events have made it.

    `person` is whose portfolio it is for, `author` who opened it. `base` is the
    commit of `main` it builds on, `merged` the one it ended in. `since` is
    when it came into its state; `submitted` when it was sent last, and `mode`
    how it is reviewed since then. `contributors` are those who made its content.
    `is_review_due` tells that it was published by rule and still waits for a review.
    `sent_base` and `sent_head` are the content that was sent last: until it is sent again,
    what its author changes is theirs alone.
    """

    person: str
    number: int
    author: str
    title: str
    base: str
    head: str
    state: SubmissionState
    opened: datetime
    since: datetime
    submitted: datetime | None = None
    mode: ReviewMode | None = None
    note: str = ""
    merged: str = ""
    reverts: int = 0
    is_review_due: bool = False
    sent_base: str = ""
    sent_head: str = ""
    contributors: frozenset[str] = frozenset()
    approvals: tuple[Approval, ...] = ()
    edits: tuple[SuggestedEdit, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def approval(self) -> Approval | None:
        """The approval of the present content, or None: one of other content is worth nothing."""
        return next((one for one in self.approvals if one.head == self.head), None)

    def as_sent(self) -> Submission:
        """Give it with the content that was sent last, which is what reviewers may read."""
        return replace(self, base=self.sent_base, head=self.sent_head)

    def edit(self, number: int) -> SuggestedEdit | None:
        """The suggested edit of this number."""
        return next((one for one in self.edits if one.number == number), None)
