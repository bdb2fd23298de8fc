"""Results laid over the study plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from academy.dossier import Dossier
from academy.institution import Academy
from academy.programme import Programme
from academy.results import (
    ModuleProgress,
    ModuleState,
    Outcome,
    Progress,
    Result,
    Results,
    progress,
)


def test_the_plan_of_one_listener(dossier: Dossier, academy: Academy):
    programme, group = academy.programmes[0], academy.groups[0]

    study = progress(programme, group, dossier.results, date(2026, 3, 5))

    assert study == Progress(
        modules=(
            ModuleProgress(
                number=1,
                module=programme.modules[0],
                state=ModuleState.DONE,
                result=dossier.results.results[0],
                starts=date(2026, 2, 1),
                due=date(2026, 3, 1),
            ),
            ModuleProgress(
                number=2,
                module=programme.modules[1],
                state=ModuleState.NOW,
                result=None,
                starts=date(2026, 3, 2),
                due=date(2026, 5, 1),
            ),
        ),
        hours_done=24,
        hours_total=72,
    )
    assert (study.percent, study.modules_done) == (33, 1)
    assert study.current == study.modules[1]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 31), ModuleState.AHEAD),
        (date(2026, 2, 1), ModuleState.NOW),
        (date(2026, 3, 1), ModuleState.NOW),
        (date(2026, 3, 2), ModuleState.OVERDUE),
    ],
)
@pytest.mark.parametrize("outcome", [None, Outcome.FAILED, Outcome.ABSENT])
def test_a_module_that_is_not_passed_goes_by_the_calendar(
    academy: Academy, outcome: Outcome | None, today: date, state: ModuleState
):
    results = Results(results=(Result(module="light", outcome=outcome),) if outcome else ())

    study = progress(academy.programmes[0], academy.groups[0], results, today)

    assert study.modules[0].state is state
    assert study.hours_done == 0


@pytest.mark.parametrize("today", [date(2025, 1, 1), date(2026, 3, 5), date(2030, 1, 1)])
def test_a_passed_module_is_done_whatever_the_calendar_says(
    dossier: Dossier, academy: Academy, today: date
):
    study = progress(academy.programmes[0], academy.groups[0], dossier.results, today)

    assert study.modules[0].state is ModuleState.DONE


def test_without_a_group_there_is_no_calendar(academy: Academy):
    study = progress(academy.programmes[0], None, Results(), date(2026, 3, 5))

    assert [(one.state, one.starts, one.due) for one in study.modules] == [
        (ModuleState.AHEAD, None, None),
        (ModuleState.AHEAD, None, None),
    ]


@pytest.mark.parametrize(
    ("outcomes", "counts"),
    [
        ([], None),
        ([Outcome.FAILED], 0),
        ([Outcome.FAILED, Outcome.PASSED], 1),
        ([Outcome.PASSED, Outcome.ABSENT], 0),
        ([Outcome.ABSENT, Outcome.FAILED], 1),
        ([Outcome.PASSED, Outcome.FAILED, Outcome.PASSED], 2),
    ],
)
def test_of_several_tries_a_passed_one_counts_else_the_last(
    outcomes: list[Outcome], counts: int | None
):
    tries = tuple(
        Result(module="light", outcome=outcome, grade=str(number))
        for number, outcome in enumerate(outcomes)
    )
    results = Results(results=(Result(module="portrait", outcome=Outcome.PASSED), *tries))

    assert results.of("light") == (None if counts is None else tries[counts])


def test_a_finished_programme_and_an_empty_one(academy: Academy):
    programme = academy.programmes[0]
    passed = Results(
        results=tuple(
            Result(module=module.id, outcome=Outcome.PASSED) for module in programme.modules
        )
    )
    empty = Programme(id="p", title="P", department="study", modules=())

    finished = progress(programme, None, passed, date(2026, 3, 5))
    nothing = progress(empty, None, Results(), date(2026, 3, 5))

    assert (finished.percent, finished.current, finished.modules_done) == (100, None, 2)
    assert (nothing.percent, nothing.current, nothing.modules_done) == (0, None, 0)


def test_a_programme_finds_its_modules_and_a_group_its_terms(academy: Academy):
    programme, group = academy.programmes[0], academy.groups[0]

    assert programme.module("portrait") == programme.modules[1]
    assert programme.module("nothing") is None
    assert group.term("portrait") == group.terms[1]
    assert group.term("nothing") is None
    assert replace(programme, modules=()).hours == 0
