"""Fill level and rating as sums anyone can check, line by line (clauses 7.3, 7.5)."""

from __future__ import annotations

from markupsafe import Markup

from academy.fill import FillLevel, FillLine
from academy.portfolio import ItemKind
from academy.rating import Rating, RatingLine
from generator.compose.context import Context
from generator.compose.places import address

Row = tuple[str, str, str]


def fill_rows(c: Context, fill: FillLevel, page: str) -> list[Row]:
    """What is wanted, how much of it is there, and the points for it."""
    return [
        (
            _fill_name(c, line, page),
            c.words.text("fill-have", have=line.have, wanted=line.wanted),
            c.words.text("of", have=line.points, wanted=line.of_points),
        )
        for line in fill.lines
    ]


def rating_rows(c: Context, rating: Rating, page: str) -> list[Row]:
    """What counts, the factors it is the product of, and the points for it."""
    return [
        (
            _link(c, c.places.item(line.achievement), page, line.achievement.title),
            rating_factors(c, line),
            str(line.points),
        )
        for line in rating.lines
    ]


def rating_factors(c: Context, line: RatingLine) -> str:
    """The arithmetic of one achievement, or why it does not count."""
    if not line.counts:
        return c.words.text("rating-unverified")
    one = line.achievement
    return (
        f"{c.words.name(one.category)} {line.category} × {c.words.name(one.level)} {line.level}"
        f" × {c.words.name(one.part)} {line.part}"
    )


def _fill_name(c: Context, line: FillLine, page: str) -> str:
    if line.kind is None:
        return c.words.text("about")
    name = c.words.name(line.kind)
    if line.kind is ItemKind.ENTRY or not (c.is_owner or line.have):
        return name
    return _link(c, c.places.page_of(line.kind), page, name)


def _link(c: Context, place: str, page: str, text: str) -> Markup:
    # Addresses are percent-encoded and the text is escaped.
    return Markup(f'<a href="{address(place, page)}">{c.escape(text)}</a>')  # noqa: S704
