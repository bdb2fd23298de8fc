"""Accounts on the command line: made by staff, on paper first, closed at once (4.3, 4.5)."""

from __future__ import annotations

import json
import re
import stat
from datetime import timedelta

import pytest

from academy.access import Role
from academy.audit import Action
from auth_proxy.identity.passwords import Passwords
from ledger.tokens import token_hash
from tests.cabinet.conftest import row

HOUR = timedelta(hours=1)


@pytest.fixture
def with_listeners(desk):
    assert desk.run("import", desk.export(row(1), row(2), row(3)))[0] == 0
    return desk


def slips(desk):
    """The slips by user name: name and password."""
    found = {}
    for file in sorted(desk.office.home.slips.iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        page = file.read_text(encoding="utf-8")
        for card in page.split("<article>")[1:]:
            user_name, password = re.findall("<code>(.+?)</code>", card)
            found[user_name] = (re.search("<h2>(.+?)</h2>", card)[1], password)
    return found


def actions(desk):
    return [one.entry.action for one in desk.office.ledger.audit.query()]


def test_every_listener_gets_an_account_with_a_slip_and_only_once(with_listeners):
    desk = with_listeners
    code, out, err = desk.run("accounts", "import")

    assert (code, err) == (0, "")
    found = slips(desk)
    # Two have the same surname.
    assert found.keys() == {"testovaa", "testovab", "testovab2"}
    accounts = desk.office.ledger.accounts
    for user_name, (name, password) in found.items():
        account = accounts.by_user_name(user_name)
        assert name.startswith("Тестов")
        assert account.id == account.person
        assert account.roles == {Role.LISTENER}
        assert account.must_change_password
        assert Passwords()._verify(account.password_digest, password)
        assert password not in out
    assert actions(desk).count(Action.ACCOUNT_ADDED) == 3
    assert desk.run("accounts", "import")[1] == "У каждого слушателя учётная запись уже есть.\n"


def test_no_password_stands_anywhere_but_in_its_slip(with_listeners):
    desk = with_listeners
    desk.run("accounts", "import")
    secrets = [password.encode() for _, password in slips(desk).values()]
    home = desk.office.home

    assert secrets
    leaks = [
        file
        for file in home.root.rglob("*")
        if file.is_file() and home.slips not in file.parents
        if any(secret in file.read_bytes() for secret in secrets)
    ]
    assert leaks == []


def test_a_worker_gets_roles_and_groups(desk):
    code, out, _ = desk.run(
        "accounts", "add", "s-4k7d", "--roles", "reviewer,verifier", "--groups", "ld-26-1"
    )

    assert code == 0
    account = desk.office.ledger.accounts.get("s-4k7d")
    assert (account.user_name, account.roles, account.groups) == (
        "kuznetsova",
        {Role.REVIEWER, Role.VERIFIER},
        {"ld-26-1"},
    )
    assert account.person is None
    code, _, err = desk.run("accounts", "roles", "kuznetsova", "--groups", "ld-26-1,ld-99")
    assert (code, "Группы «ld-99» в академии нет. Есть: bu-26-3, " in err) == (2, True)
    # As people write it, too.
    code, out, _ = desk.run("accounts", "roles", "kuznetsova", "--groups", "ld-26-1,ЛД-26-2")
    assert code == 0
    assert "ld-26-1, ld-26-2" in out
    [changed] = [
        one.entry
        for one in desk.office.ledger.audit.query(person="s-4k7d")
        if one.entry.action is Action.ROLES_CHANGED
    ]
    assert dict(changed.details) == {
        "before": "ld-26-1 reviewer verifier",
        "after": "ld-26-1 ld-26-2 reviewer verifier",
    }
    assert changed.actor.startswith("os-")
    code, _, err = desk.run("accounts", "add", "s-4k7d")
    assert (code, err) == (
        2,
        "Учётная запись уже есть, или имя «kuznetsova2» занято. Ничего не изменено.\n",
    )


def test_a_role_that_is_not_there_and_a_wrong_user_name(desk):
    code, _, err = desk.run("accounts", "add", "s-4k7d", "--roles", "king")
    assert code == 2
    assert "king (listener, reviewer, verifier" in err
    code, _, err = desk.run("accounts", "add", "s-4k7d", "--user-name", "Кузнецова")
    assert code == 2
    assert "«Кузнецова» не годится в логины" in err
    assert desk.office.ledger.accounts.all() == ()


def test_a_reset_gives_a_new_slip_and_ends_what_is_open(with_listeners):
    desk = with_listeners
    desk.run("accounts", "import")
    ledger, person, now = desk.office.ledger, desk.person(1), desk.office.ledger.accounts.all()
    before = ledger.accounts.get(person)
    token, _ = ledger.sessions.create(person, now[0].created, idle=HOUR, absolute=HOUR)
    code, _, _ = desk.run("accounts", "reset", "T-1")

    after = ledger.accounts.get(person)
    assert code == 0
    assert after.password_digest != before.password_digest
    assert after.must_change_password
    assert ledger.standing(token_hash(token), None, now[0].created).visitor is None


def test_block_and_unblock(with_listeners):
    desk = with_listeners
    desk.run("accounts", "import")
    ledger, person = desk.office.ledger, desk.person(1)
    now = ledger.accounts.get(person).created
    token, _ = ledger.sessions.create(person, now, idle=HOUR, absolute=HOUR)
    assert ledger.standing(token_hash(token), person, now).visitor is not None

    assert desk.run("accounts", "block", "T-1")[0] == 0
    standing = ledger.standing(token_hash(token), person, now)
    assert standing.visitor is None
    assert not standing.owner.is_open
    assert "уже закрыта" in desk.run("accounts", "block", "T-1")[1]
    assert desk.run("accounts", "unblock", "T-1")[0] == 0
    assert ledger.standing(token_hash(token), person, now).owner.is_open
    closed_and_opened = [one for one in actions(desk) if "block" in one.value]
    assert closed_and_opened == [Action.ACCOUNT_BLOCKED, Action.ACCOUNT_UNBLOCKED]


def test_expulsion_by_import_closes_the_account(with_listeners):
    desk = with_listeners
    desk.run("accounts", "import")
    ledger, person = desk.office.ledger, desk.person(1)
    now = ledger.accounts.get(person).created
    token, _ = ledger.sessions.create(person, now, idle=HOUR, absolute=HOUR)
    file = desk.export(row(1, status="отчислен"))
    held = desk.run("import", file)

    assert held[0] == 1, "one of three is more than policy lets pass unasked"
    assert ledger.standing(token_hash(token), person, now).visitor is not None
    assert desk.run("import", file, "--yes")[0] == 0
    assert ledger.standing(token_hash(token), person, now).visitor is None
    assert ledger.accounts.get(person).is_blocked
    assert not ledger.people.get(person).is_open
    code, _, err = desk.run("accounts", "unblock", "T-1")
    assert code == 2
    assert "отчислен" in err
    [message] = ledger.outbox.due(now + 365 * 24 * HOUR)
    assert message.data["account"] == person


def test_the_list_of_accounts(with_listeners):
    desk = with_listeners
    desk.run("accounts", "import")
    desk.run("accounts", "block", "T-2")
    _, out, _ = desk.run("accounts", "list")

    assert out.count("пароль ещё не сменён") == 3
    assert out.count("закрыта") == 1
    assert out.endswith("Всего 3 учётные записи.\n")
    accounts = json.loads(desk.run("accounts", "list", "--json")[1])
    assert {one["is_blocked"] for one in accounts} == {True, False}
    assert not any("digest" in key for one in accounts for key in one)


def test_people_of_an_outside_provider_are_linked_by_staff_and_unlinked_at_once(with_listeners):
    desk = with_listeners
    issuer = "https://id.example"
    desk.run("accounts", "import")
    account = desk.office.ledger.accounts.by_user_name("testovaa")

    assert desk.run("accounts", "link", "testovaa", issuer, "f:12")[0] == 0
    assert desk.office.ledger.links.account(issuer, "f:12") == account.id
    code, _, err = desk.run("accounts", "link", "testovab", issuer, "f:12")
    assert (code, "уже связан" in err) == (2, True)
    code, _, err = desk.run("accounts", "unlink", "testovab", issuer, "f:12")
    assert (code, "не связан" in err) == (2, True)

    sessions, now = desk.office.ledger.sessions, account.created
    for provider in (issuer, ""):
        sessions.create(
            account.id, now, idle=HOUR, absolute=HOUR, provider=provider, subject="f:12"
        )
    assert desk.run("accounts", "unlink", "testovaa", issuer, "f:12")[0] == 0
    assert desk.office.ledger.links.account(issuer, "f:12") is None
    assert [one.provider for one in sessions.of_account(account.id, now)] == [""]
    assert actions(desk)[-2:] == [Action.ACCOUNT_LINKED, Action.ACCOUNT_UNLINKED]


def test_slips_name_the_one_address_where_people_sign_in(desk):
    assert desk.run("import", desk.export(row(1)))[0] == 0
    doors = 'address = "https://cabinet.example.org"\ntrusted_proxies = ["127.0.0.1"]\n'
    desk.office.home.doors.write_text(doors, encoding="utf-8")
    desk.run("accounts", "import")

    [file] = desk.office.home.slips.iterdir()
    assert "https://cabinet.example.org" in file.read_text(encoding="utf-8")
