"""References between records, and where they lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from academy.announcement import Announcement
from academy.consistency import check_academy, check_dossier, file_of
from academy.dossier import Dossier
from academy.institution import Academy, Category
from academy.issue import Issue, Location, Severity
from academy.portfolio import Reflection, Work
from academy.programme import Resource, Term
from academy.results import Outcome, Result, Results


def lines(issues: tuple[Issue, ...]) -> list[str]:
    """Each issue as one line: where, what, the value and the nearest one there is."""
    return [
        f"{one.location.file} {one.location.field} {one.code} "
        f"{one.values.get('value', '')} {one.values.get('close', '')}".rstrip()
        for one in issues
    ]


def test_records_that_fit_together_have_no_issues(dossier: Dossier, academy: Academy):
    assert check_academy(academy) == ()
    assert check_dossier(dossier, academy) == ()


def test_an_issue_names_the_field_the_value_and_what_there_is(dossier: Dossier, academy: Academy):
    lost = replace(dossier, card=replace(dossier.card, group="photo-2"))

    assert check_dossier(lost, academy) == (
        Issue(
            "reference-unknown-close",
            Severity.ERROR,
            Location("card.yml", 0, "group"),
            {"field": "group", "value": "photo-2", "known": "photo-1", "close": "photo-1"},
        ),
    )


def test_a_card_that_leads_nowhere_at_all(dossier: Dossier, academy: Academy):
    card = replace(
        dossier.card,
        category="guests",
        programme="cooking",
        group="x",
        department="kitchen",
        curator="zoe",
    )

    assert lines(check_dossier(replace(dossier, card=card), academy)) == [
        "card.yml category reference-unknown guests",
        "card.yml curator reference-unknown zoe",
        "card.yml department reference-unknown kitchen",
        "card.yml group reference-unknown x",
        "card.yml programme reference-unknown cooking",
    ]


def test_a_card_need_not_name_a_curator_or_a_department(dossier: Dossier, academy: Academy):
    card = replace(dossier.card, department=None, curator=None)

    assert check_dossier(replace(dossier, card=card), academy) == ()


def test_modules_that_are_not_in_the_programme(dossier: Dossier, academy: Academy):
    portfolio = replace(
        dossier.portfolio,
        works=(Work(id="w", title="W", module="lights"),),
        reflections=(Reflection(id="r", title="R", date=date(2026, 1, 1), module="cooking"),),
    )
    results = Results(results=(Result(module="portrai", outcome=Outcome.PASSED),))

    wrong = replace(dossier, portfolio=portfolio, results=results)
    assert lines(check_dossier(wrong, academy)) == [
        "reflections/r.md module reference-unknown cooking",
        "results.yml module reference-unknown-close portrai portrait",
        "works/w/index.md module reference-unknown-close lights light",
    ]


def test_every_reference_of_the_content(academy: Academy):
    group, programme = academy.groups[0], academy.programmes[0]
    module = replace(programme.modules[0], resources=(Resource(title="R", material="dark"),))
    day = datetime(2026, 3, 5, tzinfo=UTC)
    wrong = replace(
        academy,
        time_zone="Europe/Gelendzhik",
        categories=(Category(id="adults", title="A", sections=("home", "libary")),),
        programmes=(replace(programme, department="stud", modules=(module,)),),
        groups=(
            replace(
                group,
                curator="ana",
                reviewers=("bob", "boris"),
                terms=(Term(module="portrait"), Term(module="light")),
            ),
            replace(group, id="photo-2", programme="foto"),
        ),
        announcements=(
            Announcement(
                id="a",
                title="A",
                starts=day,
                ends=day,
                groups=("photo-3",),
                programmes=("photo", "x"),
            ),
        ),
    )

    issues = check_academy(wrong)

    assert {one.severity for one in issues} == {Severity.ERROR}
    assert lines(issues) == [
        "academy.yml sections reference-unknown-close libary library",
        "academy.yml time_zone time-zone-unknown Europe/Gelendzhik",
        "announcements/a.md groups reference-unknown-close photo-3 photo-2",
        "announcements/a.md programmes reference-unknown x",
        "announcements/a.md until announcement-never-shown",
        "groups/photo-1.yml curator reference-unknown-close ana anna",
        "groups/photo-1.yml module reference-unknown portrait",
        "groups/photo-1.yml reviewers reference-unknown bob",
        "groups/photo-2.yml programme reference-unknown-close foto photo",
        "programmes/photo.yml department reference-unknown-close stud study",
        "programmes/photo.yml material reference-unknown dark",
    ]


@pytest.mark.parametrize("zone", ["", "..", "../../etc/passwd", "Europe", "x\0", "Ф" * 300])
def test_no_time_zone_is_odd_enough_for_a_traceback(academy: Academy, zone: str):
    assert [one.code for one in check_academy(replace(academy, time_zone=zone))] == [
        "time-zone-unknown"
    ]


def test_the_file_of_each_kind_of_item(dossier: Dossier):
    assert sorted({file_of(item) for item in dossier.portfolio.items()}) == [
        "achievements/a-open/index.md",
        "goals/g-mine.md",
        "goals/g-open.md",
        "reflections/r-mine.md",
        "sections/scenes/e-open/index.md",
        "sections/secrets/e-mine/index.md",
        "works/w-mine/index.md",
        "works/w-open/index.md",
        "works/w-staff/index.md",
    ]
