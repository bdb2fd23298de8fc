"""The lock installs the same everywhere and speaks of no machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def entries() -> dict[str, str]:
    """Each requirement of the lock: its name and everything that belongs to it."""
    parts = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    return {re.split(r"[=\s]", part)[0]: part for part in parts}


def test_everything_is_pinned_and_has_digests():
    pinned = re.compile(r"[a-z0-9._-]+==\S+ \\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+")

    assert [name for name, entry in entries().items() if not pinned.match(entry)] == []


def test_no_address_and_no_path_stands_in_it():
    lines = [line.strip() for line in LOCK.splitlines()]
    hashes = ("--hash=sha256:",)

    assert [line for line in lines if "://" in line or " @ " in line] == []
    assert [line for line in lines if line.startswith("-") and not line.startswith(hashes)] == []
    assert [line for line in lines if line.startswith("#") and "/" in line] == []


def test_every_library_of_the_project_is_in_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~;\[ ]", one)[0].lower() for one in wanted}

    assert names - set(entries()) == set()
