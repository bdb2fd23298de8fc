"""Results of study and the progress they add up to (clauses 3.1, 5.6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from academy.programme import Group, Module, Programme


class Outcome(Enum):
    """What the control of a module ended with."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of one module; `grade` is shown as the training records give it."""

    module: str
    outcome: Outcome
    grade: str | None = None
    date: date | None = None
    teacher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All results of a listener, with the date of the data and who answers for them."""

    results: tuple[Result, ...] = ()
    as_of: date | None = None
    department: str | None = None

    def of(self, module_id: str) -> Result | None:
        """The result of a module that counts: of several tries a passed one, else the last."""
        tries = [result for result in self.results if result.module == module_id]
        passed = [result for result in tries if result.outcome is Outcome.PASSED]
        return next(reversed(passed or tries), None)


class ModuleState(Enum):
    """Where a listener stands with one module."""

    DONE = "done"
    NOW = "now"
    OVERDUE = "overdue"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleProgress:
    """A module of the plan with its state, result and calendar for one listener."""

    number: int
    module: Module
    state: ModuleState
    result: Result | None
    starts: date | None
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The study plan as far as it has come; hours are academic hours."""

    modules: tuple[ModuleProgress, ...]
    hours_done: int
    hours_total: int

    @property
    def percent(self) -> int:
        """Share of the workload that is done, in whole per cent, rounded down."""
        return self.hours_done * 100 // self.hours_total if self.hours_total else 0

    @property
    def current(self) -> ModuleProgress | None:
        """The first module that is not done: the one the listener is at."""
        return next((m for m in self.modules if m.state is not ModuleState.DONE), None)

    @property
    def states(self) -> tuple[tuple[ModuleState, int], ...]:
        """How many modules stand where; states without a module are left out."""
        counted = ((state, sum(m.state is state for m in self.modules)) for state in ModuleState)
        return tuple((state, count) for state, count in counted if count)

    @property
    def modules_done(self) -> int:
        """How many modules are done."""
        return sum(m.state is ModuleState.DONE for m in self.modules)


def progress(programme: Programme, group: Group | None, results: Results, today: date) -> Progress:
    """Lay the results over the study plan as it stands `today`."""
    modules = tuple(
        _module_progress(number, module, group, results.of(module.id), today)
        for number, module in enumerate(programme.modules, start=1)
    )
    done = sum(m.module.hours for m in modules if m.state is ModuleState.DONE)
    return Progress(modules=modules, hours_done=done, hours_total=programme.hours)


def _module_progress(
    number: int, module: Module, group: Group | None, result: Result | None, today: date
) -> ModuleProgress:
    term = group.term(module.id) if group else None
    starts = term.starts if term else None
    due = term.due if term else None
    if result and result.outcome is Outcome.PASSED:
        state = ModuleState.DONE
    elif due and due < today:
        state = ModuleState.OVERDUE
    elif starts and starts <= today:
        state = ModuleState.NOW
    else:
        state = ModuleState.AHEAD
    return ModuleProgress(
        number=number, module=module, state=state, result=result, starts=starts, due=due
    )
