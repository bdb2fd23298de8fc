"""Accounts and consents on the screens of the registrar (clauses 4.3, 4.5, 7.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from academy.access import Role
from academy.consent import Purpose, purposes_in_force

ANNA, BORIS, TEACHER, STAFF = "bcdfghjkmn", "npqrstvwxz", "s-7m2r", "s-7f3k"
CONSENTS = f"/desk/people/{ANNA}/consents/"
CSRF = {"csrf": "a-word-of-the-session"}


@pytest.fixture
def registrar(house):
    return house.as_(STAFF, Role.REGISTRAR, groups=())


def account(house, account_id):
    return house.workplace.ledger.accounts.get(account_id)


def post(page, address, status=200, **typed):
    page.page = page.client.post(address, data={**CSRF, **typed})
    assert page.page.status_code == status, page.text
    return page


def test_the_list_names_who_may_sign_in_and_who_has_no_account(registrar):
    page = registrar.look("/desk/accounts/")
    assert "Лебедева Анна" in page.text
    assert "слушатель" in page.text
    assert re.search(r"Без учётной записи: \d+ челов", page.text)
    page.look("/desk/accounts/?q=орлов")
    assert "Лебедева" not in page.text


def test_an_account_is_made_with_a_slip_that_is_shown_once(registrar, house):
    house.workplace.ledger.accounts.remove(BORIS, house.clock())
    page = post(registrar.look("/desk/accounts/"), "/desk/accounts/", who=BORIS)
    assert "Орлов Борис" in page.text
    password = re.search(r"Пароль на один раз\s+(\S+)", page.text)[1]

    made = account(house, BORIS)
    assert made.must_change_password
    assert made.roles == {Role.LISTENER}
    assert password not in made.password_digest
    assert made.password_digest.startswith("$argon2")
    post(page, "/desk/accounts/", who=BORIS, status=422)
    assert "уже есть" in page.text


def test_a_whole_group_gets_accounts_at_once(registrar, house):
    for person in (ANNA, BORIS):
        house.workplace.ledger.accounts.remove(person, house.clock())
    page = post(registrar, "/desk/accounts/", group="ld-26-1")
    assert page.html.count("d-slip") == 2
    assert account(house, ANNA).user_name != account(house, BORIS).user_name


def test_a_worker_gets_an_account_without_rights_and_then_their_rights(registrar, house):
    page = post(registrar, "/desk/accounts/", who="s-4k7d")
    assert account(house, "s-4k7d").roles == frozenset()

    page.look("/desk/accounts/s-4k7d/").send(
        0 if page.form(0).action == "" else 1, roles="reviewer", groups="ld-26-1",
        button=("do", "rights"),
    )  # fmt: skip
    assert "действует с этой минуты" in page.text
    made = account(house, "s-4k7d")
    assert (made.roles, made.groups) == ({Role.REVIEWER}, {"ld-26-1"})


def test_the_role_of_a_listener_is_neither_given_nor_taken_here(registrar, house):
    post(registrar, f"/desk/accounts/{TEACHER}/", do="rights", roles=["listener", "reviewer"])
    assert account(house, TEACHER).roles == {Role.REVIEWER}
    post(registrar, f"/desk/accounts/{ANNA}/", do="rights", roles=["verifier", "nobody"])
    assert account(house, ANNA).roles == {Role.LISTENER, Role.VERIFIER}


def test_a_new_password_and_a_block_take_effect_at_once(registrar, house):
    before = account(house, TEACHER).password_digest
    page = post(registrar, f"/desk/accounts/{TEACHER}/", do="reset")
    assert "Пароль на один раз" in page.text
    assert account(house, TEACHER).password_digest != before

    post(page, f"/desk/accounts/{TEACHER}/", do="block")
    assert account(house, TEACHER).is_blocked
    post(page, f"/desk/accounts/{TEACHER}/", do="unblock")
    assert not account(house, TEACHER).is_blocked


def test_nobody_changes_their_own_account(registrar, house):
    for do in ("reset", "block", "rights"):
        page = post(registrar, f"/desk/accounts/{STAFF}/", do=do, roles="auditor", status=409)
        assert "другой сотрудник" in page.text
    assert account(house, STAFF).roles == {Role.REGISTRAR}


def test_who_was_expelled_is_not_let_in_here(registrar, house):
    ledger = house.workplace.ledger
    ledger.people.set(replace(ledger.people.get(ANNA), is_open=False))
    ledger.accounts.block(ANNA, house.clock())
    page = post(registrar, f"/desk/accounts/{ANNA}/", do="unblock", status=409)
    assert "Слушатель отчислен" in page.text
    assert account(house, ANNA).is_blocked


def test_a_consent_is_registered_with_the_digest_of_the_document_only(registrar, house):
    page = registrar.look(CONSENTS)
    assert "Сейчас действует:" in page.text
    document = b"signed by Anna"
    fields = [
        *(("csrf", (None, value)) for value in CSRF.values()),
        ("purposes", (None, "outsiders")),
        ("signed", (None, "2026-11-20")),
        ("version", (None, "2026-1")),
        ("number", (None, "")),
        ("document", ("scan.pdf", document)),
    ]
    page.page = page.client.post(CONSENTS, files=fields)
    assert "Согласие внесено" in page.text

    known = house.workplace.ledger.consents.of(ANNA)
    assert Purpose.OUTSIDERS in purposes_in_force(known, house.clock())
    new = next(one for one in known if one.id == "c-2")
    assert (new.digest, new.registered_by) == (sha256(document).hexdigest(), STAFF)
    repositories = house.office.repositories
    record = repositories.snapshot(ANNA, repositories.heads(ANNA)["refs/heads/record"], 10**6)
    assert b"outsiders" in record["consent.yml"][1]
    assert not any(document in (content or b"") for _, content in record.values())
    assert house.published == [ANNA]


def test_a_withdrawal_is_in_effect_at_once(registrar, house):
    page = post(registrar, CONSENTS, withdraw="c-1")
    assert "Согласие отозвано" in page.text
    assert "уничтожить портфолио нужно до" in page.text
    house.anna().look("/desk/mine/", status=403)
    post(page, CONSENTS, withdraw="c-1", status=422)
    assert "уже отозвано" in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Укажите день"),
        ({"signed": "2026-11-20"}, "какой текст подписан"),
        ({"signed": "2026-11-20", "version": "1"}, "на что дано согласие"),
        ({"signed": "2027-11-20", "version": "1", "purposes": "outsiders"}, "ещё не наступил"),
        (
            {"signed": "2026-11-20", "version": "1", "purposes": "outsiders", "number": "c-1"},
            "уже внесено",
        ),
        (
            {"signed": "2026-11-20", "version": "1", "purposes": "outsiders", "number": "../x"},
            "строчные латинские буквы",
        ),
    ],
)
def test_what_is_wrong_with_a_consent_is_said(registrar, typed, words):
    assert words in post(registrar, CONSENTS, status=422, **typed).text


@pytest.mark.parametrize("role", [Role.LISTENER, Role.REVIEWER, Role.VERIFIER, Role.AUDITOR])
def test_others_have_none_of_this(house, role):
    person = ANNA if role is Role.LISTENER else TEACHER
    page = house.as_(person, role)
    for address in ("/desk/accounts/", f"/desk/accounts/{ANNA}/", CONSENTS):
        page.look(address, status=404)
        post(page, address, status=404, do="block", who=BORIS)
        assert not house.recorded[-1].is_allowed or house.recorded[-1].rule == "any_role"
    assert not account(house, ANNA).is_blocked


def test_every_look_and_every_deed_is_on_record(registrar, house):
    registrar.look(f"/desk/accounts/{ANNA}/")
    assert (house.recorded[-1].person, house.recorded[-1].actor) == (ANNA, STAFF)
    registrar.look(CONSENTS)
    assert (house.recorded[-1].person, house.recorded[-1].rule) == (ANNA, "registrar")
