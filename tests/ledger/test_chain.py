"""Whatever is done to the rows of the record, verification finds it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.audit import Action, AuditEntry
from ledger import Ledger, open_ledger
from ledger.audit.chain import BEGINNING, Sealed, next_hash
from tests.ledger.conftest import LISTENER, NOW

ROWS = 12
COLUMNS = (
    "moment", "action", "is_allowed", "rule", "actor_key", "actor_box", "subject_key",
    "subject_box", "hash",
)  # fmt: skip


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        moment=NOW, action=Action.READ, actor="s-1", person=LISTENER, details={"n": str(number)}
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a record of twelve entries."""
    home = tmp_path_factory.mktemp("whole") / "home"
    with open_ledger(home) as ledger:
        ledger.audit.record_many([entry(number) for number in range(ROWS)])
    return home


@contextmanager
def broken(whole: Path, *statements: tuple[str, tuple[object, ...]]) -> Iterator[Ledger]:
    """A copy of it in which something was done to the rows."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(whole, home)
        with closing(sqlite3.connect(home / "audit" / "2026-11.db")) as connection, connection:
            for statement, values in statements:
                connection.execute(statement, values)
        with open_ledger(home) as ledger:
            yield ledger


def damages(ledger: Ledger) -> list[str]:
    return [one.damage.value for one in ledger.audit.verify().findings]


def test_the_copy_itself_is_whole(whole: Path):
    with broken(whole) as ledger:
        assert damages(ledger) == []


@settings(max_examples=60, deadline=None)
@given(number=st.integers(1, ROWS), column=st.sampled_from(COLUMNS), data=st.data())
def test_any_change_of_any_row_is_found(whole: Path, number: int, column: str, data: st.DataObject):
    with closing(sqlite3.connect(whole / "audit" / "2026-11.db")) as connection:
        query = f"SELECT {column} FROM entries WHERE number = ?"  # noqa: S608 - names of our own
        [old] = connection.execute(query, (number,)).fetchone()
    kinds = {int: st.integers(-1, 2**40), str: st.text(max_size=12), bytes: st.binary(max_size=64)}
    same_kind = kinds[type(old)].filter(lambda value: value != old)
    new = data.draw(same_kind | st.sampled_from([1.5, "text", b"bytes", 2**62]))
    change = f"UPDATE entries SET {column} = ? WHERE number = ?"  # noqa: S608 - as above

    with broken(whole, (change, (new, number))) as ledger:
        assert damages(ledger) != []


@pytest.mark.parametrize("number", [1, ROWS])
@pytest.mark.parametrize("value", ["text", 1.5, 7])
def test_a_hash_of_another_kind_is_found(whole: Path, number: int, value: object):
    change = "UPDATE entries SET hash = ? WHERE number = ?"

    with broken(whole, (change, (value, number))) as ledger:
        assert damages(ledger) == ["changed"]


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(1, ROWS), min_size=1))
def test_whatever_rows_are_dropped_it_is_found(whole: Path, numbers: set[int]):
    statements = [("DELETE FROM entries WHERE number = ?", (number,)) for number in numbers]

    with broken(whole, *statements) as ledger:
        assert damages(ledger) != []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, ROWS), min_size=2, max_size=2, unique=True))
def test_two_rows_that_change_places_are_found(whole: Path, numbers: list[int]):
    one, other = numbers
    move = "UPDATE entries SET number = ? WHERE number = ?"

    with broken(whole, (move, (0, one)), (move, (one, other)), (move, (other, 0))) as ledger:
        assert damages(ledger) != []


@settings(max_examples=10, deadline=None)
@given(st.integers(1, ROWS - 1))
def test_the_end_dropped_stays_dropped_whatever_is_written_later(whole: Path, last: int):
    with broken(whole, ("DELETE FROM entries WHERE number > ?", (last,))) as ledger:
        assert damages(ledger) == ["end_missing"]
        ledger.audit.record_now(entry(99))
        assert damages(ledger) == ["missing"]


def test_a_head_that_was_taken_away_is_never_forgotten(whole: Path):
    with broken(whole) as ledger:
        (ledger.audit._folder / "head").unlink()
        assert damages(ledger) == ["head_missing"]
        ledger.audit.record_now(entry(1))
        ledger.audit.record_now(entry(2))
        assert damages(ledger) == ["head_restarted"]


@pytest.mark.parametrize("slot", [0, 1])
def test_a_torn_slot_of_the_head_leaves_the_other(whole: Path, slot: int):
    with broken(whole) as ledger:
        ledger.audit.record_now(entry(1))
        head = ledger.audit._folder / "head"
        content = bytearray(head.read_bytes())
        content[slot * 512 + 100 : slot * 512 + 512] = bytes(412)
        head.write_bytes(content)

        assert damages(ledger) == []


SEALED = Sealed(
    moment=1, action="read", is_allowed=1, rule="x", actor_key=1, actor_box=b"a",
    subject_key=2, subject_box=b"b",
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        lambda one: replace(one, action="rea", rule="dx"),
        lambda one: replace(one, actor_box=b"ab", subject_box=b""),
        lambda one: replace(one, actor_key=2, subject_key=1),
        lambda one: replace(one, moment=2),
        lambda one: replace(one, is_allowed=0),
    ],
)
def test_no_two_entries_have_one_hash(other: Callable[[Sealed], Sealed]):
    assert next_hash(BEGINNING, 1, SEALED) != next_hash(BEGINNING, 1, other(SEALED))
    assert next_hash(BEGINNING, 1, SEALED) != next_hash(BEGINNING, 2, SEALED)
    assert next_hash(BEGINNING, 1, SEALED) != next_hash(b"\1" * 32, 1, SEALED)
