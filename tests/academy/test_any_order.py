"""Whatever is tried in whatever order: a submission stays in legal states, by legal people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from academy.policy import ReviewMode
from academy.submission import Event, EventKind, SubmissionState
from academy.submitting import Acting, after, begun, needs_waiver, refusal, told

PERSON = "k7m2q9x4bd"
PEOPLE = [
    Acting(account=PERSON, role="listener"),
    Acting(account=PERSON, role="reviewer", may_review=True),
    Acting(account="petrova", role="reviewer", may_review=True),
    Acting(account="ivanova", role="reviewer", may_review=True),
    Acting(account="b9w4x7r2tm", role="participant"),
]
LEGAL = {
    SubmissionState.DRAFT: {"submitted", "withdrawn"},
    SubmissionState.SUBMITTED: {"draft", "returned", "approved", "merged", "withdrawn"},
    SubmissionState.RETURNED: {"submitted", "withdrawn"},
    SubmissionState.APPROVED: {"draft", "submitted", "returned", "merged", "withdrawn"},
    SubmissionState.MERGED: set(),
    SubmissionState.WITHDRAWN: set(),
}


class AnyOrder(RuleBasedStateMachine):
    """One submission, and people who try everything."""

    @initialize(author=st.sampled_from(PEOPLE))
    def begin(self, author):
        self.moment = datetime(2026, 3, 1, tzinfo=UTC)
        self.heads = [f"{0:040x}", f"{1:040x}"]
        opened = self.event(EventKind.OPENED, author, self.heads[1], commit=self.heads[0])
        self.submission = begun(PERSON, 1, opened)
        self.two_people = True

    def event(self, kind, acting, head, **more):
        self.moment += timedelta(minutes=1)
        return Event(
            kind=kind,
            actor=acting.account,
            role=acting.role,
            moment=self.moment,
            head=head,
            **more,
        )

    @rule(data=st.data())
    def go_on(self, data):
        """Let something happen that is allowed now."""
        head, edit = self.heads[-1], len(self.submission.edits)
        possible = {
            kind: [one for one in PEOPLE if not self.refused(kind, one, head, edit=edit)]
            for kind in EventKind
            if kind is not EventKind.WITHDRAWN
        }
        kinds = [kind for kind, people in possible.items() if people]
        if kinds:
            kind = data.draw(st.sampled_from(kinds))
            acting = data.draw(st.sampled_from(possible[kind]))
            mode = data.draw(st.sampled_from(ReviewMode))
            edit += kind is EventKind.EDIT_SUGGESTED
            self.attempt(kind, acting, 0, mode, "Words", edit, two_people=True)

    def refused(self, kind, acting, head, **more):
        tried = self.event(kind, acting, head, text="Words", declaration="1", **more)
        return refusal(self.submission, tried, acting, two_people=True)

    @rule(
        kind=st.sampled_from(EventKind),
        acting=st.sampled_from(PEOPLE),
        age=st.sampled_from([0, 0, 0, 1, 2]),
        mode=st.sampled_from(ReviewMode),
        text=st.sampled_from(["", "Words"]),
        edit=st.integers(0, 3),
        two_people=st.booleans(),
    )
    def attempt(self, kind, acting, age, mode, text, edit, *, two_people):
        """Let somebody try something about the present content or an older one."""
        head = self.heads[-1 - age] if age < len(self.heads) else self.heads[-1]
        is_new = kind in {EventKind.CHANGED, EventKind.EDIT_ACCEPTED}
        if is_new:
            head = f"{len(self.heads):040x}"
        tried = self.event(
            kind,
            acting,
            head,
            text=text,
            edit=edit,
            declaration=text,
            mode=mode,
            commit="f" * 40 if kind is EventKind.MERGED else "",
            has_waiver=needs_waiver(self.submission, acting),
        )
        before = self.submission
        if refusal(before, tried, acting, two_people=two_people) is not None:
            return
        if is_new:
            self.heads.append(head)
        self.submission = after(before, tried)
        if self.submission.state is not before.state:
            assert self.submission.state.value in LEGAL[before.state]
        if kind is EventKind.APPROVED:
            assert acting.may_review
            assert not (two_people and acting.account in {before.author, PERSON})

    @invariant()
    def an_approval_is_of_the_present_content(self):
        submission = self.submission
        assert all(one.head == submission.head == self.heads[-1] for one in submission.approvals)
        assert (submission.state is SubmissionState.APPROVED) <= bool(submission.approvals)

    @invariant()
    def what_was_sent_was_declared(self):
        sent = {SubmissionState.SUBMITTED, SubmissionState.APPROVED, SubmissionState.MERGED}
        declared = [one for one in self.submission.events if one.kind is EventKind.SUBMITTED]
        assert (self.submission.state in sent) <= any(one.declaration for one in declared)

    @invariant()
    def what_is_published_was_approved_or_needed_no_approval(self):
        submission = self.submission
        if submission.state is SubmissionState.MERGED:
            by_rule = submission.mode in {ReviewMode.AFTER, ReviewMode.NONE}
            assert by_rule or submission.approval is not None

    @invariant()
    def nobody_has_approved_their_own_words_without_a_waiver(self):
        for one in self.submission.approvals:
            own = one.actor in {self.submission.author, PERSON}
            assert own <= one.has_waiver

    @invariant()
    def the_events_tell_the_same_again(self):
        assert told(PERSON, 1, self.submission.events) == replace(self.submission)


AnyOrder.TestCase.settings = settings(max_examples=100, stateful_step_count=25)
TestAnyOrder = AnyOrder.TestCase
