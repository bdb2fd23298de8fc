"""What the machine has to bring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cabinet.environment import git_problem, git_version, python_problem
from messages import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ((3, 11), None),
        ((3, 11, 0), None),
        ((3, 14, 2), None),
        ((4, 0, 0), None),
        ((3, 10, 13), "environment.python-too-old"),
        ((2, 7, 18), "environment.python-too-old"),
    ],
)
def test_a_python_is_new_enough_or_not(version: tuple[int, ...], problem: str | None):
    assert python_problem(version) == problem


@pytest.mark.parametrize(
    ("printed", "version", "problem"),
    [
        ("git version 2.38.0\n", "2.38.0", None),
        ("git version 2.39.5 (Apple Git-154)\n", "2.39.5", None),
        ("git version 2.45.1.windows.1\n", "2.45.1", None),
        ("git version 3.0\n", "3.0", None),
        ("git version 2.9.5\n", "2.9.5", "environment.git-too-old"),
        ("git version 2.37.7\n", "2.37.7", "environment.git-too-old"),
        ("git version 2.37.9", "2.37.9", "environment.git-too-old"),
        ("git version 2.9.0.windows.1", "2.9.0", "environment.git-too-old"),
        ("git version 1.9", "1.9", "environment.git-too-old"),
        ("git version 1.99.0", "1.99.0", "environment.git-too-old"),
        ("", None, "environment.git-missing"),
        ("git: command not found", None, "environment.git-missing"),
        (None, None, "environment.git-missing"),
    ],
)
def test_a_git_is_new_enough_or_not(printed: str | None, version: str | None, problem: str | None):
    assert git_version(printed) == version
    assert git_problem(printed) == problem


def check_machine(folder: Path, git: str | None, python: str) -> subprocess.CompletedProcess[str]:
    """Run the check before installation on a machine that has nothing but these programs."""
    programs = folder / "bin"
    programs.mkdir()
    for tool in ("sed", "id", "sudo", "env"):
        place = Path("/usr/bin") / tool
        if place.exists():
            (programs / tool).symlink_to(place)
    written = {"git": f"echo 'git version {git}'" if git else None, "python3": "echo 3.6.15"}
    for name, does in written.items():
        if does:
            (programs / name).write_text(f"#!/bin/sh\n{does}\n")
            (programs / name).chmod(0o755)
    return subprocess.run(
        ["/bin/sh", ".ci/check-machine", python],
        cwd=ROOT,
        env={"PATH": str(programs), "LANG": os.environ.get("LANG", "C")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("git", "python", "key", "found"),
    [
        ("2.39.5", "", "python-too-old", "3.6.15"),
        ("2.37.1", sys.executable, "git-too-old", "2.37.1"),
        ("1.8.3.1", sys.executable, "git-too-old", "1.8.3.1"),
        (None, sys.executable, "git-missing", ""),
    ],
)
def test_the_check_before_installation_says_the_same_in_both_languages(
    tmp_path: Path, git: str | None, python: str, key: str, found: str
):
    refused = check_machine(tmp_path, git, python)

    words = [catalogue(one).text(f"environment.{key}", found=found) for one in LANGUAGES]
    assert refused.stderr == "\n\n".join(words) + "\n"
    assert refused.returncode == 1


@pytest.mark.parametrize("git", ["2.38.0", "2.39.5 (Apple Git-154)", "2.100.0", "3.0"])
def test_the_check_before_installation_is_silent_when_all_is_well(tmp_path: Path, git: str):
    passed = check_machine(tmp_path, git, sys.executable)

    assert (passed.returncode, passed.stdout, passed.stderr) == (0, "", "")
