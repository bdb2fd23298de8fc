"""No line of a log is written by whoever signs in, or by a provider (CWE-117, CWE-532)."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote, urlencode

import pytest

from tests.auth_proxy.sign_in.conftest import PASSWORD, SECRET

FORGED = "x\r\n2026-11-24 ERROR cabinet.doors: forged\x1b[31m\u2028"


@pytest.fixture
def logged(caplog, capfd):
    """Every line that was logged or printed."""
    caplog.set_level(logging.DEBUG, "cabinet")

    def lines():
        return [*caplog.messages, *"".join(capfd.readouterr()).splitlines()]

    return lines


def assert_plain(lines):
    assert all(line.isprintable() for line in lines), lines


@pytest.mark.parametrize("field", ["error", "error_description", "code", "iss", "state"])
def test_what_a_callback_says(visit, logged, field):
    visit.arrive(callback={field: FORGED})
    assert_plain(logged())


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({"iss": FORGED}, {}),
        ({"aud": FORGED}, {}),
        ({"nonce": FORGED}, {}),
        ({"exp": FORGED}, {}),
        ({}, {"kid": FORGED}),
        ({}, {"typ": FORGED}),
    ],
    ids=repr,
)
def test_what_a_token_says(visit, logged, claims, header):
    visit.arrive(claims, **header)
    assert_plain(logged())
    assert not visit.is_signed_in


@pytest.mark.parametrize("field", ["error", "error_description", "access_token", "token_type"])
def test_what_the_token_endpoint_says(visit, logged, field):
    visit.provider.tokens[field] = FORGED
    for status in (400, 500, 200):
        visit.provider.status = status
        visit.arrive()
        assert_plain(logged())


@pytest.mark.parametrize("claims", [{"jti": FORGED}, {"events": FORGED}, {"iss": FORGED}])
def test_what_a_logout_token_says(visit, logged, claims):
    visit.log_out(claims)
    visit.log_out(token=FORGED)
    assert_plain(logged())


def test_what_a_person_types(house, logged):
    browser = house.browser()
    browser.sign_in(FORGED, FORGED)
    browser.get(f"/oauth2/sign-in?return={quote(FORGED)}")
    browser.get(f"/oauth2/{quote(FORGED)}")
    browser.post("/oauth2/language", {"language": FORGED})
    assert_plain(logged())


def test_no_secret_stands_in_a_log_or_in_the_record(visit, house, logged):
    """CWE-532: passwords, tokens, codes, the secret of the client, cookies."""
    visit.arrive(callback={"code": "the-code-of-the-provider"})
    house.add()
    browser = house.browser()
    browser.sign_in("anna", "a wrong password")
    browser.sign_in("anna")
    browser.get("/oauth2/callback?" + urlencode({"code": "a-code", "state": "a-state"}))

    record = [*visit.house.ledger.audit.query(), *house.ledger.audit.query()]
    said = "\n".join(logged()) + "\n".join(repr(one.entry) for one in record)
    secrets = [SECRET, PASSWORD, "a wrong password", "the-code-of-the-provider", "a-code",
               visit.provider.tokens["id_token"], *browser.cookies.values(),
               *visit.browser.cookies.values()]  # fmt: skip
    assert [secret for secret in secrets if secret in said] == []
    assert not re.search(r"eyJ[\w-]+\.eyJ", said)
