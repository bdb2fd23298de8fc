"""What is new in a cabinet: what others said and did lately (clauses 3.1, 5.6, 7.1, 8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from academy.calendar import academy_day
from academy.dossier import Dossier
from academy.results import Outcome
from academy.verification import Verdict


class NewsKind(Enum):
    """What can be new."""

    REVIEW = "review"
    ANSWER = "answer"
    VERDICT = "verdict"
    RESULT = "result"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsEntry:
    """One thing that is new: about which item, module or document, and by whom.

    `by` is a pseudonymous id; `grade` is a value of the scale, or what the
    training records say of a result.
    """

    kind: NewsKind
    day: date
    subject: str
    by: str = ""
    grade: str | None = None
    verdict: Verdict | None = None
    outcome: Outcome | None = None


def news(
    dossier: Dossier, reader: str, today: date, since: date, time_zone: str
) -> tuple[NewsEntry, ...]:
    """List what is new from `since` to `today`, the newest first.

    `reader` is the person the page is for: what they did themselves is no news to them.
    """
    found = [
        one for one in _events(dossier, time_zone) if since <= one.day <= today and one.by != reader
    ]
    kinds = list(NewsKind)
    found.sort(key=lambda one: (-one.day.toordinal(), kinds.index(one.kind), one.subject))
    return tuple(found)


def news_days(dossier: Dossier, span: timedelta, time_zone: str) -> Iterator[date]:
    """The days on which something becomes news, and on which it has been that for `span`."""
    for one in _events(dossier, time_zone):
        yield one.day
        yield one.day + span + timedelta(days=1)


def _events(dossier: Dossier, time_zone: str) -> Iterator[NewsEntry]:
    yield from _said(dossier, time_zone)
    items = {item.id for item in dossier.portfolio.items()}
    for item, verification in dossier.verifications.items():
        if item in items:
            day = academy_day(verification.moment, time_zone)
            yield NewsEntry(
                kind=NewsKind.VERDICT,
                day=day,
                subject=item,
                by=verification.verifier,
                verdict=verification.verdict,
            )
    for result in dossier.results.results:
        if result.date:
            yield NewsEntry(
                kind=NewsKind.RESULT,
                day=result.date,
                subject=result.module,
                grade=result.grade,
                outcome=result.outcome,
            )
    for document in dossier.documents:
        if document.date:
            yield NewsEntry(kind=NewsKind.DOCUMENT, day=document.date, subject=document.id)


def _said(dossier: Dossier, time_zone: str) -> Iterator[NewsEntry]:
    for review in dossier.reviews:
        day = academy_day(review.moment, time_zone)
        yield NewsEntry(
            kind=NewsKind.REVIEW, day=day, subject=review.item, by=review.author, grade=review.grade
        )
        for answer in review.answers:
            day = academy_day(answer.moment, time_zone)
            yield NewsEntry(kind=NewsKind.ANSWER, day=day, subject=review.item, by=answer.author)
