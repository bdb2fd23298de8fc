"""The embedded provider towards other services: what it tells of itself and of people.

Cases named `oidcc-…` are those of the conformance suite of the OpenID Foundation for providers,
rebuilt; the others are rules of RFC 6749, RFC 7636 and RFC 9700.
"""

from __future__ import annotations

import base64
from hashlib import sha256

from auth_proxy.identity.keys import SigningKeys
from tests.auth_proxy.sign_in.chat import (
    ISSUER,
)


def test_oidcc_server(chat):
    """The whole way, with everything that stands in the tokens."""
    back = chat.sign_in()
    assert (back["state"], back["iss"]) == ("st", ISSUER)
    answer = chat.token(back["code"])
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    tokens = answer.json()
    assert set(tokens) == {"access_token", "expires_in", "id_token", "scope", "token_type"}

    token = chat.claims(tokens["id_token"])
    now = int(chat.house.clock().timestamp())
    assert token.header["typ"] == "JWT"
    assert len(token.claims.pop("sid")) == 12
    half = sha256(tokens["access_token"].encode()).digest()[:16]
    assert token.claims == {
        "iss": ISSUER,
        "aud": "chat",
        "sub": chat.account.id,
        "iat": now,
        "exp": now + 600,
        "auth_time": now,
        "amr": ["pwd"],
        "nonce": "n-1",
        "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
        "name": "Имя anna",
        "preferred_username": "anna",
        "email": "anna@academy.example",
        "email_verified": True,
        "groups": ["ld-26-1"],
        "roles": ["listener"],
    }


def test_oidcc_userinfo_get_and_post_header(chat):
    access = {"Authorization": f"Bearer {chat.token().json()['access_token']}"}
    browser = chat.house.browser()
    claims = browser.get("/id/userinfo", headers=access).json()

    assert claims == browser.post("/id/userinfo", {}, headers=access).json()
    assert claims == {
        "sub": chat.account.id,
        "name": "Имя anna",
        "preferred_username": "anna",
        "email": "anna@academy.example",
        "email_verified": True,
        "groups": ["ld-26-1"],
        "roles": ["listener"],
    }


def test_userinfo_opens_to_a_living_token_in_the_header_only(chat):
    token = chat.token().json()["access_token"]
    browser = chat.house.browser()
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}"}):
        answer = browser.get(f"/id/userinfo?access_token={token}", headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    chat.house.clock.pass_by(minutes=11)
    access = {"Authorization": f"Bearer {token}"}
    assert browser.get("/id/userinfo", headers=access).status_code == 401


def test_a_block_closes_userinfo_and_codes_under_way_at_once(chat):
    token, code = chat.token().json()["access_token"], chat.code()
    chat.house.ledger.accounts.block(chat.account.id, chat.house.clock())

    access = {"Authorization": f"Bearer {token}"}
    assert chat.house.browser().get("/id/userinfo", headers=access).status_code == 401
    assert chat.token(code).json() == {"error": "invalid_grant", "error_description": INVALID_CODE}
    assert "Логин" in chat.authorize().text


INVALID_CODE = "Invalid 'code' in request."


def test_oidcc_scope_profile_and_email(chat):
    """Each scope brings its own claims; a service gets those it is registered for."""
    by_scope = {}
    for scope in ("openid", "openid email", "openid unknown"):
        claims = chat.claims(chat.token(chat.code(scope=scope)).json()["id_token"]).claims
        by_scope[scope] = set(claims) & {"name", "email", "groups", "roles"}
    assert by_scope == {"openid": set(), "openid email": {"email"}, "openid unknown": set()}

    wiki = {"client_id": "wiki", "redirect_uri": "https://wiki.example/callback"}
    answer = chat.token(chat.code(**wiki), **wiki)
    assert answer.json()["scope"] == "openid profile"


def test_oidcc_discovery_endpoint_verification(chat):
    said = chat.browser.get("/id/.well-known/openid-configuration").json()

    assert said["issuer"] == ISSUER
    assert said["response_types_supported"] == ["code"]
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["id_token_signing_alg_values_supported"] == ["RS256"]
    assert said["authorization_response_iss_parameter_supported"] is True
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
        path = said[name].removeprefix("https://cabinet.example")
        assert chat.browser.get(path).status_code in (200, 400, 401, 405), name


def test_keys_are_shown_without_their_private_part(chat):
    [key] = chat.browser.get("/id/keys").json()["keys"]

    assert set(key) == {"kty", "n", "e", "kid", "alg", "use"}


def test_keys_rotate_and_overlap(chat):
    """Shown two days before they sign, and two days after."""
    clock, shown, signed = chat.house.clock, [], []
    for _ in range(18):
        keys = chat.browser.get("/id/keys").json()["keys"]
        shown.append({key["kid"] for key in keys})
        token = chat.house.way_in.embedded.keys.sign({"sub": "x"}, clock())
        signed.append(chat.claims(token).header["kid"])
        clock.pass_by(days=2)

    assert [len(one) for one in shown] == [1] * 14 + [2] * 2 + [1] * 2
    assert signed == [signed[0]] * 15 + [signed[-1]] * 3
    assert signed[0] != signed[-1]


def test_after_a_leak_the_next_sign_in_works_and_the_old_key_is_believed_no_longer(house):
    """`cabinet keys rotate --now` writes the ledger in another process; the clock stands still."""
    house.add("anna")
    assert house.browser().sign_in("anna").headers["location"] == "/c/"
    kept = SigningKeys(house.ledger.keys)
    old = house.ledger.keys.signing(house.clock()).id

    for _ in range(2):
        kept.replace(house.clock())
        assert house.browser().sign_in("anna").headers["location"] == "/c/"
    assert old not in {one.id for one in house.ledger.keys.published(house.clock())}
