"""Real repositories for the tests of the forge."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from academy.policy import ReviewMode
from academy.submitting import Acting
from forge.embedded.drafts import EmbeddedDrafts
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.repositories import EmbeddedForge
from forge.merge_requests import Proposal, Sending
from forge.port import MAIN, RECORD, Author, Change

ACTOR = Author("k7m2q9x4bd")
PERSON = ACTOR.id
LISTENER = Acting(account=PERSON, role="listener")
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


@pytest.fixture
def person(start):
    """The repository of a listener, by the person id."""
    start(PERSON, {"about.md": b"About me\n", "works/garden/index.md": b"One\nTwo\nThree\n"})
    return PERSON


@pytest.fixture
def requests(forge):
    return EmbeddedMergeRequests(forge)


@pytest.fixture
def drafts(forge):
    return EmbeddedDrafts(forge)


@pytest.fixture
def opened(requests, person):
    """Open a merge request of the listener with these files."""

    def run(files: Mapping[str, bytes | None] | None = None, title: str = "Garden"):
        proposal = Proposal(files=files or {"works/garden/index.md": b"One\nTwo\nFour\n"})
        reply = requests.open(person, title, proposal, LISTENER, MOMENT)
        assert reply.is_done, reply
        return reply.submission

    return run


@pytest.fixture
def sent(requests, opened):
    """Open and send a merge request."""

    def run(files=None, mode: ReviewMode = ReviewMode.BEFORE):
        submission = opened(files)
        reply = requests.submit(
            PERSON, submission.number, submission.head, sending(mode), LISTENER, MOMENT
        )
        assert reply.is_done, reply
        return reply.submission

    return run


def sending(mode: ReviewMode = ReviewMode.BEFORE) -> Sending:
    return Sending(declaration="2026-1", mode=mode, policy="0" * 40, note="Please look")
