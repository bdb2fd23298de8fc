"""Fifty people at work on twenty portfolios while the server is killed and started again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import forge as package
from academy.submission import SubmissionState
from forge.embedded.drafts import EmbeddedDrafts
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Change, DraftKey

KILLS = 4
PEOPLE = [f"bbbbbbbb{first}{second}" for first in "bcdf" for second in "ghjkm"]

SERVER = """
import itertools, os, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from academy.policy import ReviewMode
from academy.submitting import Acting
from forge.embedded import transaction
from forge.embedded.drafts import EmbeddedDrafts
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.process import GitFailedError
from forge.embedded.repositories import EmbeddedForge
from forge.merge_requests import Proposal, Ruling, Sending
from forge.port import (
    MAIN, RECORD, Author, Change, DraftKey, DraftMovedError, Saving, StaleHeadError,
)

transaction.ABANDONED_AFTER_SECONDS = 0.5
root, run, people = Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")
forge = EmbeddedForge(root)
requests, drafts = EmbeddedMergeRequests(forge), EmbeddedDrafts(forge)
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)

def acknowledged(*words):
    os.write(1, (" ".join(map(str, words)) + chr(10)).encode())

def edit(person, thread, step):
    key = DraftKey(person, f"work-{thread}")
    before = drafts.get(person, key)
    files = {"works/w/index.md": b"%d" % step}
    saving = Saving(files=files, base=forge.heads(person)[MAIN], memo=f"{run}.{step}")
    kept = drafts.save(
        person, key, saving, expected=before.version if before else None, at=MOMENT
    )
    acknowledged("saved", person, thread, f"{run}.{step}")

def send(person, thread, step):
    by = Acting(account=person, role="listener")
    item = f"w{run}-{thread}-{step}"
    proposal = Proposal(files={f"works/{item}/index.md": b"Text", f"works/{item}/a.txt": b"File"})
    opened = requests.open(person, item, proposal, by, MOMENT).submission
    sending = Sending(declaration="1", mode=ReviewMode.BEFORE, policy="")
    requests.submit(person, opened.number, opened.head, sending, by, MOMENT)
    acknowledged("sent", person, opened.number, item)
    return opened, item

def publish(person, thread, step):
    opened, item = send(person, thread, step)
    ruling = Ruling(
        head=opened.head, policy="", two_people=True, record=forge.heads(person)[RECORD],
        files={f"reviews/{item}/1.md": b"Good"},
    )
    by = Acting(account="petrova", role="reviewer", may_review=True)
    reply = requests.accept(person, opened.number, ruling, by, MOMENT)
    if reply.is_done:
        acknowledged("published", person, opened.number, reply.heads[MAIN], reply.heads[RECORD])

def take_in(person, thread, step):
    files = {f"documents/d{run}-{thread}-{step}.yml": b"title: Order"}
    change = Change(ref=RECORD, expected=forge.heads(person)[RECORD], files=files, message="Import")
    moved = forge.commit(person, [change], Author("registrar"), MOMENT)
    acknowledged("imported", person, thread, moved[RECORD])

def work(thread):
    doing = itertools.cycle([edit, publish, edit, send, take_in][thread % 5 :] + [edit, publish])
    for step in itertools.count():
        try:
            next(doing)(people[(thread * 7 + step) % len(people)], thread, step)
        except (StaleHeadError, DraftMovedError):
            continue

threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(50)]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""


def served_until_killed(root, run):
    """Let a server work for a while and kill it, alone or with its Gits; give what it had said."""
    folder = str(Path(package.__file__).parents[1])
    command = [sys.executable, "-c", SERVER, str(root), str(run), ",".join(PEOPLE)]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": folder},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        said = [server.stdout.readline() for _ in range(60)]
        time.sleep(random.uniform(0, 0.3))  # noqa: S311 - No secret.
        if run % 2:
            os.killpg(server.pid, signal.SIGKILL)
        else:
            server.kill()
        said += server.stdout.readlines()
        complaints = server.stderr.read()
    assert complaints == ""
    return [line.split() for line in said if line.endswith("\n")]


def test_what_was_acknowledged_is_there_and_nothing_is_half_done(tmp_path, moment, git):
    root = tmp_path / "repositories"
    forge = EmbeddedForge(root)
    requests, drafts = EmbeddedMergeRequests(forge), EmbeddedDrafts(forge)
    for person in PEOPLE:
        start = [
            Change(ref=ref, expected=None, files={path: b"x"}, message="Start")
            for ref, path in ((MAIN, "about.md"), (RECORD, "card.yml"))
        ]
        forge.create(person, start, Author("registrar"), moment)
        git(forge.folder(person), "config", "core.filesRefLockTimeout", "300")
    said = defaultdict(list)
    for run in range(KILLS):
        for kind, person, *words in served_until_killed(root, run):
            said[kind, person].append(words)
    assert {kind for kind, _ in said} == {"saved", "sent", "published", "imported"}

    for person in PEOPLE:
        folder = forge.folder(person)
        git(folder, "fsck", "--strict")
        check_published(forge, requests, person, said, git)
        for thread, memo in said["saved", person]:
            present = drafts.get(person, DraftKey(person, f"work-{thread}"))
            assert present is not None
            assert order(present.memo) >= order(memo)
        for _, commit in said["imported", person]:
            git(folder, "merge-base", "--is-ancestor", commit, RECORD)


def check_published(forge, requests, person, said, git):
    """Check that `main`, `record` and the lives of one portfolio agree with each other."""
    folder = forge.folder(person)
    submissions = {one.number: one for one in requests.all(person)}
    assert list(submissions) == list(range(1, len(submissions) + 1))
    for number, item in said["sent", person]:
        assert submissions[int(number)].title == item
        assert submissions[int(number)].submitted
    for number, main, record in said["published", person]:
        assert submissions[int(number)].merged == main
        git(folder, "merge-base", "--is-ancestor", main, MAIN)
        git(folder, "merge-base", "--is-ancestor", record, RECORD)

    merged = {one.merged: one for one in submissions.values() if one.merged}
    history = git(folder, "log", "--first-parent", "--format=%H", MAIN).split()[:-1]
    assert set(history) == set(merged)
    heads = forge.heads(person)
    main, record = (set(forge.tree(person, heads[ref])) for ref in (MAIN, RECORD))
    for one in submissions.values():
        is_merged = one.state is SubmissionState.MERGED
        assert (f"works/{one.title}/index.md" in main) is is_merged
        assert (f"works/{one.title}/a.txt" in main) is is_merged
        assert (f"reviews/{one.title}/1.md" in record) is is_merged
        assert (f"refs/heads/mr/{one.number}" in heads) is not is_merged


def order(memo):
    """Which save came later: by the run, then by the step."""
    return tuple(int(part) for part in memo.split("."))
