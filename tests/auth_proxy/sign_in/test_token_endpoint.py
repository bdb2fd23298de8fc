"""The embedded provider: codes traded for tokens.

Cases named `oidcc-…` are those of the conformance suite of the OpenID Foundation for providers,
rebuilt; the others are rules of RFC 6749, RFC 7636 and RFC 9700.
"""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from tests.auth_proxy.sign_in.chat import (
    CALLBACK,
    CHALLENGE,
    CHAT,
    VERIFIER,
    Chat,
)


def test_oidcc_server_client_secret_post(chat):
    answer = chat.token(client_id="chat", client_secret="s" * 32)

    assert answer.status_code == 200


def test_a_secret_in_the_header_is_right_encoded_and_not(make_house):
    odd = replace(CHAT, secret="a+b %20:c and so on, long")
    chat = Chat(make_house, odd)
    for pair in ("chat:a+b %20:c and so on, long", "chat:a%2Bb+%2520%3Ac+and+so+on%2C+long"):
        header = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
        form = {
            "grant_type": "authorization_code",
            "code": chat.code(),
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        answer = chat.house.browser().post("/id/token", form, headers=header)
        assert answer.status_code == 200, pair


def test_a_public_client_needs_the_verifier_and_nothing_else(chat):
    wiki = {"client_id": "wiki", "redirect_uri": "https://wiki.example/callback"}

    assert chat.token(chat.code(**wiki), **wiki, code_verifier=None).status_code == 400
    assert chat.token(chat.code(**wiki), **wiki).status_code == 200


TOKENS_REFUSED = {
    "wrong secret": ({"secret": "x" * 32}, 401, "invalid_client"),
    "no secret where there is one": ({"client_id": "chat"}, 401, "invalid_client"),
    "a secret where there is none": (
        {"client_id": "wiki", "client_secret": "x"},
        401,
        "invalid_client",
    ),
    "unknown service": ({"client_id": "nobody"}, 400, "invalid_client"),
    "wrong verifier": ({"code_verifier": "w" * 43}, 400, "invalid_grant"),
    "no verifier (RFC 9700, 4.8.2)": ({"code_verifier": None}, 400, "invalid_request"),
    "malformed verifier": ({"code_verifier": "short"}, 400, "invalid_request"),
    "the challenge as the verifier": ({"code_verifier": CHALLENGE}, 400, "invalid_grant"),
    "another redirect_uri": (
        {"redirect_uri": "https://chat.example/other?x=1"},
        400,
        "invalid_grant",
    ),
    "no redirect_uri": ({"redirect_uri": None}, 400, "invalid_grant"),
    "invented code": ({"code": "c" * 43}, 400, "invalid_grant"),
    "password grant": ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    "client credentials": ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
    "refresh token": ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
    "no grant": ({"grant_type": None}, 400, "unsupported_grant_type"),
}


@pytest.mark.parametrize("case", TOKENS_REFUSED)
def test_the_token_endpoint_refuses(chat, case):
    asked, status, error = TOKENS_REFUSED[case]
    answer = chat.token(**asked)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert ("www-authenticate" in answer.headers) is (status == 401)


def test_oidcc_codereuse(chat):
    """A second use gets nothing, and takes back what the first has brought (RFC 6749, 4.1.2)."""
    code = chat.code()
    access = {"Authorization": f"Bearer {chat.token(code).json()['access_token']}"}
    assert chat.house.browser().get("/id/userinfo", headers=access).status_code == 200

    assert chat.token(code).json()["error"] == "invalid_grant"
    assert chat.house.browser().get("/id/userinfo", headers=access).status_code == 401


def test_a_code_runs_out(chat):
    code = chat.code()
    chat.house.clock.pass_by(seconds=61)

    assert chat.token(code).json()["error"] == "invalid_grant"


def test_a_code_of_another_service_is_of_no_use_and_then_of_none_to_anybody(chat):
    code = chat.code()
    stolen = chat.token(code, client_id="wiki", redirect_uri=CALLBACK)

    assert stolen.json()["error"] == "invalid_grant"
    assert chat.token(code).json()["error"] == "invalid_grant"


def test_bytes_that_are_no_text_are_an_answer_and_not_a_crash(chat):
    browser = chat.house.browser()
    odd = {"Authorization": "Basic " + base64.b64encode(b"\xff:\xfe").decode()}
    answer = browser.post("/id/token", {"grant_type": "authorization_code"}, headers=odd)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})

    body = b"grant_type=authorization_code&code=%ff%fe&client_id=wiki"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browser._ask("POST", "/id/token", content=body, headers=kind)
    assert answer.status_code == 400
    answer = browser._ask("POST", "/id/token", content=b"{}", headers={"Content-Type": "text/json"})
    assert answer.json() == {"error": "invalid_request"}
    doubled = b"grant_type=authorization_code&grant_type=password"
    assert browser._ask("POST", "/id/token", content=doubled, headers=kind).status_code == 400
