from datetime import UTC, datetime, timedelta

import pytest

from academy.policy import Policy, ReviewMode
from academy.portfolio import ItemKind
from academy.submission import EditState, Event, EventKind, SubmissionState
from academy.submitting import Acting, Refusal, after, begun, refusal, review_mode, told

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LISTENER = Acting(account="k7m2q9x4bd", role="listener")
REVIEWER = Acting(account="petrova", role="reviewer", may_review=True)
STRANGER = Acting(account="b9w4x7r2tm", role="participant")
START, FIRST, SECOND = "0" * 40, "1" * 40, "2" * 40

POLICY = Policy(
    review={
        ItemKind.WORK: ReviewMode.BEFORE,
        ItemKind.ENTRY: ReviewMode.AFTER,
        ItemKind.GOAL: ReviewMode.NONE,
    }
)


def event(kind, acting, minutes=0, head=FIRST, **more):
    moment = MOMENT + timedelta(minutes=minutes)
    return Event(
        kind=kind, actor=acting.account, role=acting.role, moment=moment, head=head, **more
    )


OPENED = event(EventKind.OPENED, LISTENER, text="Garden", commit=START)
SENT = event(
    EventKind.SUBMITTED, LISTENER, 1, declaration="1", mode=ReviewMode.BEFORE, text="Please look"
)
APPROVED = event(EventKind.APPROVED, REVIEWER, 2)
MERGED = event(EventKind.MERGED, REVIEWER, 3, commit=SECOND)


def of(*events):
    return told("k7m2q9x4bd", 1, (OPENED, *events))


def refused(submission, wanted, acting, *, two_people=True):
    return refusal(submission, wanted, acting, two_people=two_people)


def test_a_submission_is_what_its_events_have_made_it():
    submission = of(SENT, APPROVED, MERGED)

    assert submission.state is SubmissionState.MERGED
    assert (submission.title, submission.note) == ("Garden", "Please look")
    assert (submission.base, submission.head, submission.merged) == (START, FIRST, SECOND)
    assert submission.submitted == MOMENT + timedelta(minutes=1)
    assert submission.since == MOMENT + timedelta(minutes=3)
    assert submission.events == (OPENED, SENT, APPROVED, MERGED)


def test_each_event_of_the_usual_way_may_happen_in_its_turn():
    submission = begun("k7m2q9x4bd", 1, OPENED)
    for wanted, acting in ((SENT, LISTENER), (APPROVED, REVIEWER), (MERGED, REVIEWER)):
        assert refused(submission, wanted, acting) is None
        assert refused(after(submission, wanted), wanted, acting) is Refusal.WRONG_STATE
        submission = after(submission, wanted)


def test_changed_content_takes_its_approval_away_and_has_to_be_sent_again():
    changed = event(EventKind.CHANGED, LISTENER, 3, head=SECOND)

    submission = of(SENT, APPROVED, changed)

    assert submission.state is SubmissionState.DRAFT
    assert submission.approvals == ()
    assert refused(submission, MERGED, REVIEWER) is Refusal.WRONG_STATE


def test_an_approval_of_content_that_has_changed_is_refused():
    submission = of(event(EventKind.CHANGED, LISTENER, head=SECOND), SENT)

    assert refused(submission, APPROVED, REVIEWER) is Refusal.CONTENT_CHANGED


def test_nobody_approves_their_own_words_unless_the_policy_allows_it():
    own = Acting(account=LISTENER.account, role="reviewer", may_review=True)
    approval = event(EventKind.APPROVED, own)

    assert refused(of(SENT), approval, own) is Refusal.OWN_WORDS
    assert refused(of(SENT), approval, own, two_people=False) is None


def test_the_owner_of_a_portfolio_approves_nothing_in_it_whoever_wrote_it():
    opened = event(EventKind.OPENED, REVIEWER, commit=START)
    sent = event(EventKind.SUBMITTED, REVIEWER, declaration="1", mode=ReviewMode.BEFORE)
    owner = Acting(account="k7m2q9x4bd", role="reviewer", may_review=True)
    submission = told("k7m2q9x4bd", 1, (opened, sent))

    assert refused(submission, event(EventKind.APPROVED, owner), owner) is Refusal.OWN_WORDS


