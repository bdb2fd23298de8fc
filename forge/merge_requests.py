"""What the rest of the program may ask of a forge: merge requests.

What may happen to a merge request is no matter of the forge: `academy/submitting.py`
says it for all of them. On screens a merge request is a submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from academy.issue import Issue, has_errors
from academy.policy import ReviewMode
from academy.submission import Submission
from academy.submitting import Acting, Refusal
from forge.port import Draft


class SubmissionMissingError(Exception):
    """There is no merge request of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A file that both the merge request and `main` have changed since it started.

    Each is the content, or None where there is no file: `base` as it was when both
    began, `theirs` as it is in the merge request, `published` as it is on `main`.
    """

    path: str
    base: bytes | None
    theirs: bytes | None
    published: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of doing something with a merge request.

    `submission` is how it stands now; None when it was not opened. Nothing was done
    when there is a `refusal` or a conflict, or an error among the issues.
    """

    submission: Submission | None
    issues: tuple[Issue, ...] = ()
    refusal: Refusal | None = None
    conflicts: tuple[Conflict, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether it was done. `heads` then has `main` and `record` if they have moved."""
        return not (self.refusal or self.conflicts or has_errors(self.issues))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Content that somebody proposes: path to bytes, or to None to delete.

    `draft` is a draft that it was made of: it goes when the content is there,
    unless it has been saved again meanwhile (then it stays).
    """

    files: Mapping[str, bytes | None]
    message: str = ""
    draft: Draft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What goes with a submission: the declaration of accuracy, the mode, a note to the reviewer.

    `declaration` is the version of its text (clause 5.2). `mode` is what
    `academy.submitting.review_mode` says, `policy` the version it was read from.
    """

    declaration: str
    mode: ReviewMode
    policy: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words of a participant; `item` and `paragraph` tie them to a place."""

    text: str
    item: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a reviewer decides with: the content they saw, the policy, and files of `record`.

    `record` is the commit of that branch for which the files were made: reviews with
    grades. `two_people` is the policy's; where it is off, the waiver is recorded.
    """

    head: str
    policy: str
    two_people: bool
    record: str | None = None
    files: Mapping[str, bytes | None] = field(default_factory=dict)


class MergeRequests(Protocol):
    """Merge requests: what a person sends is reviewed, and published by moving `main`.

    Whatever `by` may not do is refused with a reason and changes nothing; so is
    content that the gate does not let in. Every call is on disk when it returns. Raises
    `RepositoryMissingError`, `SubmissionMissingError`, and `StaleHeadError` when somebody
    else did something at the same moment: read and decide again.
    """

    def lives(self, name: str) -> Mapping[int, str]:
        """What changes whenever something happens: each number with the head of its chain."""

    def all(self, name: str) -> tuple[Submission, ...]:
        """Every merge request of a repository, by number."""

    def get(self, name: str, number: int) -> Submission:
        """One merge request as it is now."""

    def changed_files(self, name: str, number: int) -> Mapping[str, tuple[str, str]]:
        """Each path that differs from where it started: the ids of the blobs, "" for none."""

    def conflicts(self, name: str, number: int) -> tuple[Conflict, ...]:
        """What stands in the way of publishing it now."""

    def open(self, name: str, title: str, proposal: Proposal, by: Acting, at: datetime) -> Reply:
        """Begin a merge request from what is published now. It is not sent yet."""

    def change(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Change the content that was at `head`. What is in review has to be sent again."""

    def catch_up(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Take in what was published meanwhile; `proposal` settles the files in conflict."""

    def submit(
        self, name: str, number: int, head: str, sending: Sending, by: Acting, at: datetime
    ) -> Reply:
        """Send it. Where the mode asks for no review before, it is published at once."""

    def comment(
        self, name: str, number: int, head: str, remark: Remark, by: Acting, at: datetime
    ) -> Reply:
        """Say something about the content at `head`."""

    def suggest(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Offer other wording; the message of the proposal says why."""

    def accept_edit(self, name: str, number: int, edit: int, by: Acting, at: datetime) -> Reply:
        """Take a suggested edit over: a commit with both names."""

    def decline_edit(self, name: str, number: int, edit: int, by: Acting, at: datetime) -> Reply:
        """Leave a suggested edit."""

    def send_back(
        self, name: str, number: int, ruling: Ruling, remark: Remark, by: Acting, at: datetime
    ) -> Reply:
        """Return it to its author; the reason is required."""

    def approve(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Say yes to this exact content, without publishing it."""

    def accept(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Approve, unless that was done, and publish: all branches move together, or none."""

    def review(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Review what was published by rule."""

    def withdraw(self, name: str, number: int, by: Acting, at: datetime) -> Reply:
        """Take it back. Its content stays for its author."""

    def undo(self, name: str, number: int, title: str, by: Acting, at: datetime) -> Reply:
        """Begin a merge request that takes back what a published one has changed."""
