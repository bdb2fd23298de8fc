"""The embedded provider: requests for a code, and who gets one.

Cases named `oidcc-…` are those of the conformance suite of the OpenID Foundation for providers,
rebuilt; the others are rules of RFC 6749, RFC 7636 and RFC 9700.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.auth_proxy.sign_in.chat import (
    CALLBACK,
    CHALLENGE,
    ISSUER,
    said,
)

# What goes back to the service as an error.
SENT_BACK = {
    "oidcc-response-type-missing": ({"response_type": None}, "unsupported_response_type"),
    "response_type token": ({"response_type": "token"}, "unsupported_response_type"),
    "response_type code id_token": (
        {"response_type": "code id_token"},
        "unsupported_response_type",
    ),
    "scope without openid": ({"scope": "profile"}, "invalid_scope"),
    "scope missing": ({"scope": None}, "invalid_scope"),
    "PKCE missing (RFC 9700, 2.1.1)": ({"code_challenge": None}, "invalid_request"),
    "PKCE plain": ({"code_challenge_method": "plain"}, "invalid_request"),
    "PKCE without a method, which means plain": (
        {"code_challenge_method": None},
        "invalid_request",
    ),
    "PKCE malformed": ({"code_challenge": "short"}, "invalid_request"),
    "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported": (
        {"request": "e30.e30."},
        "request_not_supported",
    ),
    "request_uri": ({"request_uri": "https://evil.example/"}, "request_uri_not_supported"),
    "response_mode fragment": ({"response_mode": "fragment"}, "invalid_request"),
    "response_mode form_post": ({"response_mode": "form_post"}, "invalid_request"),
    "oidcc-prompt-none-not-logged-in": ({"prompt": "none"}, "login_required"),
    "prompt none with another": ({"prompt": "none login"}, "invalid_request"),
}


@pytest.mark.parametrize("case", SENT_BACK)
def test_an_authorization_request_is_answered_with_an_error(chat, case):
    asked, error = SENT_BACK[case]
    answer = chat.authorize(**asked)

    assert answer.headers.get("location", "").startswith(f"{CALLBACK}?"), answer.text
    assert (said(answer)["error"], said(answer)["state"], said(answer)["iss"]) == (
        error,
        "st",
        ISSUER,
    )


# What is never sent anywhere, since nobody knows whose address it is.
SHOWN = {
    "client_id missing": {"client_id": None},
    "client_id unknown": {"client_id": "nobody"},
    "redirect_uri missing": {"redirect_uri": None},
    "oidcc-ensure-registered-redirect-uri": {"redirect_uri": "https://evil.example/callback"},
    "redirect_uri with more path": {"redirect_uri": f"{CALLBACK}/more"},
    "oidcc-redirect-uri-query-added": {"redirect_uri": f"{CALLBACK}?x=1"},
    "oidcc-redirect-uri-query-mismatch": {"redirect_uri": "https://chat.example/other?x=2"},
    "redirect_uri in capitals": {"redirect_uri": "https://CHAT.example/callback"},
    "redirect_uri of another service": {"redirect_uri": "https://wiki.example/callback"},
    "redirect_uri a script": {"redirect_uri": "javascript:alert(1)"},
    "redirect_uri with letters that Authlib cannot name": {"redirect_uri": "https://чат.рф/"},
    "response_type with such letters": {"response_type": "код"},
}


@pytest.mark.parametrize("case", SHOWN)
def test_an_authorization_request_is_refused_on_the_spot(chat, case):
    answer = chat.authorize(**SHOWN[case])

    assert (answer.status_code, answer.headers.get("location")) == (400, None)
    assert "обратился к нам неправильно" in answer.text


def test_each_parameter_may_be_there_once(chat):
    query = urlencode(
        {
            "client_id": "chat",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": CALLBACK,
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
    )
    for more in ("nonce=1&nonce=2", "code_challenge=x", "prompt=none&prompt=login"):
        answer = chat.browser.get(f"/id/authorize?{query}&{more}")
        assert said(answer)["error"] == "invalid_request", more
    for more in ("client_id=wiki", "redirect_uri=https://evil.example", "state=1&state=2"):
        answer = chat.browser.get(f"/id/authorize?{query}&{more}")
        assert answer.status_code == 400, more


def test_oidcc_ensure_request_with_unknown_parameter_and_without_nonce_succeeds(chat):
    code = chat.code(nonce=None, extra="foobar", acr_values="1 2", ui_locales="en")

    assert "nonce" not in chat.claims(chat.token(code).json()["id_token"]).claims


def test_oidcc_prompt_none_logged_in(chat):
    chat.sign_in()

    assert "code" in said(chat.authorize(prompt="none"))


def test_oidcc_prompt_login_and_max_age_1(chat):
    """The password is asked for again, and `auth_time` says so."""
    chat.sign_in()
    for again in ({"prompt": "login"}, {"max_age": "1"}, {"max_age": "0"}):
        chat.house.clock.pass_by(seconds=10)
        page = chat.authorize(**again)
        assert "Логин" in page.text, again
    answer = chat.browser.send_form(page, user_name="anna", password="сад у моря и лес")
    code = said(chat.browser.get(answer.headers["location"]))["code"]
    claims = chat.claims(chat.token(code).json()["id_token"]).claims
    assert claims["auth_time"] == int(chat.house.clock().timestamp())


def test_oidcc_max_age_10000(chat):
    chat.sign_in()

    assert "code" in said(chat.authorize(max_age="10000"))
    assert "code" in said(chat.authorize(max_age="nonsense"))


def test_the_form_may_lead_to_the_service_and_names_it(chat):
    page = chat.authorize()

    assert "Чтобы открыть «Чат академии»" in page.text
    policy = page.headers["content-security-policy"]
    assert "form-action 'self' https://chat.example;" in policy


def test_whoever_has_to_change_the_password_gets_no_code_before(chat):
    house = chat.house
    house.ledger.accounts.set_password_digest(
        chat.account.id, chat.account.password_digest, house.clock(), must_change=True
    )
    house.clock.pass_by(seconds=1)
    page = chat.authorize()
    page = chat.browser.send_form(page, user_name="anna", password="сад у моря и лес")
    page = chat.browser.get(page.headers["location"])
    assert "Одноразовый пароль больше не понадобится" in page.text
    assert said(chat.authorize(prompt="none"))["error"] == "interaction_required"

    new = "облака над тихой бухтой"
    page = chat.browser.send_form(page, new=new, again=new)
    assert "code" in said(chat.browser.get(page.headers["location"]))
