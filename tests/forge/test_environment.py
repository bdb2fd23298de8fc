import subprocess
import sys
from pathlib import Path

import forge
from forge.port import MAIN

EVERYTHING = 1 << 30


def test_a_missing_git_is_told_in_words_and_not_by_a_failing_import(tmp_path):
    code = """
from pathlib import Path
from forge.embedded.process import GitUnusableError, run
try:
    run(Path("repository"), "version")
except GitUnusableError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(Path(forge.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Git is not installed: install Git 2.38 or newer.\n"


def test_variables_of_git_around_us_do_not_reach_our_repositories(
    start, commit, git, tmp_path, monkeypatch, request
):
    other = tmp_path / "other.git"
    other.mkdir()
    git(other, "init", "--quiet", "--bare")
    hostile = tmp_path / "config"
    hostile.write_text("[core]\n\tbare = nonsense\n")
    for name, value in {
        "GIT_DIR": other,
        "GIT_COMMON_DIR": other,
        "GIT_WORK_TREE": tmp_path / "nowhere",
        "GIT_OBJECT_DIRECTORY": other / "objects",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": tmp_path,
        "GIT_INDEX_FILE": tmp_path / "nowhere" / "index",
        "GIT_NAMESPACE": "elsewhere",
        "GIT_CONFIG_GLOBAL": hostile,
        "GIT_CONFIG_SYSTEM": hostile,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.bare",
        "GIT_CONFIG_VALUE_0": "nonsense",
        "GIT_CONFIG_PARAMETERS": "'core.bare=nonsense'",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_TEMPLATE_DIR": tmp_path,
        "GIT_SHALLOW_FILE": tmp_path / "shallow",
        "GIT_GRAFT_FILE": tmp_path / "graft",
        "LC_ALL": "ru_RU.UTF-8",
    }.items():
        monkeypatch.setenv(name, str(value))
    storage = request.getfixturevalue("forge")
    start("own", {"about.md": b"x"})
    head = commit("own", {"about.md": b"y"})
    assert storage.heads("own") == {MAIN: head}
    assert set(storage.tree("own", head)) == {"about.md"}
    assert storage.snapshot("own", head, EVERYTHING)["about.md"][1] == b"y"
    assert storage.resolve("own", "main") == head
    assert not list((other / "objects").glob("??/*"))
    monkeypatch.undo()
    git(storage.folder("own"), "fsck", "--strict")


def test_a_folder_of_another_owner_is_read(start, forge, monkeypatch):
    head = start("given", {"about.md": b"x"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refused = subprocess.run(
        ["git", "rev-parse", "main"], cwd=forge.folder("given"), capture_output=True, check=False
    )
    assert b"dubious ownership" in refused.stderr
    assert set(forge.tree("given", head)) == {"about.md"}
    assert forge.resolve("given", "main") == head


def test_no_hook_is_ever_run(forge, listener, commit, tmp_path):
    hooks = forge.folder(listener) / "hooks"
    hooks.mkdir()
    trace = tmp_path / "ran"
    for name in ("update", "post-update", "post-commit", "pre-receive"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {trace}\n")
        (hooks / name).chmod(0o755)
    commit(listener, {"about.md": b"x"})
    assert not trace.exists()
