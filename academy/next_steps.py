"""What comes next for a listener, and who acts (clauses 7.5, 7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from academy.dossier import Dossier
from academy.fill import fill_level
from academy.policy import Policy
from academy.portfolio import Goal, GoalState, Item, ItemKind
from academy.results import ModuleState, Progress
from academy.submission import Submission, SubmissionState
from academy.verification import VerificationState, due_on, verification_state


class Step(Enum):
    """The kinds of next steps, in the order in which they press."""

    GIVE_CONSENT = "give_consent"
    OVERDUE_CONTROL = "overdue_control"
    OVERDUE_GOAL = "overdue_goal"
    ANSWER_RETURN = "answer_return"
    SEND_EVIDENCE = "send_evidence"
    COMING_CONTROL = "coming_control"
    COMING_GOAL = "coming_goal"
    FILL_ABOUT = "fill_about"
    FILL_KIND = "fill_kind"
    AWAIT_REVIEW = "await_review"
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

    @property
    def is_overdue(self) -> bool:
        """Whether its day has gone by."""
        return self.step in (Step.OVERDUE_CONTROL, Step.OVERDUE_GOAL)


def next_steps(
    dossier: Dossier, progress: Progress | None, policy: Policy, today: date, *, is_placed: bool
) -> tuple[NextStep, ...]:
    """List what comes next, the most pressing first; `today` is the academy's date.

    `is_placed` tells whether the consent to placement is in force (clause 7.2).
    """
    soon = today + timedelta(days=policy.soon_days)
    steps = _control_steps(progress, today, soon)
    if not is_placed:
        steps.append(NextStep(step=Step.GIVE_CONSENT))
    elif not dossier.card.is_frozen:
        steps += _goal_steps(dossier.portfolio.goals, today, soon)
        steps += _evidence_steps(dossier, policy, today)
        steps += _fill_steps(dossier, policy)
        steps += _waiting_steps(dossier, policy, today)
        steps += _sent_steps(dossier)
    order = list(Step)
    steps.sort(key=lambda one: (order.index(one.step), one.due or date.max, one.subject))
    return tuple(steps)


def sent_step(submission: Submission) -> NextStep:
    """What comes next with something that was sent: returned, it is the listener's turn."""
    is_returned = submission.state is SubmissionState.RETURNED
    return NextStep(
        step=Step.ANSWER_RETURN if is_returned else Step.AWAIT_REVIEW,
        actor=Actor.LISTENER if is_returned else Actor.ACADEMY,
        subject=str(submission.number),
        title=submission.title,
        since=submission.since.date(),
    )


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
    waiting = {
        item.id: _state(dossier, item, policy, today)
        for item in dossier.portfolio.items()
        if item.kind in (ItemKind.WORK, ItemKind.ACHIEVEMENT)
    }
    count = sum(state in _UNVERIFIED for state in waiting.values())
    if not count:
        return []
    ran_out = [
        due_on(dossier.verifications[item], policy.verification_period)
        for item, state in waiting.items()
        if state is VerificationState.EXPIRED
    ]
    since = min(ran_out, default=None)
    return [
        NextStep(step=Step.AWAIT_VERIFICATION, actor=Actor.ACADEMY, count=count, since=since),
    ]


def _sent_steps(dossier: Dossier) -> list[NextStep]:
    return [sent_step(one) for one in dossier.circumstances.submissions]
