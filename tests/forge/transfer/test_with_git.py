"""A real Git client: clone, fetch, push."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from academy.policy import ReviewMode
from academy.submission import EventKind, SubmissionState
from academy.submitting import Acting
from forge.merge_requests import Ruling, Sending
from forge.port import MAIN

PERSON = "k7m2q9x4bd"
LISTENER = Acting(account=PERSON, role="listener")
REVIEWER = Acting(account="petrova", role="reviewer", may_review=True)
POND = {"works/pond/index.md": b"---\ntitle: Pond\n---\n\nText\n"}


def files_at(forge, ref):
    commit = forge.heads(PERSON)[ref]
    return {path: content for path, (_, content) in forge.snapshot(PERSON, commit, 9**9).items()}


def test_a_clone_has_what_is_published(clone):
    assert (clone / "works/garden/index.md").read_bytes() == b"One\nTwo\nThree\n"


def test_what_is_pushed_becomes_a_merge_request_of_ours(forge, requests, clone, write, client, git):
    theirs = write(POND)
    said = client("push", "origin", "HEAD:mr/new", folder=clone)

    submission = requests.get(PERSON, 1)
    assert "remote: Taken: submission 1." in said
    assert "remote: The content was written as one new commit" in said
    assert (submission.state, submission.title) == (SubmissionState.DRAFT, "A pond")
    assert submission.head != theirs
    assert files_at(forge, "refs/heads/mr/1")["works/pond/index.md"] == POND["works/pond/index.md"]
    people = git(forge.folder(PERSON), "log", "--format=%an %ae %cn", "refs/heads/mr/1")
    assert "Anna" not in people, "Names never stand in Git (152-FZ)."
    assert "anna@" not in people


def test_commits_under_the_pseudonymous_id_stay_as_they_are(
    forge, requests, clone, write, client, git
):
    first = write(POND, as_id=True)
    said = client("push", "origin", "HEAD:mr/new", folder=clone)
    assert "written as one new commit" not in said
    assert requests.get(PERSON, 1).head == first

    second = write({"works/pond/index.md": b"More\n"}, "More", as_id=True)
    client("push", "-q", "origin", "HEAD:mr/1", folder=clone)
    assert requests.get(PERSON, 1).head == second
    git(forge.folder(PERSON), "fsck", "--strict")


def test_a_push_that_comes_twice_begins_nothing_new(requests, clone, write, client):
    write(POND)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    said = client("push", "origin", "HEAD:mr/new", folder=clone)
    assert "remote: This was pushed before: submission 1. No new one was begun." in said
    assert len(requests.all(PERSON)) == 1

    write({"works/pond/index.md": b"---\ntitle: Pond\n---\n\nMore\n"}, "More")
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    assert len(requests.all(PERSON)) == 2


def test_a_push_to_a_merge_request_in_review_takes_its_approval_away(
    requests, clone, write, client, moment
):
    write(POND, as_id=True)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    head = requests.get(PERSON, 1).head
    sending = Sending(declaration="1", mode=ReviewMode.BEFORE, policy="")
    requests.submit(PERSON, 1, head, sending, LISTENER, moment)
    ruling = Ruling(head=head, policy="", two_people=True)
    requests.approve(PERSON, 1, ruling, REVIEWER, moment)
    write({"works/pond/index.md": b"Quite another\n"}, as_id=True)
    client("push", "-q", "origin", "HEAD:mr/1", folder=clone)

    assert requests.get(PERSON, 1).state is SubmissionState.DRAFT
    assert requests.get(PERSON, 1).approvals == ()
    assert requests.accept(PERSON, 1, ruling, REVIEWER, moment).refusal


def test_a_second_push_of_rewritten_commits_goes_on_from_ours(
    forge, requests, clone, write, client
):
    write(POND)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    first = requests.get(PERSON, 1).head
    client("fetch", "-q", folder=clone)
    assert client("rev-parse", "origin/mr/1", folder=clone).strip() == first
    write({"works/pond/index.md": b"More\n"})
    client("push", "-q", "--force", "origin", "HEAD:mr/1", folder=clone)

    submission = requests.get(PERSON, 1)
    assert [event.kind for event in submission.events] == [EventKind.OPENED, EventKind.CHANGED]
    assert files_at(forge, "refs/heads/mr/1")["works/pond/index.md"] == b"More\n"


def test_published_work_is_fetched(forge, requests, clone, write, client, moment):
    write(POND, as_id=True)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    head = requests.get(PERSON, 1).head
    sending = Sending(declaration="1", mode=ReviewMode.NONE, policy="")
    assert requests.submit(PERSON, 1, head, sending, LISTENER, moment).is_done
    client("pull", "-q", "--prune", "origin", "main", folder=clone)

    assert client("rev-parse", "HEAD", folder=clone).strip() == forge.heads(PERSON)[MAIN]


def test_what_was_merged_from_main_is_not_taken_for_a_change(
    forge, requests, clone, write, client, commit
):
    commit(PERSON, {"goals/read.md": b"Read\n"})
    write(POND)
    client("pull", "-q", "--no-rebase", "--no-edit", "origin", "main", folder=clone)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)

    assert set(requests.changed_files(PERSON, 1)) == {"works/pond/index.md"}
    assert requests.get(PERSON, 1).base == forge.heads(PERSON)[MAIN]


def test_a_shallow_clone_and_the_older_protocols_work(client, address, tmp_path):
    for version in ("0", "1", "2"):
        how = ("-c", f"protocol.version={version}")
        client(*how, "clone", "-q", "--depth", "1", address, f"copy{version}")
        assert (tmp_path / f"copy{version}" / "about.md").exists()


def test_a_picture_is_cleaned_on_its_way_in(forge, clone, write, client):
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    Image.new("RGB", (8, 8), "green").save(stream, "JPEG", exif=exif)
    write({**POND, "works/pond/a.jpg": stream.getvalue()}, as_id=True)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)

    stored = files_at(forge, "refs/heads/mr/1")["works/pond/a.jpg"]
    assert b"where I live" in stream.getvalue()
    assert b"where I live" not in stored


def test_drafts_and_lives_are_not_shown(requests, clone, write, client):
    write(POND)
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    shown = client("ls-remote", "origin", folder=clone)

    assert {line.split("\t")[1] for line in shown.splitlines() if "\t" in line} == {
        "HEAD", "refs/heads/main", "refs/heads/mr/1",
    }  # fmt: skip
    assert requests.lives(PERSON)
