from dataclasses import replace
from datetime import timedelta

import pytest

from academy.policy import ReviewMode
from academy.submission import EditState, EventKind, SubmissionState
from academy.submitting import Acting, Refusal
from forge.merge_requests import (
    Proposal,
    Remark,
    Ruling,
    Sending,
    SubmissionMissingError,
)
from forge.port import MAIN, RECORD, RepositoryMissingError, StaleHeadError

WORK = "works/garden/index.md"
REVIEW = "reviews/garden/1.md"
LISTENER = Acting(account="k7m2q9x4bd", role="listener")
REVIEWER = Acting(account="petrova", role="reviewer", may_review=True)
OTHER = Acting(account="ivanova", role="reviewer", may_review=True)
STRANGER = Acting(account="b9w4x7r2tm", role="participant")


def sending(mode=ReviewMode.BEFORE):
    return Sending(declaration="2026-1", mode=mode, policy="0" * 40, note="Please look")


def ruling(head, **more):
    return Ruling(**{"head": head, "policy": "0" * 40, "two_people": True, **more})


def content(forge, person, ref, path):
    commit = forge.heads(person)[ref]
    return forge.snapshot(person, commit, 10_000)[path][1]


def test_what_is_accepted_is_published_with_its_review_in_one_step(
    forge, requests, person, sent, moment, git
):
    submission = sent()
    before = forge.heads(person)
    reply = requests.accept(
        person, 1, ruling(submission.head, files={REVIEW: b"Good"}), REVIEWER, moment
    )

    assert reply.is_done
    assert reply.submission.state is SubmissionState.MERGED
    assert forge.heads(person) == reply.heads
    assert set(reply.heads) == {MAIN, RECORD}
    assert content(forge, person, MAIN, WORK) == b"One\nTwo\nFour\n"
    assert content(forge, person, RECORD, REVIEW) == b"Good"
    parents = git(forge.folder(person), "log", "-1", "--format=%P", MAIN).split()
    assert parents == [before[MAIN], submission.head]
    kinds = [event.kind for event in requests.get(person, 1).events]
    assert kinds == [
        EventKind.OPENED,
        EventKind.SUBMITTED,
        EventKind.APPROVED,
        EventKind.MERGED,
    ]
    git(forge.folder(person), "fsck", "--strict")


def test_its_life_is_a_line_of_commits_with_an_event_each(forge, requests, person, sent, git):
    submission = sent()
    folder = forge.folder(person)

    told = git(folder, "log", "--reverse", "--format=%an %s|%p", "refs/mr/1/meta").splitlines()
    assert [line.partition("|")[0] for line in told] == [
        "k7m2q9x4bd opened by k7m2q9x4bd",
        "k7m2q9x4bd submitted by k7m2q9x4bd",
    ]
    assert git(folder, "rev-list", "--min-parents=2", "refs/mr/1/meta") == ""
    assert git(folder, "ls-tree", "refs/mr/1/meta") == ""
    assert requests.get(person, 1) == submission
    assert requests.lives(person) == {1: git(folder, "rev-parse", "refs/mr/1/meta").strip()}


def test_another_process_reads_the_same(forge, requests, sent, person):
    submission = sent()

    assert type(requests)(forge).get(person, 1) == submission
    assert type(requests)(forge).all(person) == (submission,)


def test_numbers_are_given_in_order_and_never_twice(requests, person, opened, moment):
    ponds = [Proposal(files={f"works/pond-{n}/index.md": b"Text\n"}) for n in range(3)]
    begun = [requests.open(person, "Pond", one, LISTENER, moment).submission for one in ponds]
    assert [one.number for one in begun] == [1, 2, 3]
    requests.withdraw(person, 3, LISTENER, moment)

    assert opened().number == 4


def test_the_same_changes_begin_one_submission_until_that_has_come_to_its_end(
    requests, person, opened, moment
):
    assert [opened().number for _ in range(3)] == [1, 1, 1]
    requests.withdraw(person, 1, LISTENER, moment)

    assert opened().number == 2


def test_a_change_after_the_approval_has_to_be_sent_and_approved_again(
    requests, person, sent, moment
):
    submission = sent()
    requests.approve(person, 1, ruling(submission.head), REVIEWER, moment)
    changed = requests.change(
        person, 1, submission.head, Proposal(files={WORK: b"Five\n"}), LISTENER, moment
    ).submission

    assert changed.state is SubmissionState.DRAFT
    for head in (submission.head, changed.head):
        reply = requests.accept(person, 1, ruling(head), REVIEWER, moment)
        assert reply.refusal is Refusal.WRONG_STATE
    again = requests.submit(person, 1, changed.head, sending(), LISTENER, moment).submission
    reply = requests.accept(person, 1, ruling(submission.head), REVIEWER, moment)
    assert reply.refusal is Refusal.CONTENT_CHANGED
    assert requests.accept(person, 1, ruling(again.head), REVIEWER, moment).is_done


