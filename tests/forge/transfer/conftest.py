"""A server that real Git clients talk to."""

from __future__ import annotations

import http.client
import os
import subprocess
from base64 import b64encode
from datetime import UTC, datetime

import pytest

from academy.submitting import Acting
from forge.embedded.repositories import EmbeddedForge
from forge.large.store import LargeFiles, LargeLimits
from forge.transfer.application import GitApplication
from forge.transfer.doorkeeper import Admitted, Turned
from forge.transfer.large import LargeApplication
from forge.transfer.pushing import Pushes
from forge.transfer.service import GitService
from forge.transfer.turns import Turns
from messages import catalogue
from tests.serving import Server

PERSON, NEIGHBOUR = "k7m2q9x4bd", "b9w4x7r2tm"
SECRET = "very-secret"


def doorkeeper(knock):
    """Let each listener into their own repository, by one secret."""
    if knock.secret != SECRET or knock.user_name not in {PERSON, NEIGHBOUR}:
        return Turned.UNKNOWN
    if knock.user_name != knock.repository:
        return Turned.NOT_ALLOWED
    return Admitted(Acting(account=knock.user_name, role="listener"), lambda: True)


@pytest.fixture
def neighbour(start):
    start(NEIGHBOUR, {"about.md": b"Somebody else\n"})
    return NEIGHBOUR


@pytest.fixture
def store(tmp_path):
    return LargeFiles(tmp_path / "lfs", LargeLimits(single=3_000_000, whole=4_000_000))


@pytest.fixture
def forge(tmp_path, store):
    return EmbeddedForge(tmp_path / "repositories", store)


@pytest.fixture
def turns():
    return Turns()


@pytest.fixture
def application(forge, requests, store, tmp_path, turns):
    git = GitApplication(
        forge,
        Pushes(forge, requests, lambda _: ()),
        doorkeeper,
        catalogue("en"),
        now=lambda: datetime.now(UTC),
        workplace=tmp_path,
        turns=turns,
    )
    return GitService(git, LargeApplication(store, doorkeeper))


@pytest.fixture
def host(application):
    async def answer(scope, receive, send):
        if scope["type"] == "http":
            await application(scope, receive, send)

    with Server(answer) as server:
        yield server.host


@pytest.fixture
def address(host, person):
    return f"http://{person}:{SECRET}@{host}/git/{person}.git"


@pytest.fixture
def client(tmp_path):
    """Run a Git client as a person would, with a home of its own; give its words."""
    home = tmp_path / "home"
    home.mkdir()

    def run(*arguments, folder=tmp_path, fails=False, given=None):
        environment = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            input=given,
            check=False,
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, said
        return said

    run("config", "--global", "init.defaultBranch", "main")
    run("config", "--global", "user.name", "Anna Petrova")
    run("config", "--global", "user.email", "anna@example.org")
    run("config", "--global", "advice.detachedHead", "false")
    return run


@pytest.fixture
def clone(client, address, tmp_path):
    """A clone of the listener's repository."""
    client("clone", "-q", address, "clone")
    return tmp_path / "clone"


@pytest.fixture
def write(client, clone):
    """Write files into the clone and commit them, as Anna or under the pseudonymous id."""

    def run(files, message="A pond", *, as_id=False):
        for path, content in files.items():
            place = clone / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        who = ("-c", f"user.name={PERSON}", "-c", f"user.email={PERSON}@cabinet.invalid")
        client("add", "-A", folder=clone)
        client(*(who if as_id else ()), "commit", "-q", "-m", message, folder=clone)
        return client("rev-parse", "HEAD", folder=clone).strip()

    return run


@pytest.fixture
def ask(host):
    """Send one request as it is; give the status and the body."""

    def run(method, path, body=b"", *, user=PERSON, secret=SECRET, **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if user:
            given["Authorization"] = "Basic " + b64encode(f"{user}:{secret}".encode()).decode()
        connection = http.client.HTTPConnection(host, timeout=20)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in {**given, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    return run
