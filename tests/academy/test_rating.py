"""The rating: a product of three factors, of what is verified only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from academy.dossier import Dossier
from academy.institution import Academy
from academy.policy import Policy
from academy.portfolio import AchievementCategory, Level
from academy.rating import Rating, RatingLine, rating
from academy.verification import Verdict

TODAY = date(2026, 3, 5)


def test_a_line_is_category_times_level_times_part(dossier: Dossier, academy: Academy):
    counted = rating(dossier, academy.policy, TODAY)

    assert counted == Rating(
        lines=(
            RatingLine(
                achievement=dossier.portfolio.achievements[0],
                category=2,
                level=3,
                part=4,
                counts=True,
            ),
        )
    )
    assert [line.points for line in counted.lines] == [24]
    assert counted.points == 24


def test_the_rating_is_the_sum_of_its_lines(dossier: Dossier, academy: Academy):
    first = dossier.portfolio.achievements[0]
    second = replace(first, id="second", category=AchievementCategory.SPORT, level=Level.COUNTRY)
    files = dossier.files | {
        "achievements/second/index.md": dossier.files["achievements/a-open/index.md"]
    }
    held = dossier.verifications["a-open"]
    both = replace(
        dossier,
        portfolio=replace(dossier.portfolio, achievements=(first, second)),
        files=files,
        verifications={"a-open": held, "second": replace(held, item="second")},
    )

    assert [line.points for line in rating(both, academy.policy, TODAY).lines] == [24, 20]
    assert rating(both, academy.policy, TODAY).points == 44


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.EVIDENCE_NEEDED, None])
def test_only_what_is_confirmed_counts(dossier: Dossier, academy: Academy, verdict: Verdict | None):
    held = dossier.verifications["a-open"]
    verifications = {"a-open": replace(held, verdict=verdict)} if verdict else {}

    counted = rating(replace(dossier, verifications=verifications), academy.policy, TODAY)

    assert [(line.counts, line.points) for line in counted.lines] == [(False, 0)]
    assert counted.lines[0].category == 2, "the factors are shown all the same"


def test_an_edit_and_the_end_of_the_period_take_the_points_away(dossier: Dossier, academy: Academy):
    seen = dossier.files["achievements/a-open/index.md"]
    edited = replace(dossier, files=dossier.files | {seen.path: replace(seen, sha256="f" * 64)})

    assert rating(edited, academy.policy, TODAY).points == 0
    assert rating(dossier, academy.policy, date(2026, 8, 10)).points == 24
    assert rating(dossier, academy.policy, date(2026, 8, 11)).points == 0


def test_a_factor_the_policy_does_not_name_is_worth_nothing(dossier: Dossier):
    assert rating(dossier, Policy(), TODAY).points == 0


def test_a_listener_without_achievements_has_a_rating_of_nothing():
    assert Rating(lines=()).points == 0
