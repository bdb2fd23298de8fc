"""The queue over all listeners, fed from a real forge."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from academy.policy import ReviewMode
from academy.submission import SubmissionState
from academy.submitting import Acting
from catalogue.listeners import Catalogue
from catalogue.queue import Queue
from catalogue.waiting import Waiting, touched
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.repositories import EmbeddedForge
from forge.merge_requests import Proposal, Remark, Ruling, Sending
from forge.port import MAIN, RECORD, Author, Change

ANNA, BORIS = "bbbbbbbbbb", "cccccccccc"
REVIEWER = Acting(account="petrova", role="reviewer", may_review=True)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORK = "works/garden/index.md"


class Counting(EmbeddedMergeRequests):
    """Merge requests that count how many of them were read."""

    def __init__(self, forge):
        super().__init__(forge)
        self.calls = Counter()

    def get(self, name, number):
        self.calls[name, number] += 1
        return super().get(name, number)


@pytest.fixture
def repositories(tmp_path, written, a_card):
    forge = EmbeddedForge(tmp_path / "repositories")
    for person, group in ((ANNA, "photo"), (BORIS, "garden")):
        card = written(a_card(person, group=group))
        forge.create(
            person,
            [
                Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="Start"),
                Change(ref=RECORD, expected=None, files={"card.yml": card}, message="Card"),
            ],
            Author("registrar"),
            MOMENT,
        )
    return forge


@pytest.fixture
def requests(repositories):
    return Counting(repositories)


@pytest.fixture
def queue(repositories, requests, tmp_path):
    listeners = Catalogue(repositories, tmp_path / "index.db")
    return Queue(repositories, requests, listeners, tmp_path / "queue.db")


@pytest.fixture
def send(requests):
    """Let a listener send a work (or other files), so many hours after the beginning."""

    def run(person, hours=0, files=None, mode=ReviewMode.BEFORE):
        by = Acting(account=person, role="listener")
        at = MOMENT + timedelta(hours=hours)
        proposal = Proposal(files=files or {WORK: b"Text"})
        opened = requests.open(person, f"Garden {hours}", proposal, by, at).submission
        sending = Sending(declaration="1", mode=mode, policy="")
        reply = requests.submit(person, opened.number, opened.head, sending, by, at)
        assert reply.is_done, reply
        requests.calls.clear()
        return reply.submission

    return run


def numbers(lines):
    return [(one.person, one.number) for one in lines]


def test_what_was_sent_waits_for_a_reviewer_with_everything_a_list_needs(queue, send):
    send(ANNA, files={WORK: b"Text", "works/garden/plan.txt": b"Plan", "goals/read.md": b"x"})
    queue.refresh()

    assert queue.for_review() == (
        Waiting(
            person=ANNA,
            number=1,
            group="photo",
            author=ANNA,
            title="Garden 0",
            state=SubmissionState.SUBMITTED,
            since=MOMENT,
            submitted=MOMENT,
            mode=ReviewMode.BEFORE,
            is_review_due=False,
            touched=("goals/read", "works/garden"),
        ),
    )


def test_a_reviewer_sees_their_groups_and_what_was_sent_first_comes_first(queue, send):
    send(BORIS, hours=2)
    send(ANNA, hours=3)
    send(ANNA, hours=1)
    queue.refresh()

    assert numbers(queue.for_review()) == [(ANNA, 2), (BORIS, 1), (ANNA, 1)]
    assert numbers(queue.for_review(["photo"])) == [(ANNA, 2), (ANNA, 1)]
    assert queue.for_review([]) == ()


def test_a_queue_that_was_never_filled_fills_itself(queue, send):
    send(ANNA)

    assert numbers(queue.for_review()) == [(ANNA, 1)]


def test_only_what_has_moved_is_read_again(queue, requests, send):
    first, second = send(ANNA), send(BORIS)
    queue.refresh()
    remark = Remark(text="Nice")
    requests.comment(BORIS, 1, second.head, remark, REVIEWER, MOMENT)
    requests.calls.clear()
    queue.refresh()
    queue.refresh()

    assert requests.calls == {(BORIS, 1): 1 + 1}, "Once for the line, once for its files."
    assert first.number == 1


def test_after_something_was_done_one_repository_is_brought_up_to_date(queue, requests, send):
    submission = send(ANNA)
    queue.refresh()
    ruling = Ruling(head=submission.head, policy="", two_people=True)
    requests.accept(ANNA, 1, ruling, REVIEWER, MOMENT)
    queue.refresh_one(ANNA)

    assert queue.for_review() == ()


def test_what_was_published_by_rule_waits_for_its_review(queue, send):
    send(ANNA, files={"about.md": b"New"}, mode=ReviewMode.AFTER)
    queue.refresh()

    (line,) = queue.for_review()
    assert line.state is SubmissionState.MERGED


def test_a_listener_who_changes_groups_takes_their_lines_along(
    queue, repositories, send, written, a_card
):
    send(ANNA)
    queue.refresh()
    card = written(a_card(ANNA, group="garden"))
    change = Change(
        ref=RECORD,
        expected=repositories.heads(ANNA)[RECORD],
        files={"card.yml": card},
        message="Card",
    )
    repositories.commit(ANNA, [change], Author("registrar"), MOMENT)
    queue.refresh()

    assert numbers(queue.for_review(["garden"])) == [(ANNA, 1)]
    assert queue.for_review(["photo"]) == ()


@pytest.mark.parametrize("whole", [True, False])
def test_of_a_repository_that_is_removed_nothing_stays(queue, repositories, send, tmp_path, whole):
    send(ANNA)
    queue.refresh()
    repositories.remove(ANNA)
    if whole:
        queue.refresh()
    else:
        queue.refresh_one(ANNA)

    assert queue.for_review() == ()
    assert b"Garden" not in (tmp_path / "queue.db").read_bytes()


def test_a_broken_queue_is_built_anew(queue, send, tmp_path):
    send(ANNA)
    queue.refresh()
    (tmp_path / "queue.db").write_bytes(b"broken" * 1000)

    assert numbers(queue.for_review()) == [(ANNA, 1)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["works/garden/index.md", "works/garden/a.png"], ("works/garden",)),
        (["goals/read.md", "about.md", "portfolio.yml"], ("about", "goals/read", "portfolio")),
        (["sections/trips/sea/index.md"], ("sections/trips/sea",)),
        ([], ()),
    ],
)
def test_paths_belong_to_items(paths, expected):
    assert touched(paths) == expected


def test_where_nothing_has_moved_no_life_is_read(queue, repositories, requests, send, monkeypatch):
    send(ANNA)
    monkeypatch.setattr(repositories, "stamp", lambda: "as it was")
    queue.refresh()
    monkeypatch.setattr(requests, "lives", None)
    queue.refresh()

    assert numbers(queue.for_review()) == [(ANNA, 1)]


def test_a_queue_that_looks_at_stamps_tells_what_one_tells_that_is_new(
    queue, repositories, requests, send, tmp_path
):
    """After each step in turn: sent, commented, accepted, removed."""
    steps = [
        lambda: send(ANNA),
        lambda: send(BORIS),
        lambda: requests.comment(
            BORIS, 1, requests.get(BORIS, 1).head, Remark(text="Nice"), REVIEWER, MOMENT
        ),
        lambda: requests.accept(
            ANNA,
            1,
            Ruling(head=requests.get(ANNA, 1).head, policy="", two_people=True),
            REVIEWER,
            MOMENT,
        ),
        lambda: repositories.remove(BORIS),
    ]
    for number, step in enumerate(steps):
        step()
        queue.refresh()
        listeners = Catalogue(repositories, tmp_path / f"index-{number}.db")
        new = Queue(repositories, requests, listeners, tmp_path / f"queue-{number}.db")
        new.refresh()
        assert queue.for_review() == new.for_review()
