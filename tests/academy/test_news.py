"""What is new in a cabinet, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from academy.document import Document
from academy.dossier import Dossier
from academy.news import NewsEntry, NewsKind, news, news_days
from academy.results import Outcome, Result, Results
from academy.review import Answer, Review
from academy.verification import Verdict

SINCE, TODAY = date(2026, 3, 1), date(2026, 3, 10)


def busy(dossier: Dossier) -> Dossier:
    """A dossier in which something of each kind happened on the fifth of March."""
    item, *_ = dossier.portfolio.works
    [held, *_] = dossier.verifications.values()
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    answers = (
        Answer(author=dossier.person, moment=at, text="Thank you"),
        Answer(author="s-1", moment=at + timedelta(days=1), text="Well done"),
    )
    return replace(
        dossier,
        reviews=(
            Review(item=item.id, number=1, author="s-1", role="teacher", moment=at, grade="5",
                   answers=answers),
        ),
        verifications={item.id: replace(held, item=item.id, moment=at, verifier="s-2")},
        results=Results(results=(Result(module="light", outcome=Outcome.PASSED, date=at.date()),)),
        documents=(Document(id="d", title="Order", date=at.date()),),
    )  # fmt: skip


def test_everything_that_is_new_the_newest_first(dossier: Dossier):
    item, *_ = dossier.portfolio.works
    day = date(2026, 3, 5)

    assert news(busy(dossier), dossier.person, TODAY, SINCE, "UTC") == (
        NewsEntry(kind=NewsKind.ANSWER, day=date(2026, 3, 6), subject=item.id, by="s-1"),
        NewsEntry(kind=NewsKind.REVIEW, day=day, subject=item.id, by="s-1", grade="5"),
        NewsEntry(
            kind=NewsKind.VERDICT, day=day, subject=item.id, by="s-2", verdict=Verdict.CONFIRMED
        ),
        NewsEntry(kind=NewsKind.RESULT, day=day, subject="light", outcome=Outcome.PASSED),
        NewsEntry(kind=NewsKind.DOCUMENT, day=day, subject="d"),
    )


def test_what_one_did_oneself_is_no_news(dossier: Dossier):
    def kinds_for(reader: str) -> list[NewsKind]:
        found = news(busy(dossier), reader, TODAY, SINCE, "UTC")
        return [one.kind for one in found if one.kind in (NewsKind.REVIEW, NewsKind.ANSWER)]

    assert kinds_for(dossier.person) == [NewsKind.ANSWER, NewsKind.REVIEW]
    assert kinds_for("s-1") == [NewsKind.ANSWER]
    assert kinds_for("s-3") == [NewsKind.ANSWER, NewsKind.REVIEW, NewsKind.ANSWER]


def test_news_comes_on_its_day_and_goes_after_its_span(dossier: Dossier):
    whole = busy(dossier)
    span = timedelta(days=14)

    def count_on(today: date) -> int:
        return len(news(whole, "s-3", today, today - span, "UTC"))

    assert [count_on(date(2026, 3, day)) for day in (4, 5, 6, 19, 20, 21)] == [0, 5, 6, 6, 1, 0]
    assert set(news_days(whole, span, "UTC")) == {
        date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 20), date(2026, 3, 21),
    }  # fmt: skip


def test_what_is_said_of_an_item_that_is_gone_is_no_news(dossier: Dossier):
    whole = busy(dossier)
    bare = replace(whole, portfolio=replace(whole.portfolio, works=()))

    kinds = {one.kind for one in news(bare, "s-3", TODAY, SINCE, "UTC")}
    assert NewsKind.VERDICT not in kinds
