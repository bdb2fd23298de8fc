"""What is new, one line each: announcements first, then what others said and did."""

from __future__ import annotations

from dataclasses import dataclass

from academy.announcement import Announcement
from academy.institution import Section
from academy.news import NewsEntry, NewsKind, news
from generator.compose.context import Context

MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsLine:
    """A line of news: what it is, its title, where it leads (maybe nowhere), who and when."""

    kind: str
    title: str
    place: str
    facts: str
    important: bool = False


def news_lines(c: Context, announcements: tuple[Announcement, ...]) -> tuple[NewsLine, ...]:
    """The news of a home page."""
    since = c.today - c.academy.policy.news_span
    reader = c.dossier.person if c.is_owner else ""
    found = news(c.dossier, reader, c.today, since, c.academy.time_zone)
    lines = [_announced(c, one) for one in announcements]
    lines += [line for one in found if (line := _line(c, one))]
    return tuple(lines[: MOST + len(announcements)])


def _announced(c: Context, one: Announcement) -> NewsLine:
    kind = "news-important" if one.important else "news-announcement"
    author = c.academy.employee(one.author)
    return NewsLine(
        kind=c.words.text(kind),
        title=one.title,
        place=f"announcements.md#{one.id}" if c.has_announcements else "",
        facts=_facts(author.name if author else "", c.words.moment_day(one.starts)),
        important=one.important,
    )


def _line(c: Context, one: NewsEntry) -> NewsLine | None:
    if one.kind is NewsKind.RESULT:
        return _result(c, one)
    if one.kind is NewsKind.DOCUMENT:
        return _document(c, one)
    item = next((item for item in c.dossier.portfolio.items() if item.id == one.subject), None)
    if item is None or not c.has_portfolio:
        return None
    worth = c.academy.policy.grade_title(one.grade) if one.grade else ""
    if one.verdict:
        worth = c.words.name(one.verdict)
    return NewsLine(
        kind=c.words.text(f"news-{one.kind.value}"),
        title=item.title,
        place=c.places.item(item),
        facts=_facts(worth, c.person(one.by), c.words.day(one.day)),
    )


def _result(c: Context, one: NewsEntry) -> NewsLine:
    anchor = f"#m-{one.subject}" if c.knows_module(one.subject) else ""
    outcome = c.words.name(one.outcome) if one.outcome else ""
    return NewsLine(
        kind=c.words.text("news-result"),
        title=c.module_title(one.subject),
        place=f"study.md{anchor}" if c.has_study else "",
        facts=_facts(outcome, one.grade or "", c.words.day(one.day)),
    )


def _document(c: Context, one: NewsEntry) -> NewsLine:
    document = next(found for found in c.dossier.documents if found.id == one.subject)
    return NewsLine(
        kind=c.words.text("news-document"),
        title=document.title,
        place="documents.md" if c.has(Section.DOCUMENTS) else "",
        facts=_facts(c.words.day(one.day)),
    )


def _facts(*facts: str) -> str:
    return " · ".join(filter(None, facts))
