"""The ledger comes to what the cards say, whatever was cut off in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from academy.access import Role
from academy.account import Account
from academy.audit import Action
from academy.consent import Consent, Purpose
from administration.consents import ConsentDesk, put_evidence
from administration.reconciling import close, reconcile
from forge.port import Author
from ledger.people import Person
from messages import catalogue
from tests.administration.conftest import CLERK, NOW, Academy

HOUR = timedelta(hours=1)


def account(person: str) -> Account:
    return Account(
        id=person, user_name=f"u{person}", created=NOW, person=person,
        roles=frozenset({Role.LISTENER}),
    )  # fmt: skip


def consent(number: int, *purposes: Purpose, **values: object) -> Consent:
    return Consent(
        id=f"c-{number}",
        purposes=purposes or (Purpose.PLACEMENT,),
        version="2026-09",
        signed=date(2026, 11, 1),
        registered=NOW - HOUR,
        registered_by="s-7f3k",
        **values,  # type: ignore[arg-type]
    )


def test_a_new_listener_is_known_and_a_gone_one_is_not(academy: Academy):
    person, other = academy.enrol(1), academy.enrol(2, group="g2", status="completed")

    assert set(academy.reconcile()) == {person, other}
    known = academy.ledger.people.all()
    assert (known[person].group, known[person].is_open, known[person].is_frozen) == (
        "g1",
        True,
        False,
    )
    assert (known[other].group, known[other].is_open, known[other].is_frozen) == (
        "g2",
        True,
        True,
    )
    assert academy.reconcile() == ()
    academy.forge.remove(other)
    assert academy.reconcile() == (other,)
    assert academy.ledger.people.get(other) is None


def test_an_expulsion_that_was_cut_off_after_the_card_is_caught_up(academy: Academy):
    person = academy.enrol(1)
    academy.reconcile()
    academy.ledger.accounts.add(account(person))
    academy.write_card(person, status="expelled")

    assert academy.reconcile() == (person,)
    closed = academy.ledger.accounts.get(person)
    assert closed is not None
    assert closed.is_blocked
    [entry] = [one.entry for one in academy.ledger.audit.query(person=person)]
    assert (entry.action, entry.actor, entry.details) == (
        Action.ACCOUNT_BLOCKED,
        "system",
        {"reason": "expelled"},
    )
    # An account that somebody opens by hand all the same does not stay open.
    academy.ledger.accounts.unblock(person)
    academy.reconcile()
    again = academy.ledger.accounts.get(person)
    assert again is not None
    assert again.is_blocked


def test_an_expulsion_that_was_cut_off_before_the_card_is_opened_again_but_the_account_is_not(
    academy: Academy,
):
    person = academy.enrol(1)
    academy.reconcile()
    academy.ledger.accounts.add(account(person))
    close(academy.ledger, CLERK, person, NOW)
    standing = academy.ledger.standing(None, person, NOW).owner
    assert standing is not None
    assert not standing.is_open

    academy.reconcile()
    known = academy.ledger.people.get(person)
    assert known is not None
    assert known.is_open
    kept = academy.ledger.accounts.get(person)
    assert kept is not None
    assert kept.is_blocked, "the next import decides; nobody is opened by an accident"


def test_a_card_that_cannot_be_read_leaves_things_as_they_are(academy: Academy):
    person = academy.enrol(1)
    academy.reconcile()
    before = academy.ledger.people.get(person)
    academy.write_record(person, "card.yml", b"status: [")

    academy.reconcile()
    assert academy.ledger.people.get(person) == before


def test_evidence_that_the_ledger_does_not_know_gets_in_force(academy: Academy):
    person = academy.enrol(1)
    academy.write_consents(person, consent(1, Purpose.PARTICIPANTS, Purpose.PLACEMENT))
    academy.reconcile()

    assert academy.ledger.consents.of(person) == (
        consent(1, Purpose.PLACEMENT, Purpose.PARTICIPANTS),
    )


def test_a_registration_that_was_cut_off_is_proved_later(academy: Academy):
    person = academy.enrol(1)
    academy.ledger.consents.register(person, consent(1))
    academy.reconcile()

    assert academy.evidence(person) == (consent(1),)
    assert academy.reconcile() == (), "its own commit is nothing new"


@pytest.mark.parametrize("side", ["ledger", "record"])
def test_a_withdrawal_on_either_side_wins(academy: Academy, side: str):
    person = academy.enrol(1)
    withdrawn = replace(consent(1), withdrawn=NOW)
    here, there = (withdrawn, consent(1)) if side == "ledger" else (consent(1), withdrawn)
    academy.ledger.consents.replace(person, [here])
    academy.write_consents(person, there)
    academy.reconcile()

    assert academy.ledger.consents.of(person) == academy.evidence(person) == (withdrawn,)
    owner = academy.ledger.standing(None, person, NOW).owner
    assert owner is not None
    assert owner.purposes == frozenset()


def test_a_card_that_moved_while_consents_were_compared_is_looked_at_again(academy: Academy):
    person = academy.enrol(1)
    academy.index.refresh()
    academy.ledger.consents.register(person, consent(1))
    academy.write_card(person, group="g2")
    words = catalogue("ru")
    reconcile(academy.ledger, academy.forge, academy.index.listeners(), NOW, words)
    known = academy.ledger.people.get(person)
    assert known is not None
    assert (known.group, known.record) == ("g1", "")
    assert academy.reconcile() == (person,)
    assert academy.ledger.people.get(person) != known


def test_registering_and_withdrawing_meet_imports_in_between(academy: Academy):
    person = academy.enrol(1)
    academy.reconcile()
    desk = ConsentDesk(academy.ledger, academy.forge, CLERK, catalogue("ru"))
    desk.register(person, consent(1, Purpose.PLACEMENT, Purpose.OUTSIDERS), NOW)
    academy.write_card(person, group="g2")
    desk.withdraw(person, "c-1", NOW)
    academy.reconcile()

    assert academy.evidence(person) == academy.ledger.consents.of(person)
    known = academy.ledger.people.get(person)
    assert known is not None
    assert known.group == "g2"


def test_equal_sides_make_no_commit(academy: Academy):
    person = academy.enrol(1)
    academy.write_consents(person, consent(1))
    academy.reconcile()
    before, after = put_evidence(
        academy.ledger, academy.forge, person, Author("system"), NOW, "Nothing"
    )

    assert before == after
    assert academy.ledger.people.get(person) == Person(
        person=person, group="g1", is_open=True, record=after
    )
