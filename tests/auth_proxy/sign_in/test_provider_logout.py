"""The embedded provider: signing out at the wish of a service.

Cases named `oidcc-…` are those of the conformance suite of the OpenID Foundation for providers,
rebuilt; the others are rules of RFC 6749, RFC 7636 and RFC 9700.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from academy.access import Role
from tests.auth_proxy.sign_in.chat import (
    said,
)


def hint(chat):
    return chat.token().json()["id_token"]


def end(chat, browser=None, **query):
    return (browser or chat.browser).get(f"/id/end-session?{urlencode(query)}")


def test_oidcc_rp_initiated_logout(chat):
    answer = end(
        chat,
        id_token_hint=hint(chat),
        post_logout_redirect_uri="https://chat.example/bye",
        state="s t",
    )

    assert answer.headers["location"] == "https://chat.example/bye?state=s+t"
    assert "Логин" in chat.authorize().text


def test_oidcc_rp_initiated_logout_without_a_place_to_go_to(chat):
    assert end(chat, id_token_hint=hint(chat)).headers["location"] == "/oauth2/signed-out"


BAD_PLACES = {
    "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri": "https://evil.example/",
    "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri": (
        "https://chat.example/bye?x=1"
    ),
    "of another service": "https://wiki.example/bye",
}


@pytest.mark.parametrize("case", BAD_PLACES)
def test_signing_out_leads_nowhere_but_to_registered_places(chat, case):
    answer = end(chat, id_token_hint=hint(chat), post_logout_redirect_uri=BAD_PLACES[case])

    assert answer.headers["location"] == "/oauth2/signed-out"


def test_oidcc_rp_initiated_logout_no_id_token_hint(chat):
    """Without a token of the session the person is asked, and led to no service afterwards."""
    chat.sign_in()
    page = end(chat, client_id="chat", post_logout_redirect_uri="https://chat.example/bye")
    assert "Выйти из учётной записи?" in page.text
    assert "code" in said(chat.authorize())

    answer = chat.browser.send_form(page)
    assert answer.headers["location"] == "/oauth2/signed-out"
    assert "Логин" in chat.authorize().text


def test_oidcc_rp_initiated_logout_no_params_and_only_state(chat):
    chat.sign_in()

    assert "Выйти из учётной записи?" in end(chat).text
    assert "Выйти из учётной записи?" in end(chat, state="x").text


def test_oidcc_rp_initiated_logout_modified_id_token_hint(chat):
    token = hint(chat)
    head, body, signature = token.split(".")
    for bad in (f"{head}.{body}.{signature[::-1]}", "nonsense", f"{head}.{body}."):
        assert end(chat, id_token_hint=bad).status_code == 400
    assert "code" in said(chat.authorize())


def test_the_hint_of_somebody_else_ends_nothing_without_a_question(chat):
    chat.house.add("maria", roles=(Role.REVIEWER,))
    foreign = hint(chat)
    other = chat.house.browser()
    other.sign_in("maria")

    assert "Выйти из учётной записи?" in end(chat, other, id_token_hint=foreign).text


def test_a_logout_question_answered_by_a_foreign_page_is_asked_again(chat):
    chat.sign_in()
    answer = chat.browser.post("/id/end-session", {"csrf": "guessed"})

    assert "Выйти из учётной записи?" in answer.text
    assert re.search(r'name="csrf" value="[^"]{43}"', answer.text)
