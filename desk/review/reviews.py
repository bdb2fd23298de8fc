"""Written reviews with grades, as files of the branch `record`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from academy.policy import Policy
from academy.prose import Prose
from academy.review import CriterionGrade, Review
from academy.submission import Submission
from desk.forms.filled import tidy_body
from desk.pieces import Piece
from desk.shelf import TEXT_LIMIT, Shelf
from desk.web.call import Call
from forge.port import RECORD
from formats.dossier import read_reviews
from formats.front_matter import write_document
from formats.record import REVIEW

REVIEW_LIMIT = 20_000


def reviews_of(call: Call, shelf: Shelf, item: str = "") -> tuple[Review, ...]:
    """The reviews of an item, or of all, the oldest first."""
    head = call.workplace.repositories.heads(shelf.person).get(RECORD)
    if head is None:
        return ()
    start = f"reviews/{item}/" if item else "reviews/"
    snapshot = call.workplace.repositories.snapshot(shelf.person, head, TEXT_LIMIT)
    files = {path: content or b"" for path, (_, content) in snapshot.items()}
    wanted = {path: one for path, one in files.items() if path.startswith(start)}
    return read_reviews(shelf.person, wanted, [])


def filled_review(call: Call, found: Submission, piece: Piece, policy: Policy) -> Review | None:
    """Read the review of a piece from the form; None where nothing was written or graded."""
    given = call.form.fields
    values = {step.value for step in policy.scale}
    grade = given.get("grade", "")
    criteria = tuple(
        CriterionGrade(criterion=one.id, grade=value)
        for one in policy.criteria
        if (value := given.get(f"criterion.{one.id}", "")) in values
    )
    body = tidy_body(given.get("review", "")).strip()[:REVIEW_LIMIT]
    if not body and not criteria and grade not in values:
        return None
    return Review(
        item=piece.item,
        number=0,
        author=call.visitor.account,
        role="reviewer",
        moment=call.at,
        commit=found.head,
        grade=grade if grade in values else None,
        criteria=criteria,
        body=Prose(body),
    )


def review_file(review: Review, present: Mapping[str, object]) -> tuple[str, bytes]:
    """Give the path and the content of a new review beside those there are."""
    pattern = re.compile(rf"reviews/{re.escape(review.item)}/([0-9]+)\.md")
    numbers = [int(match[1]) for path in present if (match := pattern.fullmatch(path))]
    path = f"reviews/{review.item}/{max(numbers, default=0) + 1}.md"
    return path, write_document(REVIEW.write(review), review.body.source).encode()
