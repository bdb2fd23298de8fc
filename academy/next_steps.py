"""What comes next for a listener, and who acts (clauses 7.5, 7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from academy.consent import Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.fill import fill_level
from academy.policy import Policy
from academy.portfolio import Goal, GoalState, Item, ItemKind
from academy.results import ModuleState, Progress
from academy.verification import VerificationState, verification_state


class Step(Enum):
    """The kinds of next steps, in the order in which they press."""

    GIVE_CONSENT = "give_consent"
    OVERDUE_CONTROL = "overdue_control"
    SEND_EVIDENCE = "send_evidence"
    COMING_CONTROL = "coming_control"
    OVERDUE_GOAL = "overdue_goal"
    COMING_GOAL = "coming_goal"
    FILL_ABOUT = "fill_about"
    FILL_KIND = "fill_kind"
    AWAIT_VERIFICATION = "await_verification"


_UNVERIFIED = (VerificationState.NEVER, VerificationState.CHANGED, VerificationState.EXPIRED)


class Actor(Enum):
    """Who has to act."""

    LISTENER = "listener"
    ACADEMY = "academy"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A step: what, about which item, module or kind, by when, and since when it waits."""

    step: Step
    actor: Actor = Actor.LISTENER
    subject: str = ""
    title: str = ""
    due: date | None = None
    count: int = 0
    since: date | None = None


def next_steps(
    dossier: Dossier, progress: Progress | None, policy: Policy, at: datetime, today: date
) -> tuple[NextStep, ...]:
    """List what comes next at `at`, the most pressing first; `today` is the academy's date."""
    soon = today + timedelta(days=policy.soon_days)
    steps = _control_steps(progress, today, soon)
    if Purpose.PLACEMENT not in purposes_in_force(dossier.consents, at):
        steps.append(NextStep(step=Step.GIVE_CONSENT))
    elif not dossier.card.is_frozen:
        steps += _goal_steps(dossier.portfolio.goals, today, soon)
        steps += _evidence_steps(dossier, policy, today)
        steps += _fill_steps(dossier, policy)
        steps += _waiting_steps(dossier, policy, today)
    order = list(Step)
    steps.sort(key=lambda one: (order.index(one.step), one.due or date.max, one.subject))
    return tuple(steps)


def _control_steps(progress: Progress | None, today: date, soon: date) -> list[NextStep]:
    steps = []
    for module in progress.modules if progress else ():
        if module.state is ModuleState.DONE or module.due is None or module.due > soon:
            continue
        step = Step.OVERDUE_CONTROL if module.due < today else Step.COMING_CONTROL
        steps.append(
            NextStep(step=step, subject=module.module.id, title=module.module.title, due=module.due)
        )
    return steps


def _goal_steps(goals: tuple[Goal, ...], today: date, soon: date) -> list[NextStep]:
    steps = []
    for goal in goals:
        if goal.state is not GoalState.ACTIVE or goal.due is None or goal.due > soon:
            continue
        step = Step.OVERDUE_GOAL if goal.due < today else Step.COMING_GOAL
        steps.append(NextStep(step=step, subject=goal.id, title=goal.title, due=goal.due))
    return steps


def _evidence_steps(dossier: Dossier, policy: Policy, today: date) -> list[NextStep]:
    return [
        NextStep(
            step=Step.SEND_EVIDENCE,
            subject=item.id,
            title=item.title,
            since=dossier.verifications[item.id].moment.date(),
        )
        for item in dossier.portfolio.items()
        if _state(dossier, item, policy, today) is VerificationState.EVIDENCE_NEEDED
    ]


def _state(dossier: Dossier, item: Item, policy: Policy, today: date) -> VerificationState:
    return verification_state(
        dossier.verifications.get(item.id),
        dossier.content_of(item),
        today,
        policy.verification_period,
    )


def _fill_steps(dossier: Dossier, policy: Policy) -> list[NextStep]:
    steps = []
    for line in fill_level(dossier.portfolio, policy).lines:
        if line.have >= line.wanted:
            continue
        if line.kind is None:
            steps.append(NextStep(step=Step.FILL_ABOUT))
        else:
            steps.append(
                NextStep(
                    step=Step.FILL_KIND, subject=line.kind.value, count=line.wanted - line.have
                )
            )
    return steps


def _waiting_steps(dossier: Dossier, policy: Policy, today: date) -> list[NextStep]:
    waiting = [
        item
        for item in dossier.portfolio.items()
        if item.kind in (ItemKind.WORK, ItemKind.ACHIEVEMENT)
        and _state(dossier, item, policy, today) in _UNVERIFIED
    ]
    if not waiting:
        return []
    return [
        NextStep(step=Step.AWAIT_VERIFICATION, actor=Actor.ACADEMY, count=len(waiting)),
    ]
