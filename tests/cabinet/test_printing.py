"""What the command line prints, and for whom it leaves files."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from hashlib import sha256

from academy.pointer import Pointer
from tests.cabinet.conftest import row


def test_a_reader_who_has_seen_enough_is_no_mistake(desk):
    assert desk.run("import", desk.export(row(1), row(2)))[0] == 0
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "cabinet.command_line", "--home", desk.office.home.root,
         "listeners"],
        stdout=writing, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


def test_machines_get_moments_as_iso_8601(desk):
    assert desk.run("import", desk.export(row(1)))[0] == 0
    desk.run("accounts", "import")

    [account] = json.loads(desk.run("accounts", "list", "--json")[1])

    assert account["created"][10] == "T"


def test_nothing_in_a_home_is_for_everybody(desk):
    """Cards and portfolios are personal data; the group may be that of nginx in front."""
    assert desk.run("import", desk.export(row(1)))[0] == 0
    desk.run("accounts", "import")
    desk.run("build", "--all")

    home = desk.office.home.root
    modes = {one: stat.S_IMODE(one.stat().st_mode) for one in (home, *home.rglob("*"))}
    assert [one for one, mode in modes.items() if mode & 0o007 and not one.is_symlink()] == []
    assert modes[home / "sites"] & 0o050 == 0o050


def test_the_group_gets_at_sites_and_at_nothing_else_that_is_personal(desk):
    """Whoever breaks into nginx has the sites that it sends anyhow, and no cards or recordings."""
    assert desk.run("import", desk.export(row(1)))[0] == 0
    desk.run("accounts", "import")
    desk.run("build", "--all")
    [person] = [one.person for one in desk.office.catalogue.listeners()]
    pointer = Pointer(sha256(b"x").hexdigest(), 1)
    desk.office.large_files.append(person, pointer, 0, b"x")

    home = desk.office.home.root
    closed = ["audit", "cabinet.db", "inbox", "index.db", "keys", "lfs", "repositories", "slips"]
    there = {one: stat.S_IMODE((home / one).stat().st_mode) for one in closed}
    assert {one for one, mode in there.items() if mode & 0o070} == set()
