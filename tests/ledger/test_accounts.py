"""Accounts and sessions in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from academy.access import Role
from academy.account import Account
from ledger import Ledger
from ledger.accounts import AccountUnknownError, NameTakenError
from ledger.flows import PROVIDER_SESSION
from ledger.outbox import LOGOUT
from ledger.tokens import token_hash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def begin(ledger: Ledger, account: Account, now: datetime, **values: str) -> tuple[str, str]:
    """Begin a session; gives its token and its id."""
    token, session = ledger.sessions.create(account.id, now, idle=HOUR, absolute=DAY, **values)
    return token, session.id


def test_an_account_is_found_by_id_and_by_name(ledger: Ledger, listener: Account):
    assert ledger.accounts.get(listener.id) == listener
    assert ledger.accounts.by_user_name(" IvanOva ") == listener
    assert ledger.accounts.get("qqqqqqqqqq") is None
    assert ledger.accounts.by_user_name("") is None


def test_neither_id_nor_name_is_given_twice(ledger: Ledger, listener: Account):
    for double in (replace(listener, user_name="other"), replace(listener, id="other")):
        with pytest.raises(NameTakenError):
            ledger.accounts.add(double)
    assert ledger.accounts.all() == (listener,)


def test_nobody_who_is_not_there_is_changed(ledger: Ledger, now: datetime):
    for change in (
        lambda accounts: accounts.set_rights("x", {Role.AUDITOR}, {"g"}),
        lambda accounts: accounts.set_password_digest("x", "d", now),
        lambda accounts: accounts.reset_password("x", "d", now),
        lambda accounts: accounts.block("x", now),
        lambda accounts: accounts.unblock("x"),
    ):
        with pytest.raises(AccountUnknownError):
            change(ledger.accounts)


def test_a_password_of_ones_own_and_one_from_staff(
    ledger: Ledger, listener: Account, now: datetime
):
    token, _ = begin(ledger, listener, now)
    ledger.accounts.set_password_digest(listener.id, "mine", now)
    found = ledger.accounts.get(listener.id)
    assert found == replace(listener, password_digest="mine", password_changed=now)
    assert ledger.standing(token_hash(token), None, now).visitor is not None

    ledger.accounts.reset_password(listener.id, "theirs", now)
    found = ledger.accounts.get(listener.id)
    assert found is not None
    assert (found.password_digest, found.must_change_password) == ("theirs", True)
    assert ledger.standing(token_hash(token), None, now).visitor is None


def test_a_block_ends_everything_and_tells_other_services(
    ledger: Ledger, listener: Account, reviewer: Account, now: datetime
):
    mine, _ = begin(ledger, listener, now)
    others, _ = begin(ledger, reviewer, now)
    data = {"sid": "s1", "clients": ["mail"]}
    ledger.flows.put(PROVIDER_SESSION, "secret", data, now + DAY, account=listener.id)
    ledger.flows.put("code", "other secret", {}, now + DAY, account=listener.id)

    assert ledger.accounts.block(listener.id, now)
    assert not ledger.accounts.block(listener.id, now)
    assert ledger.standing(token_hash(mine), None, now).visitor is None
    assert ledger.standing(token_hash(others), None, now).visitor is not None
    assert ledger.flows.get("code", "other secret", now) is None
    first, _ = ledger.outbox.due(now)
    assert (first.kind, dict(first.data)) == (
        LOGOUT,
        {"account": listener.id, "sessions": [data]},
    )
    ledger.accounts.unblock(listener.id)
    assert ledger.standing(token_hash(mine), None, now).visitor is None


def test_an_account_that_is_removed_leaves_nothing(
    ledger: Ledger, listener: Account, now: datetime
):
    token, _ = begin(ledger, listener, now)
    ledger.rules.acknowledge(listener.id, "1", now)
    ledger.links.add("https://issuer.example", "subject", listener.id, now)
    ledger.tokens.create(listener.id, "git", now, now + DAY)
    ledger.accounts.remove(listener.id, now)

    assert ledger.accounts.get(listener.id) is None
    assert ledger.standing(token_hash(token), None, now).visitor is None
    assert ledger.links.account("https://issuer.example", "subject") is None
    assert ledger.rules.acknowledged(listener.id) == {}
    assert ledger.tokens.of_account(listener.id) == ()


def test_sessions_are_listed_and_ended_by_their_owner_only(
    ledger: Ledger, listener: Account, reviewer: Account, now: datetime
):
    _, first = begin(ledger, listener, now)
    _, second = begin(ledger, listener, now + timedelta(minutes=1))
    _, foreign = begin(ledger, reviewer, now)

    listed = ledger.sessions.of_account(listener.id, now + timedelta(minutes=2))
    assert [one.id for one in listed] == [second, first]
    assert not ledger.sessions.end(foreign, listener.id)
    assert ledger.sessions.end(first, listener.id)
    assert not ledger.sessions.end(first, listener.id)
    begin(ledger, listener, now)
    assert len(ledger.sessions.end_all(listener.id, keep=second)) == 1
    assert [one.id for one in ledger.sessions.of_account(listener.id, now)] == [second]
    assert ledger.sessions.of_account(listener.id, now + 2 * HOUR) == ()


def test_a_provider_ends_one_session_or_all_of_a_subject(
    ledger: Ledger, listener: Account, now: datetime
):
    issuer = "https://issuer.example"
    for sid in ("one", "two", "three"):
        begin(ledger, listener, now, provider=issuer, subject="s", provider_session=sid)
    begin(ledger, listener, now, provider="https://other.example", subject="s")

    end = ledger.sessions.end_at_provider
    assert end(issuer) == ()
    assert [one.provider_session for one in end(issuer, provider_session="one")] == ["one"]
    assert end(issuer, provider_session="two", subject="somebody else") == ()
    assert len(end(issuer, subject="s")) == 2
    assert len(ledger.sessions.of_account(listener.id, now)) == 1


def test_a_session_is_touched_once_a_minute(ledger: Ledger, listener: Account, now: datetime):
    _, session = ledger.sessions.create(listener.id, now, idle=HOUR, absolute=DAY)

    assert not ledger.sessions.touch(session, now + timedelta(seconds=59))
    assert ledger.sessions.touch(session, now + timedelta(seconds=60))
    assert ledger.sessions.of_account(listener.id, now)[0].touched == now + timedelta(minutes=1)


def test_of_what_opens_doors_only_hashes_are_kept(
    ledger: Ledger, listener: Account, home: Path, now: datetime
):
    secrets = [
        begin(ledger, listener, now)[0],
        ledger.tokens.create(listener.id, "git", now, now + DAY)[0],
        ledger.shares.create(
            listener.id, ["garden"], now, expires=now + DAY, created_by=listener.id
        )[0],
        "a secret code",
    ]
    ledger.flows.put("code", secrets[-1], {"x": 1}, now + DAY)
    content = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())

    assert len(set(secrets)) == 4
    assert [secret for secret in secrets if secret.encode() in content] == []


def test_what_is_over_is_swept(ledger: Ledger, listener: Account, now: datetime):
    begin(ledger, listener, now)
    ledger.flows.put("code", "x", {}, now + HOUR)
    ledger.tokens.create(listener.id, "git", now, now + DAY)
    ledger.sweep(now + 2 * DAY)

    with ledger.database.reading() as connection:
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            for table in ("sessions", "flows", "personal_tokens")
        ]
    assert left == [0, 0, 0]
