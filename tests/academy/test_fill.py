"""The fill level and its arithmetic."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from academy.dossier import Dossier
from academy.fill import FillLevel, FillLine, fill_level
from academy.institution import Academy
from academy.policy import FillRule, Policy
from academy.portfolio import ItemKind, Portfolio, Work
from academy.prose import Prose


def test_the_lines_of_one_portfolio(dossier: Dossier, academy: Academy):
    few = replace(dossier.portfolio, works=dossier.portfolio.works[:2])

    level = fill_level(few, academy.policy)

    assert level == FillLevel(
        lines=(
            FillLine(kind=None, have=1, wanted=1, points=10, of_points=10),
            FillLine(kind=ItemKind.WORK, have=2, wanted=3, points=20, of_points=30),
            FillLine(kind=ItemKind.GOAL, have=2, wanted=2, points=5, of_points=5),
        )
    )
    assert (level.points, level.of_points, level.percent) == (35, 45, 77)


def test_more_than_is_wanted_gives_no_more_points():
    works = tuple(Work(id=f"w{n}", title="W") for n in range(5))
    rules = Policy(about_points=0, fill=(FillRule(kind=ItemKind.WORK, count=2, points=7),))

    level = fill_level(Portfolio(works=works), rules)

    assert (level.points, level.of_points, level.percent) == (7, 7, 100)


def test_blank_words_about_oneself_do_not_count():
    level = fill_level(Portfolio(about=Prose(" \n\t\n")), Policy(about_points=10))

    assert (level.points, level.percent) == (0, 0)


def test_where_nothing_is_wanted_everything_is_there():
    assert fill_level(Portfolio(), Policy(about_points=0)).percent == 100


rules = st.builds(
    FillRule, kind=st.sampled_from(ItemKind), count=st.integers(1, 9), points=st.integers(0, 100)
)


@given(
    works=st.integers(0, 12),
    about=st.sampled_from(["", "me"]),
    about_points=st.integers(0, 50),
    fill=st.lists(rules, max_size=6).map(tuple),
)
def test_the_level_never_leaves_its_scale_and_one_more_work_never_costs(
    works: int, about: str, about_points: int, fill: tuple[FillRule, ...]
):
    def level(count: int) -> FillLevel:
        made = tuple(Work(id=f"w{n}", title="W") for n in range(count))
        return fill_level(
            Portfolio(about=Prose(about), works=made), Policy(about_points=about_points, fill=fill)
        )

    now = level(works)
    assert 0 <= now.points <= now.of_points
    assert 0 <= now.percent <= 100
    assert now.points <= level(works + 1).points
    assert all(0 <= line.points <= line.of_points for line in now.lines)