def test_a_replay_changes_nothing(forge, requests, person, sent, moment):
    submission = sent()
    proposal = Proposal(files={WORK: b"Five\n"})
    requests.change(person, 1, submission.head, proposal, LISTENER, moment)
    again = requests.change(person, 1, submission.head, proposal, LISTENER, moment)
    assert again.refusal is Refusal.CONTENT_CHANGED
    head = requests.get(person, 1).head
    requests.submit(person, 1, head, sending(), LISTENER, moment)
    requests.accept(person, 1, ruling(head), REVIEWER, moment)
    before = (forge.heads(person), requests.lives(person))

    assert requests.submit(person, 1, head, sending(), LISTENER, moment).refusal
    assert requests.accept(person, 1, ruling(head), REVIEWER, moment).refusal
    assert (forge.heads(person), requests.lives(person)) == before


@pytest.mark.parametrize("who", [LISTENER, STRANGER])
def test_whoever_may_not_review_decides_nothing(forge, requests, person, sent, moment, who):
    submission = sent()
    before = (forge.heads(person), requests.lives(person))
    verdict = ruling(submission.head)

    for reply in (
        requests.approve(person, 1, verdict, who, moment),
        requests.accept(person, 1, verdict, who, moment),
        requests.send_back(person, 1, verdict, Remark(text="No"), who, moment),
        requests.suggest(person, 1, submission.head, Proposal(files={WORK: b""}), who, moment),
        requests.review(person, 1, verdict, who, moment),
    ):
        assert reply.refusal in {Refusal.NOT_REVIEWER, Refusal.WRONG_STATE}
    assert (forge.heads(person), requests.lives(person)) == before


def test_a_stranger_begins_nothing(requests, person, moment):
    reply = requests.open(person, "Mine", Proposal(files={WORK: b"Me"}), STRANGER, moment)

    assert reply.refusal is Refusal.NOT_AUTHOR
    assert requests.lives(person) == {}


def test_alone_one_may_approve_own_words_and_the_waiver_is_recorded(requests, person, sent, moment):
    submission = sent()
    own = replace(LISTENER, may_review=True)
    alone = ruling(submission.head, two_people=False)

    assert requests.accept(person, 1, ruling(submission.head), own, moment).refusal
    reply = requests.accept(person, 1, alone, own, moment)
    assert reply.is_done
    assert reply.submission.approvals[0].has_waiver


def test_what_needs_no_review_is_published_when_it_is_sent(forge, person, sent):
    submission = sent({"goals/read.md": b"Read"}, ReviewMode.NONE)

    assert submission.state is SubmissionState.MERGED
    assert not submission.is_review_due
    assert content(forge, person, MAIN, "goals/read.md") == b"Read"


def test_what_is_reviewed_after_is_published_and_reviewed_then(
    forge, requests, person, sent, moment
):
    submission = sent({"about.md": b"New"}, ReviewMode.AFTER)
    assert submission.is_review_due
    reply = requests.review(
        person, 1, ruling(submission.head, files={REVIEW: b"Fine"}), REVIEWER, moment
    )

    assert reply.is_done
    assert not requests.get(person, 1).is_review_due
    assert content(forge, person, RECORD, REVIEW) == b"Fine"


def test_a_returned_one_keeps_its_reason_and_can_be_sent_again(requests, person, sent, moment):
    submission = sent()
    later = moment + timedelta(hours=1)
    remark = Remark(text="Where is the scale?", item="works/garden", paragraph="2")
    returned = requests.send_back(
        person, 1, ruling(submission.head), remark, REVIEWER, later
    ).submission

    assert (returned.state, returned.since) == (SubmissionState.RETURNED, later)
    assert returned.events[-1].text == "Where is the scale?"
    assert requests.submit(person, 1, submission.head, sending(), LISTENER, later).is_done


