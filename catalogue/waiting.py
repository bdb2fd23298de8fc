"""A submission as a line of the queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from academy.policy import ReviewMode
from academy.submission import Submission, SubmissionState
from forge.merge_requests import MergeRequests
from forge.paths import ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One submission: whose, where it stands since when, and what it is about.

    `person` is the repository, `group` the listener's group ("" for the academy's own);
    `touched` are the items, settings and pages that it changes, as paths without endings.
    """

    person: str
    number: int
    group: str
    author: str
    title: str
    state: SubmissionState
    since: datetime
    submitted: datetime | None
    mode: ReviewMode | None
    is_review_due: bool
    touched: tuple[str, ...]


def read_waiting(requests: MergeRequests, group: str, submission: Submission) -> Waiting:
    """Give the line of a submission."""
    paths = requests.changed_files(submission.person, submission.number)
    return Waiting(
        person=submission.person,
        number=submission.number,
        group=group,
        author=submission.author,
        title=submission.title,
        state=submission.state,
        since=submission.since,
        submitted=submission.submitted,
        mode=submission.mode,
        is_review_due=submission.is_review_due,
        touched=touched(paths),
    )


def touched(paths: Iterable[str]) -> tuple[str, ...]:
    """Give what paths belong to: `works/garden` for everything in that folder."""
    found = set()
    for path in paths:
        if path == ATTRIBUTES:
            continue
        folder, _, file = path.rpartition("/")
        single = folder in {"", "goals", "reflections"}
        found.add(path.rpartition(".")[0] if single and file else folder)
    return tuple(sorted(found))