@pytest.mark.parametrize(
    ("wanted", "acting", "why"),
    [
        (event(EventKind.APPROVED, STRANGER), STRANGER, Refusal.NOT_REVIEWER),
        (event(EventKind.COMMENTED, STRANGER, text="Hm"), STRANGER, Refusal.NOT_REVIEWER),
        (event(EventKind.WITHDRAWN, REVIEWER), REVIEWER, Refusal.NOT_AUTHOR),
        (event(EventKind.CHANGED, REVIEWER, head=SECOND), REVIEWER, Refusal.NOT_AUTHOR),
        (event(EventKind.RETURNED, REVIEWER, text=" "), REVIEWER, Refusal.NO_TEXT),
        (event(EventKind.COMMENTED, REVIEWER), REVIEWER, Refusal.NO_TEXT),
        (event(EventKind.EDIT_ACCEPTED, LISTENER, edit=1), LISTENER, Refusal.EDIT_NOT_OFFERED),
        (event(EventKind.MERGED, REVIEWER), REVIEWER, Refusal.WRONG_STATE),
        (event(EventKind.REVIEWED, REVIEWER), REVIEWER, Refusal.WRONG_STATE),
    ],
)
def test_what_may_not_happen_to_a_sent_one_is_refused_with_the_reason(wanted, acting, why):
    assert refused(of(SENT), wanted, acting) is why


def test_nothing_is_sent_without_a_declaration_of_accuracy_or_without_content():
    undeclared = event(EventKind.SUBMITTED, LISTENER, mode=ReviewMode.BEFORE)
    empty = begun("k7m2q9x4bd", 1, event(EventKind.OPENED, LISTENER, commit=FIRST))

    assert refused(of(), undeclared, LISTENER) is Refusal.NO_DECLARATION
    assert refused(empty, SENT, LISTENER) is Refusal.NOTHING_IN_IT


def test_an_accepted_edit_voids_the_approval_and_outdates_the_other_edits():
    def offered(number):
        return event(EventKind.EDIT_SUGGESTED, REVIEWER, 2, edit=number, commit=SECOND)

    accepted = event(EventKind.EDIT_ACCEPTED, LISTENER, 3, head=SECOND, edit=2)
    submission = of(SENT, offered(1), offered(2), APPROVED, accepted)

    assert submission.state is SubmissionState.SUBMITTED
    assert submission.approval is None
    assert [edit.state for edit in submission.edits] == [EditState.OUTDATED, EditState.ACCEPTED]
    assert refused(submission, accepted, LISTENER) is Refusal.EDIT_NOT_OFFERED


def test_what_is_reviewed_after_is_published_by_rule_and_waits_for_its_review():
    sent = event(EventKind.SUBMITTED, LISTENER, declaration="1", mode=ReviewMode.AFTER)
    merged = event(EventKind.MERGED, LISTENER, 1, commit=SECOND)
    reviewed = event(EventKind.REVIEWED, REVIEWER, 2)

    assert refused(of(sent), merged, LISTENER) is None
    assert of(sent, merged).is_review_due
    assert refused(of(sent, merged), reviewed, REVIEWER) is None
    assert not of(sent, merged, reviewed).is_review_due


@pytest.mark.parametrize(
    ("paths", "mode"),
    [
        (["goals/read.md"], ReviewMode.NONE),
        (["portfolio.yml"], ReviewMode.NONE),
        (["about.md"], ReviewMode.AFTER),
        (["goals/read.md", "sections/trips/sea/index.md"], ReviewMode.AFTER),
        (["goals/read.md", "works/garden/index.md"], ReviewMode.BEFORE),
        (["reflections/first.md"], ReviewMode.BEFORE),
        ([], ReviewMode.NONE),
    ],
)
def test_the_strictest_of_what_is_touched_says_how_it_is_reviewed(paths, mode):
    assert review_mode(paths, POLICY) is mode
