"""What may happen to a submission, by whom, and what it becomes.

Nobody approves their own words (the policy's `two_people` can waive it, and the
waiver stands in the event); an approval holds for the content it was given for;
what is sent is declared to be accurate each time (clause 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from academy.policy import Policy, ReviewMode
from academy.portfolio import ItemKind
from academy.submission import (
    Approval,
    EditState,
    Event,
    EventKind,
    Submission,
    SubmissionState,
    SuggestedEdit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who wants to do something: the account, its role, and whether it may review here.

    Whether it may is decided by the access table, from the ledger as it is now.
    """

    account: str
    role: str
    may_review: bool = False


TEXT_LIMIT = 10_000
"""How many characters a title, a note, a comment or a reason may have."""


class Refusal(Enum):
    """Why something may not happen."""

    WRONG_STATE = "wrong-state"
    CONTENT_CHANGED = "content-changed"
    NOT_AUTHOR = "not-author"
    NOT_REVIEWER = "not-reviewer"
    OWN_WORDS = "own-words"
    NO_TEXT = "no-text"
    TOO_LONG = "too-long"
    NO_DECLARATION = "no-declaration"
    NOTHING_IN_IT = "nothing-in-it"
    EDIT_NOT_OFFERED = "edit-not-offered"


_OPEN = frozenset(state for state in SubmissionState if not state.is_final)
_SENT = frozenset({SubmissionState.SUBMITTED, SubmissionState.APPROVED})
_STATES: dict[EventKind, frozenset[SubmissionState]] = {
    EventKind.OPENED: frozenset(),
    EventKind.CHANGED: _OPEN,
    EventKind.SUBMITTED: frozenset({SubmissionState.DRAFT, SubmissionState.RETURNED}),
    EventKind.COMMENTED: frozenset(SubmissionState) - {SubmissionState.WITHDRAWN},
    EventKind.EDIT_SUGGESTED: _SENT | {SubmissionState.RETURNED},
    EventKind.EDIT_ACCEPTED: _OPEN,
    EventKind.EDIT_DECLINED: _OPEN,
    EventKind.RETURNED: _SENT,
    EventKind.APPROVED: frozenset({SubmissionState.SUBMITTED}),
    EventKind.MERGED: _SENT,
    EventKind.REVIEWED: frozenset({SubmissionState.MERGED}),
    EventKind.WITHDRAWN: _OPEN,
}

_OF_AUTHOR = frozenset(
    {
        EventKind.CHANGED,
        EventKind.SUBMITTED,
        EventKind.EDIT_ACCEPTED,
        EventKind.EDIT_DECLINED,
        EventKind.WITHDRAWN,
    }
)
_OF_REVIEWER = frozenset(
    {EventKind.EDIT_SUGGESTED, EventKind.RETURNED, EventKind.APPROVED, EventKind.REVIEWED}
)
_OF_PRESENT_CONTENT = frozenset(
    {
        EventKind.SUBMITTED,
        EventKind.EDIT_SUGGESTED,
        EventKind.RETURNED,
        EventKind.APPROVED,
        EventKind.MERGED,
    }
)
_WITH_WORDS = frozenset({EventKind.COMMENTED, EventKind.RETURNED})

_BECOMES = {
    EventKind.SUBMITTED: SubmissionState.SUBMITTED,
    EventKind.RETURNED: SubmissionState.RETURNED,
    EventKind.APPROVED: SubmissionState.APPROVED,
    EventKind.MERGED: SubmissionState.MERGED,
    EventKind.WITHDRAWN: SubmissionState.WITHDRAWN,
}

_SETTINGS = frozenset({"portfolio.yml", ".gitattributes"})
_STRICTNESS = (ReviewMode.NONE, ReviewMode.AFTER, ReviewMode.BEFORE)


def review_mode(paths: Iterable[str], policy: Policy) -> ReviewMode:
    """Tell how a submission that touches these paths is reviewed: by the strictest of their kinds.

    Settings of the portfolio need no review, the words about oneself get one
    after they are published; a kind the policy does not name is reviewed before.
    """
    kinds = {kind.value: kind for kind in ItemKind}
    modes = [ReviewMode.NONE]
    for path in paths:
        folder = path.partition("/")[0]
        if folder in kinds:
            modes.append(policy.review.get(kinds[folder], ReviewMode.BEFORE))
        elif folder not in _SETTINGS:
            modes.append(ReviewMode.AFTER)
    return max(modes, key=_STRICTNESS.index)


def refusal(
    submission: Submission, event: Event, acting: Acting, *, two_people: bool
) -> Refusal | None:
    """Tell why `acting` may not do this now, or None when they may."""
    if submission.state not in _STATES[event.kind]:
        return Refusal.WRONG_STATE
    wrong_person = _wrong_person(submission, event, acting, two_people=two_people)
    if wrong_person is not None:
        return wrong_person
    if event.kind in _OF_PRESENT_CONTENT and event.head != submission.head:
        return Refusal.CONTENT_CHANGED
    if event.kind in _WITH_WORDS and not event.text.strip():
        return Refusal.NO_TEXT
    if len(event.text) > TEXT_LIMIT:
        return Refusal.TOO_LONG
    return _wrong_event(submission, event)


def may_begin(person: str, acting: Acting) -> bool:
    """Tell whether `acting` may begin a submission for what belongs to `person`."""
    return acting.account == person or acting.may_review


def needs_waiver(submission: Submission, acting: Acting) -> bool:
    """Tell whether an approval by `acting` is one person doing what takes two."""
    return acting.account in submission.contributors | {submission.author, submission.person}


