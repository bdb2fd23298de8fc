import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import forge as package
from forge.embedded.process import GitFailedError
from forge.embedded.repositories import EmbeddedForge
from forge.embedded.transaction import ABANDONED_AFTER_SECONDS
from forge.port import MAIN, Change, RepositoryMissingError, StaleHeadError

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, Author, Change, StaleHeadError

forge, who = EmbeddedForge(Path(sys.argv[1])), sys.argv[2]
for number in range(int(sys.argv[3])):
    while True:
        head = forge.heads("shared")[MAIN]
        files = {f"goals/{who}-{number}.md": b"x"}
        change = Change(ref=MAIN, expected=head, files=files, message="Add")
        try:
            forge.commit("shared", [change], Author(who), datetime(2026, 1, 1, tzinfo=UTC))
        except StaleHeadError:
            continue
        break
"""


def add(forge, actor, moment, name, path):
    """Commit a file, as often as it takes."""
    while True:
        head = forge.heads(name)[MAIN]
        change = Change(ref=MAIN, expected=head, files={path: b"x"}, message="Add")
        try:
            return forge.commit(name, [change], actor, moment)[MAIN]
        except StaleHeadError:
            continue


def test_commits_of_sixteen_threads_all_land(forge, start, actor, moment, git):
    """One forge is shared by threads; a shared GitPython `Repo` would hang here."""
    start("shared", {"about.md": b"x"})
    paths = [f"goals/{thread}-{number}.md" for thread in range(16) for number in range(4)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda path: add(forge, actor, moment, "shared", path), paths))
    head = forge.heads("shared")[MAIN]
    assert set(forge.tree("shared", head)) == {"about.md", *paths}
    assert git(forge.folder("shared"), "rev-list", "--count", MAIN) == f"{len(paths) + 1}\n"
    git(forge.folder("shared"), "fsck", "--strict")


def test_commits_of_several_processes_all_land(forge, start, git, tmp_path):
    start("shared", {"about.md": b"x"})
    root = str(tmp_path / "repositories")
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parents[1])}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, root, f"writer-{n}", "8"], env=environment)
        for n in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0] * 4
    expected = {f"goals/writer-{n}-{number}.md" for n in range(4) for number in range(8)}
    assert set(forge.tree("shared", forge.heads("shared")[MAIN])) == {"about.md", *expected}
    git(forge.folder("shared"), "fsck", "--strict")


def test_of_writers_that_start_from_one_commit_one_wins(forge, start, actor, moment):
    head = start("shared", {"about.md": b"x"})

    def write(number):
        files = {"about.md": b"%d" % number}
        change = Change(ref=MAIN, expected=head, files=files, message="Edit")
        try:
            return forge.commit("shared", [change], actor, moment)[MAIN]
        except StaleHeadError:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = [commit for commit in pool.map(write, range(8)) if commit is not None]
    assert won == [forge.heads("shared")[MAIN]]


def test_of_creators_of_one_name_one_wins_and_starts_sweep_none_of_them(
    tmp_path, actor, moment, git
):
    root = tmp_path / "repositories"

    def create(number):
        forge = EmbeddedForge(root)
        files = {"about.md": b"%d" % number}
        change = Change(ref=MAIN, expected=None, files=files, message="Start")
        forge.create(f"own-{number}", [change], actor, moment)
        try:
            forge.create("shared", [change], actor, moment)
        except FileExistsError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(create, range(8))) == 1
    forge = EmbeddedForge(root)
    assert forge.names() == (*(f"own-{number}" for number in range(8)), "shared")
    assert {entry.suffix for entry in root.iterdir()} == {".git"}
    for name in forge.names():
        git(forge.folder(name), "fsck", "--strict")


def test_readers_see_whole_commits_while_others_write_and_tidy(forge, start, actor, moment):
    start("busy", {"a.md": b"0", "b.md": b"0"})
    done = threading.Event()

    def write():
        try:
            for number in range(1, 41):
                files = {"a.md": b"%d" % number, "b.md": b"%d" % number}
                head = forge.heads("busy")[MAIN]
                change = Change(ref=MAIN, expected=head, files=files, message="Edit")
                forge.commit("busy", [change], actor, moment)
                if number % 10 == 0:
                    forge.tidy("busy")
        finally:
            done.set()

    worker = threading.Thread(target=write)
    worker.start()
    while not done.is_set():
        found = forge.snapshot("busy", forge.heads("busy")[MAIN], 100)
        assert found["a.md"][1] == found["b.md"][1]
    worker.join()
    assert forge.snapshot("busy", forge.heads("busy")[MAIN], 100)["a.md"][1] == b"40"


def test_whoever_works_on_a_repository_that_is_removed_is_told_so(forge, start, actor, moment):
    head = start("leaving", {"about.md": b"x"})

    def work(_):
        try:
            while True:
                forge.snapshot("leaving", head, 100)
                add(forge, actor, moment, "leaving", "goals/a.md")
        except RepositoryMissingError:
            return True

    with ThreadPoolExecutor(4) as pool:
        told = pool.map(work, range(3))
        forge.remove("leaving")
        assert list(told) == [True] * 3
    assert forge.names() == ()


@pytest.mark.parametrize("lock", ["HEAD.lock", "packed-refs.lock", f"{MAIN}.lock"])
def test_a_lock_that_a_crash_left_long_ago_stops_nobody(forge, listener, commit, lock):
    file = forge.folder(listener) / lock
    file.write_text("")
    long_ago = time.time() - ABANDONED_AFTER_SECONDS - 60
    os.utime(file, (long_ago, long_ago))
    head = commit(listener, {"about.md": b"x"})
    assert forge.heads(listener)[MAIN] == head
    assert not file.exists()


def test_a_lock_that_somebody_holds_is_respected(forge, listener, commit, git):
    folder = forge.folder(listener)
    git(folder, "config", "core.filesRefLockTimeout", "1")
    (folder / f"{MAIN}.lock").write_text("")
    before = forge.heads(listener)
    with pytest.raises(GitFailedError, match="lock"):
        commit(listener, {"about.md": b"x"})
    assert forge.heads(listener) == before
