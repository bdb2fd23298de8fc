"""What comes next for a listener."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from academy.consent import Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.institution import Academy
from academy.listener import Status
from academy.next_steps import Actor, NextStep, Step, next_steps
from academy.portfolio import GoalState, Portfolio
from academy.results import Results, progress
from academy.verification import Verdict

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def steps_on(
    today: date, dossier: Dossier, academy: Academy, *, study: bool = True
) -> tuple[NextStep, ...]:
    plan = progress(academy.programmes[0], academy.groups[0], dossier.results, today)
    placed = Purpose.PLACEMENT in purposes_in_force(dossier.consents, NOW)
    return next_steps(dossier, plan if study else None, academy.policy, today, is_placed=placed)


def test_everything_that_can_come_next_in_the_order_in_which_it_presses(
    dossier: Dossier, academy: Academy
):
    first, second = dossier.portfolio.goals
    held = dossier.verifications
    busy = replace(
        dossier,
        results=Results(),
        portfolio=replace(
            dossier.portfolio,
            about=replace(dossier.portfolio.about, source=""),
            goals=(first, replace(second, due=date(2026, 4, 15))),
            works=dossier.portfolio.works[:2],
        ),
        verifications={
            "w-staff": replace(held["w-staff"], verdict=Verdict.EVIDENCE_NEEDED),
            "w-open": held["w-open"],
        },
    )

    assert steps_on(date(2026, 4, 20), busy, academy) == (
        NextStep(step=Step.OVERDUE_CONTROL, subject="light", title="Light", due=date(2026, 3, 1)),
        NextStep(step=Step.OVERDUE_GOAL, subject="g-mine", title="g-mine", due=date(2026, 4, 1)),
        NextStep(step=Step.OVERDUE_GOAL, subject="g-open", title="g-open", due=date(2026, 4, 15)),
        NextStep(
            step=Step.SEND_EVIDENCE, subject="w-staff", title="w-staff", since=date(2026, 2, 10)
        ),
        NextStep(
            step=Step.COMING_CONTROL, subject="portrait", title="Portrait", due=date(2026, 5, 1)
        ),
        NextStep(step=Step.FILL_ABOUT),
        NextStep(step=Step.FILL_KIND, subject="works", count=1),
        NextStep(step=Step.AWAIT_VERIFICATION, actor=Actor.ACADEMY, count=1),
    )


def test_a_listener_who_has_done_everything_has_no_steps(dossier: Dossier, academy: Academy):
    assert steps_on(date(2026, 3, 5), dossier, academy) == ()


def test_without_consent_the_portfolio_asks_for_one_thing_only(dossier: Dossier, academy: Academy):
    bare = replace(dossier, consents=(), portfolio=Portfolio(), results=Results())

    steps = steps_on(date(2026, 3, 1), bare, academy)

    assert [one.step for one in steps] == [Step.GIVE_CONSENT, Step.COMING_CONTROL]


@pytest.mark.parametrize("status", list(Status))
def test_a_frozen_portfolio_asks_for_nothing(dossier: Dossier, academy: Academy, status: Status):
    idle = replace(
        dossier,
        card=replace(dossier.card, status=status),
        portfolio=Portfolio(),
        verifications={},
    )

    steps = [one.step for one in steps_on(date(2026, 3, 5), idle, academy, study=False)]

    frozen = status in (Status.COMPLETED, Status.EXPELLED)
    assert steps == ([] if frozen else [Step.FILL_ABOUT, Step.FILL_KIND, Step.FILL_KIND])


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 3, 17), None),
        (date(2026, 3, 18), Step.COMING_GOAL),
        (date(2026, 4, 1), Step.COMING_GOAL),
        (date(2026, 4, 2), Step.OVERDUE_GOAL),
    ],
)
def test_a_goal_comes_near_and_then_goes_by(
    dossier: Dossier, academy: Academy, today: date, step: Step | None
):
    steps = steps_on(today, dossier, academy, study=False)

    assert [(one.step, one.subject, one.due) for one in steps] == (
        [(step, "g-mine", date(2026, 4, 1))] if step else []
    )


@pytest.mark.parametrize("state", [GoalState.REACHED, GoalState.DROPPED])
def test_a_goal_that_is_over_asks_for_nothing(dossier: Dossier, academy: Academy, state: GoalState):
    goals = tuple(replace(goal, state=state) for goal in dossier.portfolio.goals)
    over = replace(dossier, portfolio=replace(dossier.portfolio, goals=goals))

    assert steps_on(date(2026, 4, 20), over, academy, study=False) == ()


def test_evidence_that_was_sent_waits_for_the_academy(dossier: Dossier, academy: Academy):
    """The order of a manifest asks for nothing; an edit of the item is the answer."""
    held = dossier.verifications["w-open"]
    asked = replace(held, verdict=Verdict.EVIDENCE_NEEDED, manifest=tuple(reversed(held.manifest)))
    before = replace(dossier, verifications=dossier.verifications | {"w-open": asked})
    text = dossier.files["works/w-open/index.md"]
    after = replace(before, files=before.files | {text.path: replace(text, sha256="f" * 64)})

    assert [one.step for one in steps_on(date(2026, 3, 5), before, academy)] == [Step.SEND_EVIDENCE]
    assert steps_on(date(2026, 3, 5), after, academy) == (
        NextStep(step=Step.AWAIT_VERIFICATION, actor=Actor.ACADEMY, count=1),
    )


def test_when_the_half_year_is_over_the_academy_has_to_look_again(
    dossier: Dossier, academy: Academy
):
    done = replace(dossier, portfolio=replace(dossier.portfolio, goals=()))
    quiet = replace(academy, policy=replace(academy.policy, fill=()))

    assert steps_on(date(2026, 8, 10), done, quiet, study=False) == ()
    assert steps_on(date(2026, 8, 11), done, quiet, study=False) == (
        NextStep(
            step=Step.AWAIT_VERIFICATION, actor=Actor.ACADEMY, count=4, since=date(2026, 8, 11)
        ),
    )


def test_consent_to_other_purposes_is_no_consent_to_placement(dossier: Dossier, academy: Academy):
    others = replace(dossier.consents[0], purposes=(Purpose.PARTICIPANTS, Purpose.OUTSIDERS))

    steps = steps_on(date(2026, 3, 5), replace(dossier, consents=(others,)), academy)

    assert steps == (NextStep(step=Step.GIVE_CONSENT),)
