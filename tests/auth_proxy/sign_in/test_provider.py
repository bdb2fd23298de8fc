"""The embedded provider towards other services.

Cases named `oidcc-…` are those of the conformance suite of the OpenID Foundation for providers,
rebuilt; the others are rules of RFC 6749, RFC 7636 and RFC 9700.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from academy.access import Role
from auth_proxy.identity.services import Service
from auth_proxy.sign_in.assembling import SignInSettings

ISSUER = "https://cabinet.example/id"
CALLBACK = "https://chat.example/callback"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
CHAT = Service(
    id="chat",
    title="Чат академии",
    secret="s" * 32,
    redirect_addresses=(CALLBACK, "https://chat.example/other?x=1"),
    after_sign_out_addresses=("https://chat.example/bye",),
    back_channel_logout="https://chat.example/logout",
)
WIKI = Service(
    id="wiki",
    title="Вики",
    redirect_addresses=("https://wiki.example/callback",),
    scopes=("openid", "profile"),
)


class Chat:
    """A service of the academy, and a browser in which somebody uses it."""

    def __init__(self, make_house, service=CHAT):
        self.house = make_house(settings=SignInSettings(services=(service, WIKI)))
        self.account = self.house.add(groups=frozenset({"ld-26-1"}))
        self.browser = self.house.browser()

    def authorize(self, browser=None, **more):
        right = {
            "client_id": "chat",
            "response_type": "code",
            "scope": "openid profile email groups",
            "redirect_uri": CALLBACK,
            "state": "st",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        query = {name: value for name, value in (right | more).items() if value is not None}
        return (browser or self.browser).get(f"/id/authorize?{urlencode(query)}")

    def sign_in(self, **more):
        """Ask for a code with a browser that is not signed in; gives the answer to the service."""
        page = self.authorize(**more)
        answer = self.browser.send_form(page, user_name="anna", password="сад у моря и лес")
        return said(self.browser.get(answer.headers["location"]))

    def code(self, **more):
        return said(self.authorize(**more)).get("code") or self.sign_in(**more)["code"]

    def token(self, code=None, secret="s" * 32, **more):
        """Trade a code, by default with the secret in the header."""
        right = {
            "grant_type": "authorization_code",
            "code": code or self.code(),
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        form = {name: value for name, value in (right | more).items() if value is not None}
        auth = {"auth": ("chat", secret)} if "client_id" not in more else {}
        return self.house.browser().post("/id/token", form, **auth)

    def claims(self, token):
        keys = KeySet.import_key_set(self.house.browser().get("/id/keys").json())
        return jwt.decode(token, keys, algorithms=["RS256"])


@pytest.fixture
def chat(make_house):
    return Chat(make_house)


def said(answer):
    """What the service finds in the address it is called back with."""
    assert answer.status_code in (200, 303), answer.text
    place = answer.headers.get("location", "")
    return dict(parse_qsl(urlsplit(place).query))


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


def test_whoever_has_to_change_the_password_gets_no_code_before(chat):
    house = chat.house
    house.ledger.accounts.set_password_digest(
        chat.account.id, chat.account.password_digest, house.clock(), must_change=True
    )
    house.clock.pass_by(seconds=1)
    page = chat.authorize()
    page = chat.browser.send_form(page, user_name="anna", password="сад у моря и лес")
    page = chat.browser.get(page.headers["location"])
    assert "Одноразовый пароль" in page.text
    assert said(chat.authorize(prompt="none"))["error"] == "interaction_required"

    new = "облака над тихой бухтой"
    page = chat.browser.send_form(page, current="сад у моря и лес", new=new, again=new)
    assert "code" in said(chat.browser.get(page.headers["location"]))


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
