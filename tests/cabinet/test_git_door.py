"""Git clients at the real way in: tokens, the access table, the record, large files."""

from __future__ import annotations

import os
import socket
import subprocess
from argparse import Namespace
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from academy.access import Role
from academy.account import Account
from academy.audit import Action
from academy.listener import Status
from academy.pointer import Pointer
from academy.submission import SubmissionState
from cabinet.doors import make_doors
from cabinet.doors_file import DoorSettings
from cabinet.session import Session
from cabinet.way_in import AcademyNow
from messages import catalogue
from tests.cabinet.conftest import row
from tests.serving import Server, everything

GOAL = "---\ntitle: Сад у моря\nset_on: 2026-11-01\n---\nВырастить сад.\n"


@pytest.fixture
def listener(desk):
    """A listener with an account and the consent to placement; gives the person id."""
    assert desk.run("import", desk.export(row(1), row(2)))[0] == 0
    ledger, person, now = desk.office.ledger, desk.person(1), datetime.now(UTC)
    for one, name in ((person, "vera"), (desk.person(2), "anna")):
        roles = frozenset({Role.LISTENER})
        ledger.accounts.add(Account(id=one, user_name=name, created=now, person=one, roles=roles))
        ledger.rules.acknowledge(one, AcademyNow(desk.office).rules().version, now)
    consent = ("--purposes", "placement", "--text", "2026-09", "--signed", "2026-09-02")
    said = desk.run("consent", "register", "T-1", "c-1", *consent)
    assert said[0] == 0, said
    return person


