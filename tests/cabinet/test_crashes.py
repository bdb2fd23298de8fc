"""Import and build killed at random moments: nothing stays half-made, the next run completes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest

from sites.store import Sites
from tests.cabinet.conftest import row

KILLS = 6
LISTENERS = 12


def run_and_kill(home, arguments, pause):
    """Start a command in a process of its own and kill it after a pause in seconds."""
    command = [sys.executable, "-m", "cabinet.command_line", "--home", home, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)


def assert_repositories_are_whole(home):
    for folder in sorted((home / "repositories").glob("*.git")):
        done = subprocess.run(
            ["git", "-C", folder, "fsck", "--strict", "--no-dangling"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), folder.name


def assert_sites_are_whole(home):
    sites = Sites(home / "sites")
    for person in sites.people():
        manifest = sites.manifest(person)
        assert manifest is not None
        assert sites.is_whole(manifest), person
        for files in manifest.projections.values():
            for path, stored in files.items():
                if path.endswith(".html"):
                    page = sites.path_of(person, stored).read_text("utf-8")
                    assert page.rstrip().endswith("</html>"), path


@pytest.fixture
def moments():
    """Pauses over the length of an undisturbed run, the same in each run of the test."""
    chance = random.Random(7)  # noqa: S311
    return lambda length: [chance.uniform(0.3, 1.0) * length for _ in range(KILLS)]


def test_a_killed_import_is_completed_by_the_next_one(desk, moments):
    file = desk.export(*map(row, range(LISTENERS)))
    home = desk.office.home.root
    start = time.monotonic()
    run_and_kill(home, ["listeners"], 60)
    for pause in moments(time.monotonic() - start + 0.6):
        run_and_kill(home, ["import", file], pause)
        assert_repositories_are_whole(home)
    assert desk.run("import", file)[0] == 0
    listed = [one.card.external_id for one in desk.office.catalogue.listeners()]
    assert sorted(listed) == sorted(f"T-{number}" for number in range(LISTENERS))


def test_a_killed_build_leaves_whole_sites_and_is_completed_by_the_next_one(desk, moments):
    at = "2026-11-24T12:00:00+03:00"
    desk.run("import", desk.export(*map(row, range(LISTENERS))))
    home = desk.office.home.root
    for pause in moments(4.0):
        run_and_kill(home, ["build", "--all", "--anew", "--at", at], pause)
        assert_sites_are_whole(home)
    assert_repositories_are_whole(home)
    assert desk.run("build", "--all", "--at", at)[0] == 0
    assert_sites_are_whole(home)
    sites = Sites(home / "sites")
    built = {person: sites.manifest(person).projections for person in sites.people()}
    assert len(built) == LISTENERS + 1
    assert desk.run("build", "--all", "--anew", "--at", at)[0] == 0
    assert {person: sites.manifest(person).projections for person in built} == built
