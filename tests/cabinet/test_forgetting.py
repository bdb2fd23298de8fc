"""A person who is forgotten is nowhere any more (152-FZ)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from academy.audit import Action
from academy.report import ReportTopic
from administration.forgetting import forget
from tests.cabinet.conftest import row


@pytest.fixture
def with_two(desk):
    """Two listeners with everything there can be about them."""
    assert desk.run("import", desk.export(row(1), row(2)))[0] == 0
    desk.run("accounts", "import")
    desk.run(
        "consent", "register", "T-1", "c-1", "--purposes", "placement,outsiders",
        "--text", "2026-09", "--signed", "2026-09-02",
    )  # fmt: skip
    desk.run("build", "--all")
    ledger, person = desk.office.ledger, desk.person(1)
    ledger.notes.add(person, "", "s-1", "A note", datetime.now(UTC))
    ledger.reports.add(person, ReportTopic.GENERAL, "A report", datetime.now(UTC), 1)
    return desk


def traces(desk, person):
    """The files of the home that name a person, or are named after them."""
    root = desk.office.home.root
    return sorted(
        file.relative_to(root).as_posix()
        for file in root.rglob("*")
        if person in file.relative_to(root).as_posix()
        or (file.is_file() and person.encode() in file.read_bytes())
    )


def test_without_a_yes_nothing_happens(with_two):
    before = traces(with_two, with_two.person(1))
    code, _, err = with_two.run("forget", "T-1")

    assert code == 2
    assert "Вернуть ничего нельзя" in err
    assert traces(with_two, with_two.person(1)) == before != []


def test_nothing_is_left_but_the_entry_that_says_so(with_two):
    desk, person, other = with_two, with_two.person(1), with_two.person(2)
    code, out, _ = desk.run("forget", "T-1", "--yes")

    assert code == 0
    assert f"Данные {person} уничтожены" in out
    ledger = desk.office.ledger
    # Other services have to be told; until they are, the number waits in the outbox.
    [message] = ledger.outbox.due(datetime.now(UTC))
    ledger.outbox.sent(message.id)
    ledger.database.wipe()
    assert traces(desk, person) == []
    assert list(ledger.audit.query(person=person)) == []
    assert list(ledger.audit.query(actor=person)) == []
    [erased] = [one.entry for one in ledger.audit.query() if one.entry.action is Action.ERASED]
    assert dict(erased.details) == {"erased": person}
    assert ledger.audit.verify().is_whole
    assert ledger.people.get(other) is not None
    assert ledger.accounts.get(other) is not None
    desk.office.reconcile(datetime.now(UTC))
    assert ledger.people.get(person) is None
    assert "T-1" not in desk.run("listeners")[1]


def test_an_erasure_that_was_cut_off_is_finished_by_the_next(with_two):
    desk, person = with_two, with_two.person(1)
    office = desk.office

    def fail(_person: str) -> None:
        raise OSError("the power is gone")

    with pytest.raises(OSError, match="power"):
        forget(person, office.ledger, office.repositories, fail, office.clerk, datetime.now(UTC))
    owner = office.ledger.standing(None, person, datetime.now(UTC)).owner
    assert owner is not None
    assert not owner.is_open, "the doors are closed first"
    office.repositories.remove(person)

    assert desk.run("forget", person, "--yes")[0] == 0
    assert office.ledger.people.get(person) is None
    assert office.ledger.consents.of(person) == ()
    assert not (office.home.sites / person).exists()
