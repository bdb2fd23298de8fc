"""Notes of staff, links to outside providers, personal tokens, links for outside readers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from academy.account import Account
from ledger import Ledger
from ledger.accounts import NameTakenError
from ledger.tokens import token_hash

DAY = timedelta(days=1)


def test_notes_are_about_somebody_or_one_thing_of_theirs(
    ledger: Ledger, listener: Account, reviewer: Account, now: datetime
):
    notes = ledger.notes
    notes.add(listener.id, "7", reviewer.id, "Спросить о плане", now)
    notes.add(listener.id, "", reviewer.id, "Звонила", now + DAY)

    assert [note.text for note in notes.of(listener.id)] == ["Спросить о плане", "Звонила"]
    assert [(note.about, note.author) for note in notes.of(listener.id, "7")] == [
        ("7", reviewer.id)
    ]
    notes.looked(reviewer.id, listener.id, "7", "a" * 40, now)
    notes.looked(reviewer.id, listener.id, "7", "b" * 40, now + DAY)
    assert notes.last_look(reviewer.id, listener.id, "7") == ("b" * 40, now + DAY)
    assert notes.last_look(reviewer.id, listener.id, "8") is None
    notes.remove(listener.id)
    assert notes.of(listener.id) == ()
    assert notes.last_look(reviewer.id, listener.id, "7") is None


def test_phrases_are_kept_for_each(ledger: Ledger, listener: Account, reviewer: Account):
    notes = ledger.notes
    notes.keep_phrase(reviewer.id, "Хорошо")
    notes.keep_phrase(listener.id, "Моё")
    [number] = notes.phrases(reviewer.id)
    notes.drop_phrase(listener.id, number)
    assert notes.phrases(reviewer.id) == {number: "Хорошо"}
    notes.drop_phrase(reviewer.id, number)
    assert notes.phrases(reviewer.id) == {}


def test_a_subject_of_a_provider_is_one_account(
    ledger: Ledger, listener: Account, reviewer: Account, now: datetime
):
    issuer = "https://issuer.example"
    ledger.links.add(issuer, "anna", listener.id, now)
    with pytest.raises(NameTakenError):
        ledger.links.add(issuer, "anna", reviewer.id, now)
    assert ledger.links.account(issuer, "anna") == listener.id
    assert ledger.links.account("https://other.example", "anna") is None
    ledger.links.remove(issuer, "anna")
    assert ledger.links.account(issuer, "anna") is None


def test_the_rules_are_acknowledged_once_and_the_first_moment_stays(
    ledger: Ledger, listener: Account, now: datetime
):
    ledger.rules.acknowledge(listener.id, "2026-11", now)
    ledger.rules.acknowledge(listener.id, "2026-11", now + DAY)
    ledger.rules.acknowledge(listener.id, "2027-01", now + DAY)

    assert ledger.rules.acknowledged(listener.id) == {"2026-11": now, "2027-01": now + DAY}


def test_a_personal_token_stands_for_its_account(ledger: Ledger, listener: Account, now: datetime):
    secret, token = ledger.tokens.create(listener.id, "мой ноутбук", now, now + DAY)

    standing = ledger.token_standing(secret, listener.id, now)
    assert standing.visitor is not None
    assert (standing.visitor.account, standing.token) == (listener.id, token)
    assert ledger.token_standing(secret, None, now + DAY).visitor is None
    assert ledger.token_standing("made up", None, now).visitor is None
    assert ledger.standing(token_hash(secret), None, now).visitor is None, "it is no session"
    ledger.tokens.use(token, now)
    assert ledger.tokens.of_account(listener.id)[0].used == now
    ledger.accounts.block(listener.id, now)
    blocked = ledger.token_standing(secret, None, now).visitor
    assert blocked is not None
    assert blocked.is_blocked
    assert not ledger.tokens.revoke(token.id, "somebody")
    assert ledger.tokens.revoke(token.id, listener.id)
    assert ledger.token_standing(secret, None, now).visitor is None


def test_a_link_opens_until_it_expires_or_is_revoked(
    ledger: Ledger, listener: Account, now: datetime
):
    token, share = ledger.shares.create(
        listener.id, ["garden"], now, expires=now + DAY, created_by=listener.id, label="Садам"
    )
    found = ledger.share_standing(token, now)
    assert found.share == share
    assert found.link is not None
    assert found.link.is_valid(now)
    assert not found.link.is_valid(now + DAY)
    assert found.owner is not None
    assert ledger.share_standing("made up", now).link is None
    assert ledger.shares.not_revoked() == (share,)
    assert ledger.shares.revoke(share.id, now)
    assert not ledger.shares.revoke(share.id, now)
    closed = ledger.share_standing(token, now).link
    assert closed is not None
    assert not closed.is_valid(now)
    assert ledger.shares.not_revoked() == ()
    ledger.shares.remove(listener.id)
    assert ledger.shares.of(listener.id) == ()
