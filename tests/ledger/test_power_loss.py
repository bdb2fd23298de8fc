"""What was acknowledged is there after a loss of power or a kill, and the chain is whole."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import open_ledger
from tests.ledger.test_audit import look

LOSSES = 5
KILLS = 3

# Writes entries from several threads, and says how many are durable after each.
LOAD = """
import itertools, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from academy.audit import Action, AuditEntry
from ledger import open_ledger

ledger = open_ledger(Path(sys.argv[1]))
done = itertools.count(1)
say = threading.Lock()

def write():
    while True:
        entry = AuditEntry(
            moment=datetime.now(UTC), action=Action.READ, actor="s-1", person="bcdfghjkmn",
            path="works/garden/index.html", details={"status": "200"},
        )
        ledger.audit.record_now(entry)
        with say:
            sys.stdout.buffer.write(b"%d\\n" % next(done))
            sys.stdout.buffer.flush()

for _ in range(3):
    threading.Thread(target=write, daemon=True).start()
threading.Event().wait()
"""


class Load:
    """A process that writes, and the number of entries it was told are durable."""

    def __init__(self, home: Path, out: Path) -> None:
        self.home, self._out = home, out
        with out.open("wb") as file:
            self.process = subprocess.Popen([sys.executable, "-c", LOAD, home], stdout=file)
        while not self.acknowledged():
            assert self.process.poll() is None
            time.sleep(0.01)

    def acknowledged(self) -> int:
        """How many entries it was told are durable."""
        content = self._out.read_bytes()
        return int(content[: content.rfind(b"\n") + 1].split()[-1]) if b"\n" in content else 0

    def stop(self) -> None:
        """Hold the process at whatever it is doing, as a loss of power does."""
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(0.02)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def load(home: Path, tmp_path: Path) -> Iterator[Load]:
    running = Load(home, tmp_path / "acknowledged")
    yield running
    running.kill()


def copied(home: Path, target: Path) -> Path:
    """Copy what stands on the disk, without the shared memory that a restart loses."""
    shutil.copytree(home, target, ignore=shutil.ignore_patterns("*-shm"))
    return target


def assert_holds(home: Path, acknowledged: int) -> None:
    with open_ledger(home) as ledger:
        before = ledger.audit.verify()
        assert before.findings == ()
        assert before.entries >= acknowledged
        ledger.audit.record_now(look())
        after = ledger.audit.verify()
        assert (after.entries, after.findings) == (before.entries + 1, ())


def test_a_copy_at_any_moment_has_every_acknowledged_entry(load: Load, tmp_path: Path):
    for number in range(LOSSES):
        time.sleep(random.uniform(0.01, 0.2))  # noqa: S311
        load.stop()
        acknowledged = load.acknowledged()
        copy = copied(load.home, tmp_path / f"copy-{number}")
        load.go_on()
        assert_holds(copy, acknowledged)


def test_whatever_becomes_of_writes_that_were_not_flushed(load: Load, tmp_path: Path):
    """What was written after an acknowledgement may be lost or torn; what was before may not."""
    chance = random.Random(time.time_ns())  # noqa: S311
    for number in range(LOSSES):
        load.stop()
        acknowledged = load.acknowledged()
        earlier = copied(load.home, tmp_path / f"earlier-{number}")
        load.go_on()
        time.sleep(chance.uniform(0.001, 0.05))
        load.stop()
        later = copied(load.home, tmp_path / f"later-{number}")
        load.go_on()
        [journal] = (later / "audit").glob("*.db-wal")
        durable = (earlier / "audit" / journal.name).read_bytes()
        content = bytearray(journal.read_bytes())
        if content[: len(durable)] != durable:
            continue  # The journal has begun anew in between; the other test covers that.
        tail = len(content) - len(durable)
        kept = len(durable) + chance.randint(0, tail)
        torn = content[:kept] + bytes(chance.randint(0, len(content) - kept))
        journal.write_bytes(torn)
        shutil.copy(earlier / "audit" / "head", later / "audit" / "head")
        assert_holds(later, acknowledged)


def test_killed_and_begun_again_it_goes_on(home: Path, tmp_path: Path):
    total = 0
    for number in range(KILLS):
        running = Load(home, tmp_path / f"acknowledged-{number}")
        time.sleep(random.uniform(0.01, 0.2))  # noqa: S311
        running.kill()
        total += running.acknowledged() + 1
        assert_holds(home, total - 1)
