"""Real repositories for the tests of the forge."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Change

ACTOR = Author("k7m2q9x4bd")
MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=3)))

Git = Callable[..., str]


@pytest.fixture
def forge(tmp_path):
    return EmbeddedForge(tmp_path / "repositories")


@pytest.fixture
def git() -> Git:
    """Run the real Git in a folder, without the settings of this machine."""

    def run(folder: Path, *arguments: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**clean, **settings, "GIT_DIR": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def listener(forge):
    """A repository with both branches, by its name."""
    forge.create(
        "listener",
        [
            Change(
                ref=MAIN,
                expected=None,
                files={"about.md": b"About me", "goals/read.md": b"Read more"},
                message="Start",
            ),
            Change(ref=RECORD, expected=None, files={"card.yml": b"id: 1\n"}, message="Card"),
        ],
        ACTOR,
        MOMENT,
    )
    return "listener"


@pytest.fixture
def commit(forge):
    """Commit files to one branch from where it is, or from an older commit."""

    def run(
        name: str,
        files: Mapping[str, bytes | None],
        *,
        ref: str = MAIN,
        expected: str | None = None,
        replace: bool = False,
    ) -> str:
        start = expected or forge.heads(name).get(ref)
        change = Change(ref=ref, expected=start, files=files, message="Edit", replace=replace)
        return forge.commit(name, [change], ACTOR, MOMENT)[ref]

    return run


@pytest.fixture
def start(forge):
    """Create a repository whose main branch holds these files; give its first commit."""

    def run(name: str, files: Mapping[str, bytes]) -> str:
        change = Change(ref=MAIN, expected=None, files=files, message="Start")
        forge.create(name, [change], ACTOR, MOMENT)
        return forge.heads(name)[MAIN]

    return run


@pytest.fixture
def actor():
    return ACTOR


@pytest.fixture
def moment():
    return MOMENT
