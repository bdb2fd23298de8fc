"""The listeners of the demo, as they are on 24 November 2026."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import PurePosixPath

import pytest

from academy.calendar import academy_day
from academy.consent import Purpose, purposes_in_force
from academy.consistency import check_dossier
from academy.fill import fill_level
from academy.portfolio import Audience, GoalState
from academy.verification import VerificationState, verification_state
from forge.gate.admission import FILE, Incoming, admit
from forge.port import MAIN, RECORD
from formats.items import read_portfolio
from formats.lines import with_lines

MOMENT = datetime.fromisoformat("2026-11-24T12:00:00+03:00")
TODAY = date(2026, 11, 24)

BROKEN = {
    "AL-2026-0014": ["error works/klumba-v-detskom-sadu/index.md:2 yaml-broken"],
    "AL-2026-0042": [
        "error works/kassa-kofeyni/index.md:2 field-missing",
        "error works/kassa-kofeyni/index.md:2 field-unknown-close",
        "error works/raschet-zarplaty/index.md:3 field-not-date",
        "advice works/tablitsa-obzharki/index.md:7 file-without-caption",
        "error works/tablitsa-obzharki/index.md:8 file-missing",
    ],
    "AL-2026-0063": [
        "error sections/recepty/pirog/index.md:0 section-undeclared",
        "error works/podpisi-na-skameykah/index.md:5 reference-unknown-close",
    ],
}
DEAD_LINKS = {
    ("AL-2026-0042", "works/tablitsa-obzharki/index.md", "grafik-potery.png"),
    ("AL-2026-0063", "works/kod-v-tekste/index.md", "zakat.jpg"),
}
WITHOUT_ALL_CONSENTS = {
    "AL-2026-0016": {Purpose.PLACEMENT, Purpose.PARTICIPANTS},
    "AL-2026-0043": {Purpose.PLACEMENT},
    "AL-2026-0044": set(),
    "AL-2026-0064": set(),
    "AL-2026-0071": {Purpose.PLACEMENT, Purpose.PARTICIPANTS},
}
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def _issues(listener, reads, branch, academy):
    read = reads[listener]
    found = [*read.issues, *check_dossier(read.dossier, academy)]
    return with_lines(found, branch(listener, "main"))


def test_every_folder_is_a_listener_known_here(demo_folder, reads):
    assert {path.name for path in demo_folder.glob("AL-*")} == set(reads)


def test_exactly_the_intended_mistakes_are_found(reads, branch, academy, in_short):
    found = {one: in_short(_issues(one, reads, branch, academy)) for one in reads}
    expected = {one: sorted(BROKEN.get(one, [])) for one in reads}
    assert {one: sorted(lines) for one, lines in found.items()} == expected


def test_markup_typed_by_a_listener_is_text_and_no_mistake(dossiers):
    work = next(one for one in dossiers["AL-2026-0063"].portfolio.works if one.id == "kod-v-tekste")
    assert "<script>" in work.body.source
    assert "<b>" in work.body.source


def test_links_lead_somewhere_but_for_the_two_that_are_meant_not_to(reads, branch):
    dead = set()
    for listener in reads:
        main = branch(listener, "main")
        for path, text in main.items():
            if path.endswith(".md"):
                for target in _LINK.findall(text.decode()):
                    if "://" not in target and _resolved(path, target) not in main:
                        dead.add((listener, path, target))
    assert dead == DEAD_LINKS


def _resolved(path, target):
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_no_two_items_share_a_body(dossiers):
    bodies = Counter(
        " ".join(item.body.source.split())
        for dossier in dossiers.values()
        for item in dossier.portfolio.items()
    )
    assert [body for body, count in bodies.items() if count > 1] == []
    assert "" not in bodies


def test_no_two_listeners_say_the_same_of_themselves(dossiers):
    told = [one.portfolio.about.source for one in dossiers.values()]
    told = [text for text in told if text.strip()]
    assert len(told) == len(set(told)) == 13


def test_no_two_reviews_or_answers_say_the_same(dossiers):
    said = [review.body.source for one in dossiers.values() for review in one.reviews]
    said += [
        answer.text
        for one in dossiers.values()
        for review in one.reviews
        for answer in review.answers
    ]
    assert len(said) == len(set(said))


def test_reviews_are_of_items_that_are_there_by_workers_that_are_known(dossiers, academy):
    staff = {one.id for one in academy.staff}
    grades = {step.value for step in academy.policy.scale}
    criteria = {one.id for one in academy.policy.criteria}
    for listener, dossier in dossiers.items():
        items = {item.id for item in dossier.portfolio.items()}
        for review in dossier.reviews:
            assert review.item in items
            assert review.author in staff
            assert review.grade is None or review.grade in grades
            assert {one.criterion for one in review.criteria} <= criteria
            assert {one.author for one in review.answers} <= {listener, review.author}
            assert all(review.moment < one.moment < MOMENT for one in review.answers)


def test_nobody_verifies_what_they_reviewed(dossiers):
    for dossier in dossiers.values():
        for item, verification in dossier.verifications.items():
            assert verification.verifier not in {one.author for one in dossier.reviews_of(item)}


def test_verifications_are_in_every_state_on_the_demo_day(dossiers, academy):
    found = Counter()
    states = {}
    for listener, dossier in dossiers.items():
        for item in dossier.portfolio.items():
            if item.id in dossier.verifications:
                state = verification_state(
                    dossier.verifications[item.id],
                    dossier.content_of(item),
                    TODAY,
                    academy.policy.verification_period,
                )
                found[state] += 1
                states[listener, item.id] = state
    assert states["AL-2026-0011", "sad-dlya-dvuh-shkolnikov"] is VerificationState.CHANGED
    assert states["AL-2025-0031", "rasteniya-sklona"] is VerificationState.EXPIRED
    assert found[VerificationState.CHANGED] == found[VerificationState.EXPIRED] == 1
    assert set(found) == set(VerificationState) - {VerificationState.NEVER}


def test_consents_are_all_three_for_most_and_every_exception_is_there(dossiers):
    in_force = {one: purposes_in_force(d.consents, MOMENT) for one, d in dossiers.items()}
    assert {one: set(purposes) for one, purposes in in_force.items() if len(purposes) < 3} == (
        WITHOUT_ALL_CONSENTS
    )
    assert dossiers["AL-2026-0044"].consents == ()
    assert dossiers["AL-2026-0064"].consents[0].withdrawn is not None


def test_goals_are_active_due_soon_overdue_and_reached(dossiers, academy):
    goals = [goal for one in dossiers.values() for goal in one.portfolio.goals]
    assert {goal.state for goal in goals} == set(GoalState)
    active = [goal for goal in goals if goal.state is GoalState.ACTIVE and goal.due]
    days = [(goal.due - academy_day(MOMENT, academy.time_zone)).days for goal in active]
    assert any(day < 0 for day in days)
    assert any(0 <= day <= academy.policy.soon_days for day in days)
    assert any(day > academy.policy.soon_days for day in days)


def test_most_reflections_are_private(dossiers, academy):
    audiences = Counter(
        academy.policy.audience(one)
        for dossier in dossiers.values()
        for one in dossier.portfolio.reflections
    )
    assert set(audiences) == set(Audience)
    assert audiences[Audience.OWNER] > audiences.total() / 2


def test_one_listener_writes_in_english(dossiers):
    assert [one for one, d in dossiers.items() if d.portfolio.language == "en"] == ["AL-2026-0013"]


def test_nothing_is_dated_after_the_demo_day(dossiers):
    for listener, dossier in dossiers.items():
        for item in dossier.portfolio.items():
            day = getattr(item, "date", None) or getattr(item, "set_on", None)
            assert day is None or day <= TODAY, (listener, item.id)
        moments = [one.moment for one in dossier.reviews]
        moments += [one.moment for one in dossier.verifications.values()]
        assert all(moment < MOMENT for moment in moments)


@pytest.mark.parametrize("listener", ["AL-2026-0044", "AL-2026-0071"])
def test_an_empty_portfolio_is_the_starter(listener, root, branch, dossiers, academy):
    starter = root / "portfolios" / "starter"
    files = {path.name: path.read_bytes() for path in starter.iterdir()}
    assert branch(listener, "main") == files
    assert fill_level(dossiers[listener].portfolio, academy.policy).percent == 0


def test_the_starter_is_read_without_issues(root):
    starter = root / "portfolios" / "starter"
    issues = []
    read_portfolio({path.name: path.read_bytes() for path in starter.iterdir()}, issues)
    assert issues == []


def test_the_gate_lets_everything_in_and_changes_no_byte(reads, branch):
    for listener in reads:
        for ref, name in ((MAIN, "main"), (RECORD, "record")):
            files = branch(listener, name)
            admission = admit([Incoming(path, FILE, text) for path, text in files.items()], ref)
            assert admission.issues == (), listener
            assert admission.files == files, listener
