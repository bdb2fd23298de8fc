"""The record of access: who is in it, what is found in it, what is left of the forgotten."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from academy.audit import Action, AuditEntry
from ledger import Ledger, open_ledger
from ledger.audit.verifying import AuditCheck
from ledger.audit.writer import AuditUnwritableError
from tests.ledger.conftest import LISTENER, NOW, REVIEWER

DAY = timedelta(days=1)


def look(actor: str = REVIEWER, *, moment: datetime = NOW, **values: object) -> AuditEntry:
    entry = {
        "person": LISTENER,
        "role": "reviewer",
        "projection": "responsible",
        "path": "works/garden/index.html",
        "commit": "a" * 40,
        "rule": "responsible_for_group",
        "how": "192.0.2.7",
        "details": {"status": "200"},
    } | values
    return AuditEntry(moment=moment, action=Action.READ, actor=actor, **entry)  # type: ignore[arg-type]


def test_what_is_written_is_read_back_the_same(ledger: Ledger):
    entries = [
        look(),
        AuditEntry(moment=NOW, action=Action.SIGN_IN_FAILED, how="192.0.2.9", is_allowed=False),
        look("", projection="share-x", details={}),
        look(path="работы/сад\ud800\n.html"),
    ]
    for entry in entries:
        ledger.audit.record_now(entry)

    found = list(ledger.audit.query())
    assert [one.entry for one in found] == entries
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert ledger.audit.verify() == AuditCheck(entries=4, findings=())


def test_many_at_once_from_an_event_loop_are_all_there(ledger: Ledger):
    async def write() -> None:
        await asyncio.gather(
            *(ledger.audit.record(look(details={"n": str(n)})) for n in range(500))
        )

    asyncio.run(write())

    assert {one.entry.details["n"] for one in ledger.audit.query()} == set(map(str, range(500)))
    assert ledger.audit.verify().is_whole


def test_entries_are_found_by_person_by_actor_and_by_time(ledger: Ledger):
    ledger.audit.record_many(
        [
            look(moment=NOW),
            look("s-other", moment=NOW + DAY),
            look(person="qqqqqqqqqq", moment=NOW + 2 * DAY),
            look(moment=NOW + 3 * DAY),
        ]
    )

    def numbers(**how: object) -> list[int]:
        return [one.number for one in ledger.audit.query(**how)]  # type: ignore[arg-type]

    assert numbers(person=LISTENER) == [1, 2, 4]
    assert numbers(actor=REVIEWER) == [1, 3, 4]
    assert numbers(person=LISTENER, actor=REVIEWER) == [1, 4]
    assert numbers(since=NOW + DAY) == [2, 3, 4]
    assert numbers(limit=2) == [3, 4]
    assert numbers(person="nobody-here") == []


def test_a_listener_sees_who_looked_but_not_their_own_looks_nor_refusals(ledger: Ledger):
    ledger.audit.record_many(
        [
            look(moment=NOW - DAY),
            look(LISTENER),
            look("s-refused", is_allowed=False),
            look("s-one"),
            look("s-two", moment=NOW + DAY),
        ]
    )

    seen = ledger.audit.looks_at(LISTENER, NOW)
    assert [one.entry.actor for one in seen] == ["s-two", "s-one"]
    assert [one.entry.actor for one in ledger.audit.looks_at(LISTENER, NOW, limit=1)] == ["s-two"]
    assert ledger.audit.looks_at("qqqqqqqqqq", NOW) == ()


def test_nothing_that_identifies_anybody_stands_in_the_files(ledger: Ledger, home: Path):
    ledger.audit.record_now(look())
    ledger.close()
    content = b"".join(file.read_bytes() for file in (home / "audit").iterdir())

    for secret in (LISTENER, REVIEWER, "192.0.2.7", "works/garden", "a" * 40, "status"):
        assert secret.encode() not in content


def test_months_are_files_of_one_chain_even_when_the_clock_goes_back(ledger: Ledger, home: Path):
    november, december = NOW, NOW + 20 * DAY
    for moment in (november, december, november, december):
        ledger.audit.record_now(look(moment=moment))

    names = sorted(file.name for file in (home / "audit").glob("*.db"))
    assert names == ["2026-11.db", "2026-12.db"]
    assert ledger.audit.verify() == AuditCheck(entries=4, findings=())
    assert [one.number for one in ledger.audit.query(limit=3)] == [2, 3, 4]
    ledger.close()
    with open_ledger(home) as again:
        again.audit.record_now(look(moment=december))
        assert again.audit.verify() == AuditCheck(entries=5, findings=())


def test_a_month_that_another_process_has_begun_is_gone_on_with(ledger: Ledger, home: Path):
    ledger.audit.record_now(look())
    long_ago = (NOW - DAY).timestamp()
    os.utime(home / "audit", (long_ago, long_ago))
    ledger.audit.record_now(look())
    with open_ledger(home) as other:
        other.audit.record_now(look(moment=NOW + 20 * DAY))

    ledger.audit.record_now(look())
    assert ledger.audit.verify() == AuditCheck(entries=4, findings=())


def test_what_cannot_be_written_is_said_to_be_so(ledger: Ledger, home: Path):
    ledger.audit.record_now(look())
    with sqlite3.connect(home / "audit" / "2026-11.db") as connection:
        connection.execute("ALTER TABLE entries RENAME TO elsewhere")
    connection.close()

    with pytest.raises(AuditUnwritableError):
        ledger.audit.record_now(look())
    with pytest.raises(AuditUnwritableError):
        asyncio.run(ledger.audit.record(look()))
    with sqlite3.connect(home / "audit" / "2026-11.db") as connection:
        connection.execute("ALTER TABLE elsewhere RENAME TO entries")
    connection.close()
    ledger.audit.record_now(look())
    assert ledger.audit.verify().entries == 2


def test_an_entry_that_cannot_be_made_harms_no_other(ledger: Ledger):
    async def write() -> list[object]:
        wrong = look(details={"n": object()})
        return await asyncio.gather(
            ledger.audit.record(look()),
            ledger.audit.record(wrong),
            ledger.audit.record(look()),
            return_exceptions=True,
        )

    fine, wrong, too = asyncio.run(write())
    assert (fine, too) == (None, None)
    assert isinstance(wrong, AuditUnwritableError)
    assert ledger.audit.verify() == AuditCheck(entries=2, findings=())


WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from academy.audit import Action, AuditEntry
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    for number in range(int(sys.argv[3])):
        entry = AuditEntry(
            moment=datetime.now(UTC), action=Action.READ, actor=sys.argv[2],
            person="bcdfghjkmn", details={"n": str(number)},
        )
        ledger.audit.record_now(entry)
"""


