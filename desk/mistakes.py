"""What is wrong in a submission, on the screens of whoever sent it and of its reviewers.

What is sent from a form was checked there. A push brings content that no form has seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from academy.issue import Severity
from academy.submission import Submission
from administration.checking import submission_issues
from desk.forms.checking import Problem, problem_of
from desk.pieces import Piece, piece_of_path
from desk.web.call import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake in words, and the piece it is in."""

    piece: Piece
    problem: Problem

    @property
    def address(self) -> str:
        """The field of the form that puts it right."""
        return f"/desk/edit/{self.piece.key}/?check=1#{self.problem.at}"


def mistakes_of(
    call: Call, submission: Submission, pieces: Collection[Piece]
) -> tuple[Mistake, ...]:
    """What is wrong in those pieces of a submission that may be shown; nothing once it is over."""
    if submission.state.is_final:
        return ()
    found = _mistakes(call, submission, pieces)
    return tuple(sorted(found, key=lambda one: not one.problem.blocks))


def _mistakes(call: Call, submission: Submission, pieces: Collection[Piece]) -> Iterator[Mistake]:
    workplace = call.workplace
    for issue in submission_issues(workplace.repositories, workplace.academy(), submission):
        piece = piece_of_path(issue.location.file)
        # Advice is for the form; here stands what would be wrong on the page.
        if piece and piece in pieces and issue.severity is not Severity.ADVICE:
            yield Mistake(piece=piece, problem=problem_of(issue, call.words))
