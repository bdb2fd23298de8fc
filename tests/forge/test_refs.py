import os
import subprocess
import threading

import pytest

from forge.embedded.process import GitFailedError
from forge.embedded.refs import read_heads, read_refs
from forge.port import MAIN, RECORD, RepositoryMissingError


@pytest.fixture
def folder(forge, listener, commit):
    commit(listener, {"about.md": b"x"}, ref="refs/heads/mr/1")
    commit(listener, {"event.yml": b"x"}, ref="refs/mr/1/meta")
    return forge.folder(listener)


def shown_by_git(git, folder):
    lines = git(folder, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads")
    return dict(line.split() for line in lines.splitlines())


def test_loose_refs_are_read(folder, git):
    assert read_heads(folder) == shown_by_git(git, folder)
    assert set(read_heads(folder)) == {MAIN, RECORD, "refs/heads/mr/1"}


@pytest.mark.parametrize("command", [("pack-refs", "--all"), ("gc", "--quiet")])
def test_packed_refs_are_read(folder, git, command):
    before = read_heads(folder)
    git(folder, *command)
    assert not (folder / MAIN).exists()
    assert read_heads(folder) == before == shown_by_git(git, folder)


def test_a_loose_ref_counts_more_than_a_packed_one(forge, folder, git, commit, listener):
    git(folder, "pack-refs", "--all")
    new = commit(listener, {"about.md": b"new"})
    assert forge.heads(listener)[MAIN] == new
    assert read_heads(folder) == shown_by_git(git, folder)


def test_a_packed_ref_that_is_deleted_is_gone(folder, git):
    git(folder, "pack-refs", "--all")
    git(folder, "update-ref", "-d", "refs/heads/mr/1")
    assert read_heads(folder) == shown_by_git(git, folder)
    assert "refs/heads/mr/1" not in read_heads(folder)


def test_an_annotated_tag_does_not_confuse(folder, git):
    author = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    git(folder, *author, "tag", "-a", "-m", "frozen", "frozen", MAIN)
    git(folder, "pack-refs", "--all")
    assert "\n^" in (folder / "packed-refs").read_text()
    assert read_heads(folder) == shown_by_git(git, folder)


def test_only_the_named_refs_are_given(folder, git):
    meta = git(folder, "rev-parse", "refs/mr/1/meta").strip()
    wanted = ["refs/mr/1/meta", "refs/heads/none", "refs/mr"]
    assert read_refs(folder, wanted) == {"refs/mr/1/meta": meta}
    git(folder, "pack-refs", "--all")
    assert read_refs(folder, wanted) == {"refs/mr/1/meta": meta}


def test_locks_are_no_refs(folder, git):
    (folder / f"{MAIN}.lock").write_text("1" * 40)
    assert read_heads(folder) == shown_by_git(git, folder)


def test_a_repository_without_branches_has_no_heads(forge, actor, moment):
    forge.create("empty", [], actor, moment)
    assert forge.heads("empty") == {}
    with pytest.raises(RepositoryMissingError):
        forge.heads("none")


def test_a_damaged_ref_is_told_and_not_left_out(forge, folder, listener):
    (folder / MAIN).write_text("")
    with pytest.raises(GitFailedError, match="damaged"):
        forge.heads(listener)


def test_no_ref_is_missed_while_git_packs_and_moves_them(forge, folder, git, listener):
    """Whoever looks while Git packs and moves refs sees all, and main at one of its commits."""
    old = forge.heads(listener)[MAIN]
    author = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    new = git(folder, *author, "commit-tree", "-p", old, "-m", "x", f"{old}^{{tree}}").strip()
    expected = set(forge.heads(listener))
    done = threading.Event()

    def move_and_pack():
        try:
            for _ in range(25):
                for commit in (new, old):
                    git(folder, "update-ref", MAIN, commit)
                    git(folder, "pack-refs", "--all")
        finally:
            done.set()

    worker = threading.Thread(target=move_and_pack)
    worker.start()
    while not done.is_set():
        heads = forge.heads(listener)
        assert set(heads) == expected
        assert heads[MAIN] in {old, new}
    worker.join()


def test_no_process_is_started_to_read_heads(forge, listener, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("A process was started.")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "fork", refuse)
    assert set(forge.heads(listener)) == {MAIN, RECORD}
