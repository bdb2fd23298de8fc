import os
import random
import subprocess
import sys
import time
from pathlib import Path

import forge as package
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, Change

KILLS = 15

VICTIM = """
import os, sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Change

forge, run = EmbeddedForge(Path(sys.argv[1])), sys.argv[2]
author, moment = Author("victim"), datetime(2026, 1, 1, tzinfo=UTC)

def change(ref, expected, number):
    files = {f"goals/{number}-{n}.md": os.urandom(3000) for n in range(8)}
    return Change(ref=ref, expected=expected, files=files, message="Edit")

for number in count():
    name = f"run-{run}-{number}"
    forge.create(name, [change(ref, None, 0) for ref in (MAIN, RECORD)], author, moment)
    for step in range(1, 4):
        heads = forge.heads(name)
        changes = [change(ref, heads[ref], step) for ref in (MAIN, RECORD)]
        moved = forge.commit(name, changes, author, moment)
        print(name, moved[MAIN], moved[RECORD], flush=True)
"""


def killed_at_some_moment(root, run):
    """Let a process create and commit, kill it, and give what it had said was done."""
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, str(root), str(run)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        said = [victim.stdout.readline() for _ in range(random.randint(0, 4))]  # noqa: S311 - No secret.
        time.sleep(random.uniform(0, 0.03))  # noqa: S311 - No secret.
        victim.kill()
        said += victim.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n")]


def test_a_process_killed_at_any_moment_loses_nothing_it_had_done(tmp_path, git):
    root = tmp_path / "repositories"
    done = [line for run in range(KILLS) for line in killed_at_some_moment(root, run)]
    forge = EmbeddedForge(root)
    for name in forge.names():
        git(forge.folder(name), "fsck", "--strict")
        heads = forge.heads(name)
        counts = {git(forge.folder(name), "rev-list", "--count", head) for head in heads.values()}
        assert len(heads) == 2, "A repository appears with both branches."
        assert len(counts) == 1, "Both branches move, or none."
    for name, *commits in done:
        for commit, ref in zip(commits, sorted(forge.heads(name)), strict=True):
            git(forge.folder(name), "merge-base", "--is-ancestor", commit, ref)


def test_what_killed_processes_leave_is_gone_when_their_children_are(tmp_path):
    root = tmp_path / "repositories"
    for run in range(3):
        killed_at_some_moment(root, run)
    for _ in range(200):
        forge = EmbeddedForge(root)
        if not list(root.glob(".*")):
            break
        time.sleep(0.05)
    assert {entry.name for entry in root.iterdir()} == {f"{name}.git" for name in forge.names()}


def test_a_repository_that_a_kill_left_behind_can_be_written_to(tmp_path, actor, moment, git):
    root = tmp_path / "repositories"
    for run in range(3):
        killed_at_some_moment(root, run)
    forge = EmbeddedForge(root)

    for name in forge.names():
        head = forge.heads(name)[MAIN]
        change = Change(ref=MAIN, expected=head, files={"about.md": b"x"}, message="After")
        assert forge.commit(name, [change], actor, moment)[MAIN] != head
        git(forge.folder(name), "fsck", "--strict")
