"""The merge requests of the embedded forge; `forge/merge_requests.py` says what each call does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from academy.submission import Submission
from academy.submitting import Acting
from forge.embedded import composing, publishing, reviewing
from forge.embedded.differences import Differences
from forge.embedded.intents import NOTHING
from forge.embedded.lives import Lives, read_lives
from forge.embedded.mergers import Settle, merge, unsettled
from forge.embedded.refs import read_refs
from forge.embedded.repositories import EmbeddedForge
from forge.embedded.work import Work
from forge.merge_requests import (
    Conflict,
    Proposal,
    Remark,
    Reply,
    Ruling,
    Sending,
    SubmissionMissingError,
)
from forge.port import MAIN, RECORD


class EmbeddedMergeRequests:
    """Merge requests on disk. It may be shared by threads, and by processes."""

    def __init__(self, forge: EmbeddedForge, settle: Settle = unsettled) -> None:
        self._forge, self._settle = forge, settle
        self._lives = Lives()
        self._differences = Differences()

    def lives(self, name: str) -> Mapping[int, str]:
        """Give what changes whenever something happens: each number with the head of its chain."""
        with self._forge.present(name) as folder:
            return read_lives(folder)

    def all(self, name: str) -> tuple[Submission, ...]:
        """Give every merge request of a repository, by number."""
        with self._forge.present(name) as folder:
            return self._lives.read(folder, name, read_lives(folder))

    def get(self, name: str, number: int) -> Submission:
        """Give one merge request as it is now."""
        with self._forge.present(name) as folder:
            head = read_lives(folder).get(number)
            if head is None:
                raise SubmissionMissingError(f"{name} has no merge request {number}.")
            return self._lives.read(folder, name, {number: head})[0]

    def changed_files(self, name: str, number: int) -> Mapping[str, tuple[str, str]]:
        """Give each path that differs from where it started, with the ids of both blobs."""
        submission = self.get(name, number)
        with self._forge.present(name) as folder:
            return self._differences.read(folder, submission.base, submission.head)

    def conflicts(self, name: str, number: int) -> tuple[Conflict, ...]:
        """Give what stands in the way of publishing it now."""
        submission = self.get(name, number)
        main = self._forge.heads(name)[MAIN]
        if submission.state.is_final or main == submission.base:
            return ()
        with self._forge.present(name) as folder:
            return merge(folder, main, submission.head, self._settle).conflicts

    def open(self, name: str, title: str, proposal: Proposal, by: Acting, at: datetime) -> Reply:
        """Begin a merge request from what is published now."""
        with self.beginning(name, by, at) as work:
            return composing.begin(work, title, proposal)

    def change(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Change the content that was at `head`."""
        with self.working(name, number, by, at) as (work, submission):
            return composing.change(work, submission, head, proposal)

    def catch_up(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Take in what was published meanwhile."""
        with self.working(name, number, by, at) as (work, submission):
            return composing.catch_up(work, submission, head, proposal)

    def submit(
        self, name: str, number: int, head: str, sending: Sending, by: Acting, at: datetime
    ) -> Reply:
        """Send it, and publish it where no review comes before."""
        with self.working(name, number, by, at) as (work, submission):
            return publishing.send(work, submission, head, sending)

    def comment(
        self, name: str, number: int, head: str, remark: Remark, by: Acting, at: datetime
    ) -> Reply:
        """Say something about the content at `head`."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.comment(work, submission, head, remark)

    def suggest(
        self, name: str, number: int, head: str, proposal: Proposal, by: Acting, at: datetime
    ) -> Reply:
        """Offer other wording."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.suggest(work, submission, head, proposal)

    def accept_edit(self, name: str, number: int, edit: int, by: Acting, at: datetime) -> Reply:
        """Take a suggested edit over."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.accept_edit(work, submission, edit)

    def decline_edit(self, name: str, number: int, edit: int, by: Acting, at: datetime) -> Reply:
        """Leave a suggested edit."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.decline_edit(work, submission, edit)

    def send_back(
        self, name: str, number: int, ruling: Ruling, remark: Remark, by: Acting, at: datetime
    ) -> Reply:
        """Return it to its author."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.send_back(work, submission, ruling, remark)

    def approve(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Say yes to this exact content, without publishing it."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.approve(work, submission, ruling)

    def accept(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Approve, unless that was done, and publish."""
        with self.working(name, number, by, at) as (work, submission):
            return publishing.accept(work, submission, ruling)

    def review(self, name: str, number: int, ruling: Ruling, by: Acting, at: datetime) -> Reply:
        """Review what was published by rule."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.review(work, submission, ruling)

    def withdraw(self, name: str, number: int, by: Acting, at: datetime) -> Reply:
        """Take it back."""
        with self.working(name, number, by, at) as (work, submission):
            return reviewing.withdraw(work, submission)

    def undo(self, name: str, number: int, title: str, by: Acting, at: datetime) -> Reply:
        """Begin a merge request that takes back what a published one has changed."""
        published = self.get(name, number)
        with self.beginning(name, by, at) as work:
            return composing.undo(work, published, title)

    @contextmanager
    def beginning(self, name: str, by: Acting, at: datetime) -> Iterator[Work]:
        """Hold a repository for a new merge request: the next number is its own."""
        with self._forge.held(name) as folder:
            number = max(read_lives(folder), default=0) + 1
            yield self._work(name, number, by, at)

    @contextmanager
    def working(
        self, name: str, number: int, by: Acting, at: datetime
    ) -> Iterator[tuple[Work, Submission]]:
        """Hold a repository for work on one merge request."""
        with self._forge.held(name):
            submission = self.get(name, number)
            yield self._work(name, number, by, at), submission

    def _work(self, name: str, number: int, by: Acting, at: datetime) -> Work:
        """Give the work on a repository that is held."""
        folder = self._forge.folder(name)
        refs = read_refs(folder, (MAIN, RECORD))
        return Work(
            folder=folder,
            name=name,
            number=number,
            life=read_lives(folder).get(number, NOTHING),
            main=refs.get(MAIN, NOTHING),
            record=refs.get(RECORD, NOTHING),
            by=by,
            at=at,
            large=self._forge.large_of(name),
            settle=self._settle,
            lives=self._lives,
        )