def test_a_suggested_edit_becomes_a_commit_with_both_names(
    forge, requests, person, sent, moment, git
):
    submission = sent()
    proposal = Proposal(files={WORK: b"One\nTwo\nFour!\n"}, message="A livelier end")
    requests.suggest(person, 1, submission.head, proposal, REVIEWER, moment)
    reply = requests.accept_edit(person, 1, 1, LISTENER, moment)

    assert reply.submission.state is SubmissionState.SUBMITTED
    assert [edit.state for edit in reply.submission.edits] == [EditState.ACCEPTED]
    assert content(forge, person, "refs/heads/mr/1", WORK) == b"One\nTwo\nFour!\n"
    told = git(forge.folder(person), "log", "-1", "--format=%an|%B", "refs/heads/mr/1")
    assert told.split("|")[0] == "k7m2q9x4bd"
    assert "Co-authored-by: petrova <petrova@cabinet.invalid>" in told
    assert requests.accept_edit(person, 1, 1, LISTENER, moment).refusal


def test_a_declined_edit_changes_no_content(requests, person, sent, moment):
    submission = sent()
    requests.suggest(person, 1, submission.head, Proposal(files={WORK: b"x"}), REVIEWER, moment)
    declined = requests.decline_edit(person, 1, 1, LISTENER, moment).submission

    assert declined.head == submission.head
    assert [edit.state for edit in declined.edits] == [EditState.DECLINED]


def test_two_that_touch_different_lines_are_merged(forge, requests, person, sent, moment):
    first = sent({WORK: b"Zero\nOne\nTwo\nThree\n"})
    second = sent({"works/pond/index.md": b"Pond\n"})
    for one in (first, second):
        assert requests.accept(person, one.number, ruling(one.head), REVIEWER, moment).is_done

    assert content(forge, person, MAIN, WORK) == b"Zero\nOne\nTwo\nThree\n"
    assert content(forge, person, MAIN, "works/pond/index.md") == b"Pond\n"


def test_a_conflict_is_given_as_both_contents_and_moves_nothing(
    forge, requests, person, sent, moment
):
    first, second = sent({WORK: b"First\n"}), sent({WORK: b"Second\n"})
    requests.accept(person, 1, ruling(first.head), REVIEWER, moment)
    before = (forge.heads(person), requests.lives(person))
    reply = requests.accept(person, 2, ruling(second.head), REVIEWER, moment)

    assert [(one.path, one.base, one.theirs, one.published) for one in reply.conflicts] == [
        (WORK, b"One\nTwo\nThree\n", b"Second\n", b"First\n")
    ]
    assert requests.conflicts(person, 2) == reply.conflicts
    assert (forge.heads(person), requests.lives(person)) == before


def test_a_settled_conflict_can_be_sent_and_published(forge, requests, person, sent, moment):
    first, second = sent({WORK: b"First\n"}), sent({WORK: b"Second\n"})
    requests.accept(person, 1, ruling(first.head), REVIEWER, moment)

    def catch_up(files):
        proposal = Proposal(files=files)
        return requests.catch_up(person, 2, second.head, proposal, LISTENER, moment)

    assert [one.path for one in catch_up({}).conflicts] == [WORK]
    caught_up = catch_up({WORK: b"Both\n"}).submission
    assert caught_up.base == forge.heads(person)[MAIN]
    assert requests.conflicts(person, 2) == ()
    requests.submit(person, 2, caught_up.head, sending(), LISTENER, moment)
    assert requests.accept(person, 2, ruling(caught_up.head), REVIEWER, moment).is_done
    assert content(forge, person, MAIN, WORK) == b"Both\n"


def test_what_only_seems_to_conflict_is_settled_on_the_way(forge, person, sent, requests, moment):
    def both(conflict):
        together = (conflict.published, b"and ", conflict.theirs)
        return b"".join(together) if conflict.theirs != b"Third\n" else None

    settling = type(requests)(forge, both)
    first, second, third = (sent({WORK: text}) for text in (b"First\n", b"Second\n", b"Third\n"))
    for one in (first, second):
        assert settling.accept(person, one.number, ruling(one.head), REVIEWER, moment).is_done
    assert content(forge, person, MAIN, WORK) == b"First\nand Second\n"

    assert [one.path for one in settling.conflicts(person, third.number)] == [WORK]


def test_a_deleted_file_against_a_changed_one_is_a_conflict(requests, person, sent, moment):
    first, second = sent({WORK: None}), sent({WORK: b"Second\n"})
    requests.accept(person, 1, ruling(first.head), REVIEWER, moment)

    (conflict,) = requests.conflicts(person, second.number)
    assert (conflict.theirs, conflict.published) == (b"Second\n", None)


