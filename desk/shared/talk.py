"""Reviews on `record` as a talk: written, and answered by those whom they concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from academy.issue import has_errors
from academy.review import Answer, Review
from desk.review.reviews import review_file, reviews_of
from desk.web.call import Call
from forge.gate.admission import FILE, Incoming, admit
from forge.port import RECORD, Author, Change
from formats.front_matter import write_document
from formats.record import REVIEW

ANSWER_LIMIT = 2000
MOST_ANSWERS = 100


def talk_of(call: Call, person: str, item: str) -> tuple[Review, ...]:
    """The reviews of an item, the oldest first."""
    return reviews_of(call, call.shelf(person), item)


def put_review(call: Call, person: str, review: Review) -> bool:
    """Write a review beside those there are; False when the gate does not let it in.

    Raises `StaleHeadError` when somebody else has written at the same moment.
    """
    repositories = call.workplace.repositories
    head = repositories.heads(person).get(RECORD)
    present = repositories.tree(person, head) if head else {}
    path, content = review_file(review, present)
    return _written(call, person, head, {path: content})


def answer_review(call: Call, person: str, review: Review, text: str) -> bool:
    """Add an answer to a review that was read just now. Raises `StaleHeadError`."""
    answer = Answer(
        author=call.visitor.account,
        moment=call.at.replace(microsecond=0),
        text=text[:ANSWER_LIMIT],
    )
    head = call.workplace.repositories.heads(person).get(RECORD)
    fresh = [one for one in talk_of(call, person, review.item) if one.number == review.number]
    if not fresh or len(fresh[0].answers) >= MOST_ANSWERS:
        return False
    whole = replace(fresh[0], answers=(*fresh[0].answers, answer))
    path = f"reviews/{whole.item}/{whole.number}.md"
    content = write_document(REVIEW.write(whole), whole.body.source).encode()
    return _written(call, person, head, {path: content})


def _written(call: Call, person: str, head: str | None, files: Mapping[str, bytes]) -> bool:
    entries = [Incoming(path, FILE, content) for path, content in files.items()]
    admission = admit(entries, RECORD)
    if has_errors(admission.issues):
        return False
    change = Change(ref=RECORD, expected=head, files=dict(admission.files), message="Review")
    author = Author(call.visitor.account)
    call.workplace.repositories.commit(person, [change], author, call.at)
    return True
