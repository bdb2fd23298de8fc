"""No page was delivered without its line in the record, whenever the power goes (clause 7.4).

The door runs in a process of its own and readers ask it without a pause. It is stopped or killed
at random moments; what stands on the disk then has to account for every page of which a reader
has seen the first byte.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from ledger import open_ledger

READERS = 6
LOSSES = 6
KILLS = 3

DOOR = """
import json, sys, threading
from pathlib import Path
from tests.auth_proxy.village import ANNA, Village

with Village(Path(sys.argv[1])) as village:
    tokens = [village.session(ANNA) for _ in range(int(sys.argv[2]))]
    cookies = [village.cookie(token) for token in tokens]
    said = {"address": village.address, "place": f"/c/{ANNA}/", "cookies": cookies}
    print(json.dumps(said), flush=True)
    threading.Event().wait()
"""
PLACES = ("", "study/", "portfolio/works/sad/plan.png", "nothing/")


class Reader(threading.Thread):
    """Asks on one connection without a pause, and notes each answer at its first byte."""

    def __init__(self, told, number):
        super().__init__(daemon=True)
        self.seen = Counter()
        self._told, self._cookie = told, told["cookies"][number]

    def run(self):
        host = self._told["address"][7:]
        with suppress(OSError), socket.create_connection(host.split(":"), timeout=30) as connection:
            for place in self._places():
                connection.sendall(
                    f"GET {self._told['place']}{place} HTTP/1.1\r\nhost: {host}\r\n"
                    f"cookie: {self._cookie}\r\n\r\n".encode()
                )
                self._read(connection, place)

    def _places(self):
        while True:
            yield from PLACES

    def _read(self, connection, place):
        got = _more(connection, 1)
        self.seen[place] += 1
        while b"\r\n\r\n" not in got:
            got += _more(connection)
        head, _, body = got.partition(b"\r\n\r\n")
        assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404")), head
        [length] = re.findall(rb"content-length: ([0-9]+)", head)
        while len(body) < int(length):
            body += _more(connection)


def _more(connection, most=65536):
    piece = connection.recv(most)
    if not piece:
        raise ConnectionResetError
    return piece


class Town:
    """The door in a process of its own, under load."""

    def __init__(self, home):
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-c", DOOR, home, str(READERS)],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        told = json.loads(self.process.stdout.readline())
        self.readers = [Reader(told, number) for number in range(READERS)]
        for reader in self.readers:
            reader.start()
        self.wait_for(20)

    def wait_for(self, more):
        """Wait until so many more pages have been seen."""
        wanted = self.seen().total() + more
        until = time.monotonic() + 60
        while self.seen().total() < wanted:
            assert time.monotonic() < until
            assert self.process.poll() is None
            time.sleep(0.002)

    def seen(self):
        """How often each page has been seen, by all readers together."""
        return sum((reader.seen for reader in self.readers), Counter())

    def stop(self):
        """Hold the process at whatever it does; gives what had been delivered by then."""
        self.process.send_signal(signal.SIGSTOP)
        before = None
        while before != (before := self.seen()):  # What is still in the pipes is read, too.
            time.sleep(0.03)
        return before

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.communicate()
        for reader in self.readers:
            reader.join(30)


@pytest.fixture
def town(tmp_path):
    running = Town(tmp_path / "home")
    yield running
    running.go_on()
    running.kill()


def copied(town, target):
    """Copy what stands on the disk, without the shared memory that a restart loses."""
    leave = shutil.ignore_patterns("*-shm", "sites", "assets")
    return shutil.copytree(town.home, target, ignore=leave)


def assert_every_page_is_written_down(home, delivered):
    with open_ledger(home) as ledger:
        assert ledger.audit.verify().findings == ()
        written = Counter(one.entry.path for one in ledger.audit.query())
    for place, times in delivered.items():
        name = f"{place}index.html" if not place or place == "study/" else place
        assert written[name] >= times > 0, (place, times, written)


def test_a_copy_at_any_moment_accounts_for_every_page(town, tmp_path):
    for number in range(LOSSES):
        town.wait_for(random.randint(1, 60))  # noqa: S311
        delivered = town.stop()
        copy = copied(town, tmp_path / f"copy-{number}")
        town.go_on()
        assert_every_page_is_written_down(copy, delivered)


def test_what_was_written_after_a_page_may_be_torn_and_its_line_is_there(town, tmp_path):
    """The journal is cut at any place behind what stood in it when the page was delivered."""
    torn = 0
    while torn < LOSSES:
        delivered = town.stop()
        earlier = copied(town, tmp_path / f"earlier-{torn}")
        town.go_on()
        town.wait_for(random.randint(1, 30))  # noqa: S311
        town.stop()
        later = copied(town, tmp_path / f"later-{torn}")
        town.go_on()
        [journal] = (later / "audit").glob("*.db-wal")
        durable = (earlier / "audit" / journal.name).read_bytes()
        content = journal.read_bytes()
        if content[: len(durable)] == durable:  # Else the journal has begun anew in between.
            journal.write_bytes(content[: random.randint(len(durable), len(content))])  # noqa: S311
            shutil.copy(earlier / "audit" / "head", later / "audit" / "head")
            assert_every_page_is_written_down(later, delivered)
            torn += 1
        shutil.rmtree(earlier)
        shutil.rmtree(later)


def test_a_kill_at_any_moment_leaves_no_page_without_its_line(tmp_path):
    for number in range(KILLS):
        town = Town(tmp_path / f"home-{number}")
        town.wait_for(random.randint(1, 60))  # noqa: S311
        town.kill()
        assert_every_page_is_written_down(town.home, town.seen())
