"""Fifty people in front of browsers, twenty portfolios, and the server killed under them.

The program is `cabinet serve` in a process of its own and everything goes through the real door:
drafts that save themselves, goals that are published by rule, works that are sent and accepted,
exports of the records that are uploaded. `tests/forge/test_killed_server.py` does the same to
the forge alone, and harder.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from academy.access import Role
from academy.account import Account
from academy.submission import SubmissionState
from auth_proxy.sign_in.forms import csrf_of
from cabinet.way_in import AcademyNow
from forge.port import MAIN, RECORD, DraftKey
from tests.cabinet.conftest import row
from tests.cabinet.test_serving import free_port

KILLS, LISTENERS, THREADS = 2, 20, 50
LONGEST = 240
TEACHER, OFFICE = "s-4k7d", "s-7f3k"
GROUP = "ld-26-1"
KEEN = dict.fromkeys(range(THREADS), "save")
"""What each thread does over and over."""
KEEN.update(dict.fromkeys(range(26, 36), "publish"))
KEEN.update(dict.fromkeys(range(36, 44), "send"))
KEEN.update(dict.fromkeys(range(44, 47), "accept"))
KEEN.update(dict.fromkeys(range(47, 50), "take_in"))


class Server:
    """`cabinet serve`, killed with everything it has started."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cabinet.command_line", "--home", self.home, "serve",
             "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while True:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/", trust_env=False).status_code == 200:
                    return
            assert self.process.poll() is None
            time.sleep(0.05)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Somebody:
    """A browser without script that tries again when nobody answers."""

    def __init__(self, address, token, said, is_over):
        self.browser = httpx.Client(
            base_url=address,
            cookies={"loopback-session": token},
            headers={"accept": "text/html"},
            follow_redirects=True,
            trust_env=False,
            timeout=30,
        )
        self.csrf, self.said, self.is_over = csrf_of(token), said, is_over

    def post(self, path, files=None, **typed):
        return self.browser.post(path, data={"csrf": self.csrf, **typed}, files=files)

    def begin(self, kind, title):
        """Begin an item; gives the address of its form."""
        answer = self.post(f"/desk/add/{kind}/", title=title, did="Начато.")
        return answer.url.path if answer.url.path.startswith("/desk/edit/") else None

    def save(self, person, thread, step):
        """A draft that saves itself, again and again."""
        form = self.begin("reflections", f"Черновик {thread}")
        if form is None:
            return
        expected = re.search(r'name="expected" value="([^"]*)"', self.browser.get(form).text)[1]
        for number in itertools.count(step * 1000):
            words = {"title": f"Черновик {thread}", "body": f"Слово {number}", "do": "autosave"}
            answer = self.post(form, expected=expected, **words)
            if answer.status_code != 200 or self.is_over.is_set():
                return
            expected = answer.json()["expected"]
            self.said["saved"].append((person, form.rstrip("/").rpartition("/")[2], number))

    def publish(self, person, thread, step):
        """A goal needs no review."""
        title = f"Цель {thread} {step}"
        if form := self.begin("goals", title):
            key = form.rstrip("/").rpartition("/")[2]
            answer = self.post(f"/desk/send/{key}/", declared="1")
            if answer.url.path.startswith("/desk/sent/") and answer.status_code == 200:
                self.said["published"].append((person, key))

    def send(self, person, thread, step):
        """A work goes to its reviewer."""
        if form := self.begin("works", f"Работа {thread} {step}"):
            key = form.rstrip("/").rpartition("/")[2]
            answer = self.post(f"/desk/send/{key}/", declared="1")
            if answer.url.path.startswith("/desk/sent/") and answer.status_code == 200:
                self.said["sent"].append((person, key))

    def accept(self, _person, _thread, _step):
        """A reviewer takes what waits and publishes it with a review."""
        found = re.findall(
            r'href="(/desk/review/(\w+)/(\d+)/)"', self.browser.get("/desk/review/").text
        )
        if not found:
            return
        address, person, number = random.choice(found)  # noqa: S311
        head = re.search(r'name="head" value="([^"]*)"', self.browser.get(address).text)
        if head:
            answer = self.post(address, head=head[1], review="Хорошо.", do="accept")
            if answer.url.params.get("said") == "accepted":
                self.said["accepted"].append((person, int(number)))

    def take_in(self, _person, thread, step):
        """An export of the records, with another name for some listeners."""
        rows = [row(number) for number in range(thread % 3, LISTENERS, 3)]
        lines = [";".join([*one[:2], f"Вера-{in_letters(step)}", *one[3:]]) for one in rows]
        text = "\n".join([";".join(HEADER), *lines]).encode("cp1251")
        page = self.post("/desk/import/", files={"files": ("records.csv", text)}).text
        word = re.search(r'name="word" value="([^"]*)"', page)
        if word and "Что сделано" in self.post("/desk/import/", word=word[1], do="apply").text:
            self.said["imported"] += [(one[0], step) for one in rows]


HEADER = ["Код слушателя", "Фамилия", "Имя", "Категория", "Программа", "Группа", "Статус"]