VERIFY = """
import sys
from pathlib import Path
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    print(ledger.audit.verify())
"""


def test_several_processes_write_one_chain(home: Path):
    with open_ledger(home) as ledger:
        ledger.audit.record_now(look())
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITE, home, f"s-{name}", "40"])
            for name in range(3)
        ]
        for number in range(40):
            ledger.audit.record_now(look(details={"n": str(number)}))
        assert [writer.wait(60) for writer in writers] == [0, 0, 0]

        assert ledger.audit.verify() == AuditCheck(entries=161, findings=())
        for name in range(3):
            found = [one.entry.details["n"] for one in ledger.audit.query(actor=f"s-{name}")]
            assert found == list(map(str, range(40)))


def test_nothing_is_lost_when_another_process_comes_and_goes_after_a_look_at_the_record(
    ledger: Ledger, home: Path
):
    """A lock of POSIX ends when its process closes the file anywhere (fcntl(2)).

    SQLite of the other process would take itself for the last one, and remove the journal that
    this one goes on writing to.
    """
    for number in range(3):
        ledger.audit.record_now(look(details={"n": str(number)}))
        assert list(ledger.audit.query(person=LISTENER))
        subprocess.run([sys.executable, "-c", WRITE, home, "s-other", "1"], check=True)
    ledger.audit.record_now(look())

    verified = subprocess.run(
        [sys.executable, "-c", VERIFY, home], check=True, capture_output=True, text=True
    )
    assert verified.stdout == "AuditCheck(entries=7, findings=())\n"


def test_a_head_kept_elsewhere_shows_another_history(ledger: Ledger, home: Path):
    ledger.audit.record_many([look(), look()])
    kept = ledger.audit.signed_head()
    ledger.audit.record_now(look())
    assert ledger.audit.verify(kept).is_whole

    # Whoever has the keys can begin anew; whoever has the head can tell.
    ledger.close()
    for file in (home / "audit").iterdir():
        file.unlink()
    with open_ledger(home) as forged:
        forged.audit.record_many([look(), look("s-else"), look()])
        assert forged.audit.verify().is_whole
        assert [one.damage.value for one in forged.audit.verify(kept).findings] == ["other_history"]
        signature, _, text = kept.partition(" ")
        other = json.dumps(json.loads(text) | {"number": 1}, sort_keys=True)
        with pytest.raises(ValueError, match="number"):
            forged.audit.verify(f"{signature} {other}")


def test_moments_have_a_time_zone(ledger: Ledger):
    with pytest.raises(AuditUnwritableError):
        ledger.audit.record_now(look(moment=datetime(2026, 11, 24, 9)))
    ledger.audit.record_now(look(moment=datetime(2026, 11, 24, 9, tzinfo=UTC)))
