"""Consents and links for outside readers on the command line (clauses 7.2, 7.4)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest

from academy.audit import Action
from academy.consent import Purpose
from administration.evidence import read_evidence
from forge.port import MAIN, RECORD, Author, Change
from tests.cabinet.conftest import row

GOAL = """\
---
title: Сад у моря
set_on: 2026-11-01
---
Вырастить сад.
"""


@pytest.fixture
def listener(desk):
    """A listener with one goal in the portfolio; gives the person id."""
    assert desk.run("import", desk.export(row(1), row(2)))[0] == 0
    person = desk.person(1)
    forge = desk.office.repositories
    change = Change(
        ref=MAIN,
        expected=forge.heads(person)[MAIN],
        files={"goals/garden.md": GOAL.encode()},
        message="A goal",
    )
    forge.commit(person, [change], Author(person), datetime.now(UTC))
    return person


def register(desk, consent, purposes, *more):
    return desk.run(
        "consent", "register", "T-1", consent, "--purposes", purposes,
        "--text", "2026-09", "--signed", "2026-09-02", *more,
    )  # fmt: skip


def evidence(desk, person):
    forge = desk.office.repositories
    tree = forge.tree(person, forge.heads(person)[RECORD])
    blob = tree["consent.yml"].id
    return read_evidence(forge.read(person, [blob])[blob])


def in_force(desk, person):
    owner = desk.office.ledger.standing(None, person, datetime.now(UTC)).owner
    return {one.value for one in owner.purposes}


def test_a_consent_is_in_force_at_once_and_proved_in_record(desk, listener):
    document = desk.root / "signed.pdf"
    document.write_bytes(b"a signature")
    code, out, err = register(desk, "c-1", "placement,participants", "--document", document)

    assert (code, err) == (0, "")
    assert "Согласие c-1 зарегистрировано" in out
    assert in_force(desk, listener) == {"placement", "participants"}
    [proved] = evidence(desk, listener)
    assert proved == desk.office.ledger.consents.of(listener)[0]
    assert proved.purposes == (Purpose.PLACEMENT, Purpose.PARTICIPANTS)
    assert proved.digest == hashlib.sha256(b"a signature").hexdigest()
    assert proved.registered_by.startswith("os-")
    shown = json.loads(desk.run("consent", "show", "T-1", "--json")[1])
    assert [one["id"] for one in shown] == ["c-1"]


def test_a_withdrawal_works_at_once_and_starts_the_term_of_destruction(desk, listener):
    register(desk, "c-1", "placement,outsiders")
    code, out, _ = desk.run("consent", "withdraw", "T-1", "c-1")

    assert code == 0
    assert "Действует: —" in out
    assert "уничтожить портфолио не позже" in out
    assert in_force(desk, listener) == set()
    assert evidence(desk, listener)[0].withdrawn is not None
    assert "уже отозвано" in desk.run("consent", "withdraw", "T-1", "c-1")[2]
    assert [
        one.entry.action
        for one in desk.office.ledger.audit.query(person=listener)
        if "consent" in one.entry.action.value
    ] == [Action.CONSENT_REGISTERED, Action.CONSENT_WITHDRAWN]


def test_what_is_no_consent(desk, listener):
    register(desk, "c-1", "placement")
    wrong = [
        register(desk, "c-1", "placement")[2],
        register(desk, "C 2", "placement")[2],
        register(desk, "c-2", "everything")[2],
        desk.run("consent", "withdraw", "T-1", "c-9")[2],
    ]

    assert "уже есть" in wrong[0]
    assert "не годится в номер" in wrong[1]
    assert "everything (placement, participants, outsiders)" in wrong[2]
    assert "Согласия c-9 у этого слушателя нет." in wrong[3]
    assert len(desk.office.ledger.consents.of(listener)) == 1


def test_a_link_needs_consent_and_shows_only_what_it_selects(desk, listener):
    register(desk, "c-1", "placement")
    code, _, err = desk.run("share", "create", "T-1", "garden")
    assert code == 2
    assert "согласия на показ" in err
    register(desk, "c-2", "outsiders")
    code, out, _ = desk.run("share", "create", "T-1", "garden", "--days", "5", "--label", "Садам")

    assert code == 0
    token = out.rstrip().removesuffix("/").rpartition("/")[2]
    ledger, now = desk.office.ledger, datetime.now(UTC)
    standing = ledger.share_standing(token, now)
    assert standing.link.is_valid(now)
    assert standing.share.items == {"garden"}
    name = f"share-{standing.share.id}"
    assert name in desk.office.sites.manifest(listener).projections
    assert token not in desk.run("share", "list", "T-1")[1]
    everything = b"".join(
        file.read_bytes() for file in desk.office.home.root.rglob("*") if file.is_file()
    )
    assert token.encode() not in everything

    assert desk.run("share", "revoke", standing.share.id)[0] == 0
    assert not ledger.share_standing(token, now).link.is_valid(now)
    assert "закрыта" in desk.run("share", "list", "T-1")[1]
    desk.run("build", "--all")
    assert name not in desk.office.sites.manifest(listener).projections
    assert desk.run("share", "revoke", standing.share.id)[0] == 2


@pytest.mark.usefixtures("listener")
def test_a_link_to_an_item_that_is_not_there(desk):
    register(desk, "c-1", "placement,outsiders")
    code, _, err = desk.run("share", "create", "T-1", "gardens")

    assert code == 2
    assert err == "Записи «gardens» в портфолио нет. Есть: garden.\n"