def begun(person: str, number: int, event: Event) -> Submission:
    """Give the submission that an `OPENED` event begins."""
    return Submission(
        person=person,
        number=number,
        author=event.actor,
        title=event.text,
        base=event.commit,
        head=event.head,
        state=SubmissionState.DRAFT,
        opened=event.moment,
        since=event.moment,
        reverts=event.reverts,
        contributors=frozenset({event.actor}),
        events=(event,),
    )


def after(submission: Submission, event: Event) -> Submission:
    """Give what a submission becomes by an event that was allowed."""
    new = replace(submission, events=(*submission.events, event))
    match event.kind:
        case EventKind.CHANGED:
            people = submission.contributors | {event.actor}
            base = event.commit or new.base
            new = replace(_with_content(new, event.head), base=base, contributors=people)
        case EventKind.SUBMITTED:
            new = replace(new, submitted=event.moment, mode=event.mode, note=event.text)
        case EventKind.EDIT_SUGGESTED:
            new = replace(new, edits=(*new.edits, _offered(event)))
        case EventKind.EDIT_ACCEPTED:
            new = _with_content(_with_edit(new, event, EditState.ACCEPTED), event.head)
        case EventKind.EDIT_DECLINED:
            new = _with_edit(new, event, EditState.DECLINED)
        case EventKind.RETURNED:
            new = replace(new, approvals=())
        case EventKind.APPROVED:
            new = replace(new, approvals=(*new.approvals, _approval(event)))
        case EventKind.MERGED:
            due = new.approval is None and new.mode is ReviewMode.AFTER
            new = replace(new, merged=event.commit, is_review_due=due)
        case EventKind.REVIEWED:
            new = replace(new, is_review_due=False)
    return _in_state(new, _state_after(submission, event), event)


def told(person: str, number: int, events: Sequence[Event]) -> Submission:
    """Give the submission that a chain of events tells of; the first of them opened it."""
    submission = begun(person, number, events[0])
    for event in events[1:]:
        submission = after(submission, event)
    return submission


def _wrong_person(
    submission: Submission, event: Event, acting: Acting, *, two_people: bool
) -> Refusal | None:
    """Tell whether this is for somebody else to do."""
    is_author = acting.account == submission.author
    if event.kind in _OF_AUTHOR and not is_author:
        return Refusal.NOT_AUTHOR
    if event.kind in _OF_REVIEWER and not acting.may_review:
        return Refusal.NOT_REVIEWER
    may_speak = is_author or acting.may_review or acting.account == submission.person
    if event.kind in {EventKind.COMMENTED, EventKind.MERGED} and not may_speak:
        return Refusal.NOT_REVIEWER
    of_two = event.kind in {EventKind.APPROVED, EventKind.REVIEWED}
    if of_two and two_people and needs_waiver(submission, acting):
        return Refusal.OWN_WORDS
    return None


def _wrong_event(submission: Submission, event: Event) -> Refusal | None:
    """Tell what an event lacks."""
    edit = submission.edit(event.edit)
    match event.kind:
        case EventKind.SUBMITTED if not event.declaration:
            return Refusal.NO_DECLARATION
        case EventKind.SUBMITTED if submission.head == submission.base:
            return Refusal.NOTHING_IN_IT
        case EventKind.EDIT_ACCEPTED | EventKind.EDIT_DECLINED:
            offered = edit is not None and edit.state is EditState.OFFERED
            return None if offered else Refusal.EDIT_NOT_OFFERED
        case EventKind.MERGED:
            approved = submission.approval is not None
            by_rule = submission.mode in {ReviewMode.AFTER, ReviewMode.NONE}
            return None if approved or by_rule else Refusal.WRONG_STATE
    return None


def _in_state(submission: Submission, state: SubmissionState, event: Event) -> Submission:
    """Give a submission in a state; in review, its content is what was sent."""
    if state in _SENT:
        submission = replace(submission, sent_base=submission.base, sent_head=submission.head)
    is_new = state is not submission.state
    return replace(submission, state=state, since=event.moment) if is_new else submission


def _state_after(submission: Submission, event: Event) -> SubmissionState:
    """Give the state an event leads to. Changed content has to be sent again."""
    if event.kind is EventKind.CHANGED and submission.state in _SENT:
        return SubmissionState.DRAFT
    if event.kind is EventKind.EDIT_ACCEPTED and submission.state is SubmissionState.APPROVED:
        return SubmissionState.SUBMITTED
    return _BECOMES.get(event.kind, submission.state)


def _with_content(submission: Submission, head: str) -> Submission:
    """Give a submission with other content: approvals of the old one are void, so are edits."""
    edits = tuple(
        replace(one, state=EditState.OUTDATED) if one.state is EditState.OFFERED else one
        for one in submission.edits
    )
    return replace(submission, head=head, approvals=(), edits=edits)


def _with_edit(submission: Submission, event: Event, state: EditState) -> Submission:
    """Give a submission in which something became of a suggested edit."""
    edits = tuple(
        replace(one, state=state) if one.number == event.edit else one for one in submission.edits
    )
    return replace(submission, edits=edits)


def _offered(event: Event) -> SuggestedEdit:
    """Give the suggested edit that an event brings."""
    return SuggestedEdit(
        number=event.edit,
        actor=event.actor,
        moment=event.moment,
        head=event.head,
        commit=event.commit,
        text=event.text,
    )


def _approval(event: Event) -> Approval:
    """Give the approval that an event brings."""
    return Approval(
        actor=event.actor,
        role=event.role,
        moment=event.moment,
        head=event.head,
        has_waiver=event.has_waiver,
    )