@pytest.fixture
def address(desk):
    """The way in as `cabinet serve` makes it, on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    session = Session(desk.office.home, catalogue("ru"), Namespace())
    here = f"http://127.0.0.1:{listening.getsockname()[1]}"
    doors = make_doors(session, DoorSettings(), here)
    with Server(doors.application, listening) as server:
        yield server.host
    session.office.close()


@pytest.fixture
def client(tmp_path, desk, listener, address):
    """Run Git as a person at home would, with a token of the listener."""
    now = datetime.now(UTC)
    secret, _ = desk.office.ledger.tokens.create(listener, "laptop", now, now + timedelta(days=1))
    house = tmp_path / "house"
    house.mkdir()
    environment = {
        "HOME": str(house), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "PWD": str(house),
    }  # fmt: skip

    class Client:
        folder = house / "portfolio"
        token = secret

        def origin(self, person=listener, user_name="vera"):
            return f"http://{user_name}:{secret}@{address}/git/{person}.git"

        def run(self, *arguments, folder=house):
            who = ("-c", f"user.name={listener}", "-c", f"user.email={listener}@portfolio.invalid")
            done = subprocess.run(
                ["git", *who, *arguments],
                cwd=folder, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            return done.returncode, done.stderr

        def clone(self):
            assert self.run("clone", "-q", self.origin(), str(self.folder)) == (0, "")

        def push(self, files, branch="mr/new"):
            for path, content in files.items():
                file = self.folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            self.run("add", "--all", folder=self.folder)
            self.run("commit", "-qm", "Сад у моря", folder=self.folder)
            return self.run("push", "-q", "origin", f"HEAD:refs/heads/{branch}", folder=self.folder)

    return Client()


def written_down(desk, person, action):
    found = desk.office.ledger.audit.query(person=person)
    return [(one.entry.actor, one.entry.is_allowed) for one in found if one.entry.action is action]


def test_a_push_becomes_a_submission_and_both_ways_are_written_down(desk, listener, client):
    client.clone()

    code, said = client.push({"goals/garden.md": GOAL.encode()})

    assert code == 0, said
    [submission] = desk.office.merge_requests.all(listener)
    assert (submission.author, submission.state) == (listener, SubmissionState.DRAFT)
    assert (listener, True) in written_down(desk, listener, Action.FETCHED)
    assert (listener, True) in written_down(desk, listener, Action.PUSHED)


def test_nobody_elses_repository_is_there(desk, client):
    code, said = client.run("ls-remote", client.origin(desk.person(2)))

    assert code != 0
    assert "403" in said or "Authentication failed" in said or "not found" in said


def test_a_token_goes_with_its_own_name_only(client):
    assert client.run("ls-remote", client.origin(user_name="anna"))[0] != 0


def test_a_blocked_account_is_refused_at_once(desk, listener, client):
    client.clone()
    desk.office.ledger.accounts.block(listener, datetime.now(UTC))

    assert client.run("fetch", folder=client.folder)[0] != 0


def test_a_frozen_portfolio_is_read_and_not_written(desk, listener, client):
    """Clause 7.1: with the end of study the portfolio is frozen, and still readable."""
    client.clone()
    assert desk.run("import", desk.export(row(1, "завершил обучение"), row(2)))[0] == 0
    assert desk.office.catalogue.by_person(listener).card.status is Status.COMPLETED

    code, said = client.push({"goals/garden.md": GOAL.encode()})

    assert code != 0, said
    assert desk.office.merge_requests.all(listener) == ()
    assert (listener, False) in written_down(desk, listener, Action.PUSHED)
    assert client.run("fetch", folder=client.folder)[0] == 0


def test_large_files_take_the_same_way(desk, listener, client):
    client.clone()
    film = bytes.fromhex("0000001866747970") + b"isom" + bytes(5000)
    client.run("lfs", "install", "--local", folder=client.folder)
    client.run("lfs", "track", "*.mp4", folder=client.folder)
    work = "---\ntitle: Фильм\nfiles:\n  - file: film.mp4\n    caption: Сад\n---\nФильм о саде.\n"

    code, said = client.push({"works/film/index.md": work.encode(), "works/film/film.mp4": film})

    assert code == 0, said
    assert desk.office.large_files.used(listener) == len(film)


@pytest.fixture
def film(desk, listener):
    """A recording that is longer than everything on the way to a client can hold."""
    content = bytes.fromhex("0000001866747970") + b"isom" + bytes(64 * 1024 * 1024)
    file = Pointer(sha256(content).hexdigest(), len(content))
    desk.office.large_files.start_again(listener, file)
    desk.office.large_files.append(listener, file, 0, content)
    return file


def begun(address, client, listener, file, more=""):
    """A request for the film, or with `more` to bring one, on a connection of its own."""
    host, _, port = address.rpartition(":")
    connection = socket.create_connection((host, int(port)), timeout=20)
    word = b64encode(f"vera:{client.token}".encode()).decode()
    place = f"/git/{listener}.git/info/lfs/objects/{file.oid}/{file.size}"
    method = "PUT" if more else "GET"
    head = f"{method} {place} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Basic {word}\r\n"
    connection.sendall(f"{head}{more}\r\n".encode())
    return connection


def block(desk, listener):
    desk.office.ledger.accounts.block(listener, datetime.now(UTC))


def revoke(desk, listener):
    [token] = desk.office.ledger.tokens.of_account(listener)
    assert desk.office.ledger.tokens.revoke(token.id, listener)


def withdraw(desk, _listener):
    assert desk.run("consent", "withdraw", "T-1", "c-1")[0] == 0


@pytest.mark.parametrize("end", [block, revoke, withdraw])
def test_a_long_download_is_cut_and_leaves_one_line(desk, listener, address, client, film, end):
    with begun(address, client, listener, film) as connection:
        got = connection.recv(1000)
        end(desk, listener)
        rest = everything(connection)

    assert got.startswith(b"HTTP/1.1 200")
    assert len(got) + len(rest) < film.size
    assert not rest.endswith(b"0\r\n\r\n"), "It does not look like a whole one."
    assert written_down(desk, listener, Action.FETCHED) == [(listener, True)]


def test_an_upload_is_not_taken_when_the_right_to_it_ends(desk, listener, address, client):
    file = Pointer("5" * 64, 3_000_000)
    with begun(address, client, listener, file, "Content-Length: 3000000\r\n") as connection:
        connection.sendall(bytes(500_000))
        while not written_down(desk, listener, Action.PUSHED):
            pass
        block(desk, listener)
        connection.sendall(bytes(2_500_000))
        answer = connection.recv(1000)

    assert answer.startswith(b"HTTP/1.1 404")
    assert desk.office.large_files.used(listener) == 0


def test_what_is_wrong_in_a_push_is_told_and_refuses_nothing(desk, listener, client):
    client.clone()
    work = "---\ntitle: Двор\ndate: 2026-11-01\nkind: project\nmodule: no-such\n---\n"
    work += "Смотрите [план](plan.png).\n"

    code, said = client.push({"works/yard/index.md": work.encode()})

    assert code == 0, said
    assert "remote: В ней 2 недочёта." in said
    assert "remote: works/yard/index.md:5: В поле «module» указано «no-such»" in said
    assert "plan.png" in said
    assert [one.state for one in desk.office.merge_requests.all(listener)] == [
        SubmissionState.DRAFT
    ]
