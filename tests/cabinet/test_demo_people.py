"""The accounts of a demo: known to everybody on this machine, to nobody elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from academy.audit import Action
from auth_proxy.identity.password_rules import Weakness, weakness
from auth_proxy.identity.passwords import Passwords
from cabinet.commands.demo import MOMENT
from cabinet.demo_people import PEOPLE, add_accounts, change_passwords, of_home, well_known
from messages import catalogue

PASSWORDS = Passwords(memory=64, passes=1)
STAFF = [one for one in PEOPLE if one.staff]
HOSTS = ("0.0.0.0", "::", "cabinet.example.org")  # noqa: S104 - where passwords would be known


@pytest.fixture
def office(desk):
    return desk.office


def opened_by(office, password_of):
    accounts = office.ledger.accounts
    return [
        one.user_name
        for one in STAFF
        if PASSWORDS.is_right_now(
            accounts.by_user_name(one.user_name).password_digest, password_of(one)
        )
    ]


def test_passwords_of_a_home_cannot_be_guessed_and_are_the_same_at_each_start(office):
    one, again = (of_home(office.ledger.secret("demo-passwords")) for _ in range(2))
    made = [one(person) for person in PEOPLE]

    assert made == [again(person) for person in PEOPLE]
    assert len(set(made)) == len(PEOPLE)
    assert {len(password) for password in made} == {23}
    assert made != [of_home(b"another home")(person) for person in PEOPLE]


def test_a_demo_for_others_never_has_the_passwords_that_everybody_knows(office):
    password_of = of_home(office.ledger.secret("demo-passwords"))

    add_accounts(office, PASSWORDS.digest_now, MOMENT, password_of)

    assert opened_by(office, well_known) == []
    assert opened_by(office, password_of) == [one.user_name for one in STAFF]


def test_a_demo_that_was_open_here_gets_other_passwords_and_everything_open_ends(office):
    ledger, now = office.ledger, datetime.now(UTC)
    add_accounts(office, PASSWORDS.digest_now, MOMENT)
    reviewer = ledger.accounts.by_user_name("reviewer")
    hour = timedelta(hours=1)
    ledger.sessions.create(reviewer.id, now, idle=hour, absolute=hour)
    ledger.tokens.create(reviewer.id, "laptop", now, now + timedelta(days=1))
    password_of = of_home(ledger.secret("demo-passwords"))

    change_passwords(office, PASSWORDS, now, password_of)

    assert opened_by(office, well_known) == []
    assert opened_by(office, password_of) == [one.user_name for one in STAFF]
    assert ledger.sessions.of_account(reviewer.id, now) == ()
    assert ledger.tokens.of_account(reviewer.id) == ()
    assert not ledger.accounts.get(reviewer.id).must_change_password
    resets = [one for one in ledger.audit.query() if one.entry.action is Action.PASSWORD_RESET]
    assert len(resets) == len(STAFF)

    change_passwords(office, PASSWORDS, now, password_of)
    assert len(list(ledger.audit.query())) == len(resets), "The second start changes nothing."


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_gives_themselves_a_password_that_everybody_knows(person):
    assert weakness(person.password, [person.user_name]) is Weakness.COMMON


@pytest.mark.parametrize("host", HOSTS)
def test_a_demo_listens_elsewhere_under_the_demands_of_serve_only(desk, host):
    file = desk.office.home.doors
    refused = catalogue("ru").text("command_line.refuse-host", host=host, file=str(file))
    assert desk.run("demo", "--host", host) == (2, "", f"{refused}\n")

    file.write_text('address = "https://demo.example.org"', encoding="utf-8")
    plain = catalogue("ru").text("command_line.refuse-plain", file=str(file))
    assert desk.run("demo", "--host", host) == (2, "", f"{plain}\n")


def test_a_demo_is_shown_to_others_by_its_own_command(desk):
    desk.office.home.demo_mark.write_text("{}", encoding="utf-8")
    text = 'address = "https://demo.example.org"\ntrusted_proxies = ["127.0.0.1"]'
    desk.office.home.doors.write_text(text, encoding="utf-8")

    refused = catalogue("ru").text("command_line.refuse-demo")
    assert desk.run("serve", "--host", HOSTS[0]) == (2, "", f"{refused}\n")