@pytest.fixture
def people(desk):
    """Twenty listeners with consents, a reviewer, a registrar: account to a session's token."""
    desk.run("import", desk.export(*map(row, range(LISTENERS))))
    desk.run("build", "--all")
    now, ledger = datetime.now(UTC), desk.office.ledger
    rules = AcademyNow(desk.office).rules().version
    consent = ("--purposes", "placement", "--text", "2026-1", "--signed", "2026-09-02")
    for number in range(LISTENERS):
        assert desk.run("consent", "register", f"T-{number}", f"c-{number}", *consent)[0] == 0
    persons = [desk.person(number) for number in range(LISTENERS)]
    roles = {
        **dict.fromkeys(persons, Role.LISTENER),
        TEACHER: Role.REVIEWER,
        OFFICE: Role.REGISTRAR,
    }
    tokens = {}
    for name, role in roles.items():
        is_listener = role is Role.LISTENER
        ledger.accounts.add(
            Account(id=name, user_name=name, created=now, person=name if is_listener else None,
                    roles=frozenset({role}), groups=frozenset({GROUP}), password_changed=now)
        )  # fmt: skip
        ledger.rules.acknowledge(name, rules, now)
        tokens[name], _ = ledger.sessions.create(
            name, now, idle=timedelta(hours=2), absolute=timedelta(hours=9)
        )
    return persons, tokens


def test_what_browsers_were_told_is_there_and_nothing_is_half_done(desk, people):
    persons, tokens = people
    server, said, is_over = Server(desk.office.home.root), defaultdict(list), threading.Event()
    steps = itertools.count()

    def work(thread):
        deed, person = KEEN[thread], persons[thread % LISTENERS]
        account = {"accept": TEACHER, "take_in": OFFICE}.get(deed, person)
        somebody = Somebody(server.address, tokens[account], said, is_over)
        while not is_over.is_set():
            with suppress(httpx.TransportError):
                getattr(somebody, deed)(person, thread, next(steps))
            time.sleep(0.02)
        somebody.browser.close()

    threads = [threading.Thread(target=work, args=(one,)) for one in range(THREADS)]
    server.start()
    try:
        for one in threads:
            one.start()
        until = time.monotonic() + LONGEST
        for _ in range(KILLS):
            before = {kind: len(said[kind]) for kind in KINDS}
            while any(len(said[kind]) < before[kind] + 2 for kind in KINDS):
                assert time.monotonic() < until, {kind: len(said[kind]) for kind in KINDS}
                time.sleep(0.05)
            server.kill()
            server.start()
    finally:
        is_over.set()
        for one in threads:
            one.join()
        server.kill()
    assert_everything_is_there(desk, said)


LETTERS = "абвгдежзик"
KINDS = ("saved", "published", "sent", "accepted", "imported")


def assert_everything_is_there(desk, said):
    office = desk.office
    repositories, requests = office.repositories, office.merge_requests
    for name in repositories.names():
        done = subprocess.run(
            ["git", "-C", office.home.repositories / f"{name}.git",
             "fsck", "--strict", "--no-dangling"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), name
    main = {name: contents(repositories, name, MAIN) for name in repositories.names()}
    record = {name: contents(repositories, name, RECORD) for name in repositories.names()}

    latest = {(person, key): number for person, key, number in said["saved"]}
    for (person, key), number in latest.items():
        kept = office.drafts.get(person, DraftKey(person, key.replace(".", "-")))
        assert kept is not None, key
        body = repositories.read(person, [one.id for one in kept.files.values()])
        words = b"".join(body.values()).decode()
        assert int(re.search(r"Слово (\d+)", words)[1]) >= number
    for person, key in said["published"]:
        assert f"{key.replace('.', '/')}.md" in main[person], key
    sent = {
        (person, one.number) for person in main for one in requests.all(person) if one.submitted
    }
    for person, number in said["accepted"]:
        assert (person, number) in sent
        assert requests.get(person, number).state is SubmissionState.MERGED
    for person, published in main.items():
        for one in requests.all(person):
            item = next(iter(requests.changed_files(person, one.number))).split("/")[1]
            is_merged = one.state is SubmissionState.MERGED
            present = any(item.removesuffix(".md") in path for path in published)
            assert present is is_merged, (person, one.number)
            if one.title.startswith("Работа"):
                assert any(f"reviews/{item}/" in path for path in record[person]) is is_merged
    last = dict(said["imported"])
    for number in range(LISTENERS):
        if (code := f"T-{number}") in last:
            card = record[desk.person(number)]["card.yml"].decode()
            assert in_digits(re.search(r"Вера-([а-к]+)", card)[1]) >= last[code]


def in_letters(number):
    """A number that may stand in a name."""
    return "".join(LETTERS[int(digit)] for digit in str(number))


def in_digits(letters):
    """The number that stands in a name."""
    return int("".join(str(LETTERS.index(one)) for one in letters))


def contents(repositories, name, ref):
    """A branch: path to content; nothing where there is no such branch."""
    head = repositories.heads(name).get(ref)
    snapshot = repositories.snapshot(name, head, 10**6) if head else {}
    return {path: content for path, (_, content) in snapshot.items()}