def test_undo_gives_back_what_was_there_before(forge, requests, person, sent, moment):
    submission = sent({WORK: b"Bad\n", "works/garden/plan.txt": b"Plan"})
    requests.accept(person, 1, ruling(submission.head), REVIEWER, moment)
    undoing = requests.undo(person, 1, "Undo", OTHER, moment).submission

    assert undoing.reverts == 1
    assert requests.changed_files(person, undoing.number).keys() == {
        WORK, "works/garden/plan.txt",
    }  # fmt: skip
    requests.submit(person, 2, undoing.head, sending(), OTHER, moment)
    assert requests.accept(person, 2, ruling(undoing.head), REVIEWER, moment).is_done
    assert content(forge, person, MAIN, WORK) == b"One\nTwo\nThree\n"
    assert "works/garden/plan.txt" not in forge.tree(person, forge.heads(person)[MAIN])


def test_what_a_submission_changes_is_read_once_and_anew_when_it_has_another_head(
    requests, person, sent, moment, monkeypatch
):
    submission = sent()
    assert set(requests.changed_files(person, 1)) == {WORK}
    with monkeypatch.context() as without:
        without.setattr("forge.embedded.differences.run", None)
        assert set(requests.changed_files(person, 1)) == {WORK}
    more = Proposal(files={"works/garden/plan.txt": b"Plan"}, message="More")
    requests.change(person, 1, submission.head, more, LISTENER, moment)
    assert set(requests.changed_files(person, 1)) == {WORK, "works/garden/plan.txt"}


def test_undo_of_what_has_changed_since_is_a_conflict(requests, person, sent, moment):
    for text in (b"First\n", b"Second\n"):
        submission = sent({WORK: text})
        requests.accept(person, submission.number, ruling(submission.head), REVIEWER, moment)
    reply = requests.undo(person, 1, "Undo", OTHER, moment)

    assert [one.path for one in reply.conflicts] == [WORK]
    assert reply.submission is None


def test_what_the_gate_refuses_enters_by_no_call(forge, requests, person, opened, moment):
    submission = opened()
    before = (forge.heads(person), requests.lives(person))
    bad = Proposal(files={"works/garden/run.exe": b"MZ"})
    replies = [
        requests.open(person, "Bad", bad, LISTENER, moment),
        requests.change(person, 1, submission.head, bad, LISTENER, moment),
        requests.catch_up(person, 1, submission.head, bad, LISTENER, moment),
    ]

    assert [[issue.code for issue in reply.issues] for reply in replies] == [
        ["gate-type-unknown"]
    ] * 3
    assert (forge.heads(person), requests.lives(person)) == before


def test_a_review_outside_its_place_keeps_everything_from_moving(
    forge, requests, person, sent, moment
):
    submission = sent()
    before = (forge.heads(person), requests.lives(person))
    bad = ruling(submission.head, files={"about.md": b"Good"})
    reply = requests.accept(person, 1, bad, REVIEWER, moment)

    assert [issue.code for issue in reply.issues] == ["gate-place-unknown"]
    assert (forge.heads(person), requests.lives(person)) == before


def test_a_review_made_for_an_older_record_is_stale(requests, person, sent, moment, commit):
    submission = sent()
    commit(person, {"card.yml": b"a: 1\n"}, ref=RECORD)

    with pytest.raises(StaleHeadError):
        requests.accept(
            person, 1, ruling(submission.head, files={REVIEW: b"Good"}), REVIEWER, moment
        )


def test_nothing_is_sent_when_nothing_has_changed(requests, person, opened, moment):
    submission = opened({WORK: b"One\nTwo\nThree\n"})
    reply = requests.submit(person, 1, submission.head, sending(), LISTENER, moment)

    assert reply.refusal is Refusal.NOTHING_IN_IT


def test_comments_stay_with_the_content_they_were_made_on(requests, person, sent, moment):
    submission = sent()
    requests.comment(person, 1, submission.head, Remark(text="Nice"), REVIEWER, moment)
    requests.comment(person, 1, submission.head, Remark(text="Thanks"), LISTENER, moment)
    said = [(event.actor, event.text, event.head) for event in requests.get(person, 1).events[2:]]

    assert said == [
        ("petrova", "Nice", submission.head),
        ("k7m2q9x4bd", "Thanks", submission.head),
    ]


def test_a_merge_request_that_is_not_there_is_said_to_be_missing(requests, person, moment):
    with pytest.raises(SubmissionMissingError):
        requests.get(person, 7)
    with pytest.raises(SubmissionMissingError):
        requests.withdraw(person, 7, LISTENER, moment)
    with pytest.raises(RepositoryMissingError):
        requests.all("b9w4x7r2tm")


def test_packed_and_tidied_lives_read_the_same(forge, requests, person, sent, git):
    submission = sent()
    git(forge.folder(person), "gc", "--quiet", "--prune=now")

    assert type(requests)(forge).all(person) == (submission,)
