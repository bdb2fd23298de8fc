"""Taking back what is published: an item that goes, and a publication that is undone.

Both are submissions like any other, so the policy says who looks at them, and
nothing of the history is lost.
"""

from __future__ import annotations

from academy.submission import Submission, SubmissionState
from academy.submitting import Acting
from desk.pieces import Piece
from desk.shelf import Shelf
from desk.workplace import Workplace
from desk.writing import hand_in, send_files
from forge.merge_requests import Reply, Ruling


def take_away(workplace: Workplace, shelf: Shelf, piece: Piece, title: str, note: str) -> Reply:
    """Send that a published piece goes, with all its files."""
    gone = dict.fromkeys(piece.of(shelf.published))
    return send_files(workplace, shelf, gone, title, note)


def undo(
    workplace: Workplace, shelf: Shelf, published: Submission, title: str, by: Acting, note: str
) -> Reply:
    """Send what gives every file of a publication the content it had before.

    A reviewer who may decide alone has decided with it; else it waits for another one.
    What was changed again since is a conflict, and nothing is done.
    """
    requests, person = workplace.requests, shelf.person
    begun = requests.undo(person, published.number, title, by, workplace.now())
    submission = begun.submission
    if not begun.is_done or submission is None:
        return begun
    policy = workplace.academy().policy
    reply = hand_in(workplace, shelf, submission, note, by, workplace.now())
    if not reply.is_done:
        requests.withdraw(person, submission.number, by, workplace.now())
        return reply
    waits = reply.submission and reply.submission.state is SubmissionState.SUBMITTED
    if waits and by.may_review and not policy.two_people:
        ruling = Ruling(head=submission.head, policy=policy.version, two_people=False)
        return requests.accept(person, submission.number, ruling, by, workplace.now())
    return reply
