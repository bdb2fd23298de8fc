"""What the relying party takes from a provider, and what it does not.

Cases named `oidcc-client-test-…` are those of the conformance suite of the OpenID Foundation;
the others close what Authlib's client lets pass by default.
"""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from urllib.parse import parse_qs

import pytest
from joserfc.jwk import OctKey

from auth_proxy.sign_in.provider import KEYS_AGE, METADATA_AGE

YEAR = 365 * 24 * 3600
NOW = 1_795_510_800  # The clock of the tests.


def test_oidcc_client_test(visit):
    """The plain case: code, PKCE, nonce, and the way back."""
    answer = visit.arrive()

    assert (answer.status_code, answer.headers["location"]) == (303, "/c/")
    standing = visit.house.standing(visit.browser)
    assert standing.account.id == visit.account.id
    assert (standing.session.provider, standing.session.subject) == (
        "https://provider.example",
        "someone",
    )


def test_oidcc_client_test_client_secret_basic(visit):
    """The secret stands in the header, form-encoded; the verifier belongs to the challenge."""
    asked = visit.begin()
    visit.browser.get(f"/oauth2/callback?code=c&state={asked['state']}")
    [(headers, body)] = visit.provider.token_requests
    form = {name: values[0] for name, values in parse_qs(body).items()}

    scheme, _, pair = headers[b"authorization"].decode().partition(" ")
    assert (scheme, base64.b64decode(pair)) == (
        "Basic",
        b"cabinet-client:a%25b%2Bc%20d%2C%20and%20so%20on",
    )
    challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
    assert challenge.decode().rstrip("=") == asked["code_challenge"]
    assert asked["code_challenge_method"] == "S256"
    assert (asked["scope"], asked["response_type"]) == ("openid", "code")


REFUSED = {
    "oidcc-client-test-invalid-iss": {"iss": "https://other.example"},
    "oidcc-client-test-missing-sub": {"sub": None},
    "oidcc-client-test-invalid-aud": {"aud": "other-client"},
    "oidcc-client-test-missing-aud": {"aud": None},
    "oidcc-client-test-missing-iat": {"iat": None},
    "oidcc-client-test-nonce-invalid": {"nonce": "another"},
    "nonce missing": {"nonce": None},
    "iss missing": {"iss": None},
    "exp missing": {"exp": None},
    "exp passed": {"exp": NOW - 31},
    "iat a year old (Authlib)": {"iat": NOW - YEAR},
    "iat ahead": {"iat": NOW + 3600},
    "iat no number": {"iat": "yesterday"},
    "iat true": {"iat": True},
    "iat infinite": {"iat": float("inf")},
    "nbf ahead": {"nbf": NOW + 3600},
    "sub empty (Authlib)": {"sub": ""},
    "sub no text": {"sub": 7},
    "sub too long": {"sub": "s" * 256},
    "wrong aud with right azp (Authlib)": {"aud": "other-client", "azp": "cabinet-client"},
    "several audiences": {"aud": ["cabinet-client", "other-client"], "azp": "cabinet-client"},
    "azp of another": {"azp": "other-client"},
    "at_hash of another token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_id_token_is_refused(visit, case):
    answer = visit.arrive(REFUSED[case])

    assert (answer.status_code, visit.is_signed_in) == (400, False)
    assert "Войти не получилось" in answer.text
    assert "/userinfo" not in visit.provider.asked
    assert visit.house.recorded() == [("sign_in_failed", "token_refused")]


def test_oidcc_client_test_invalid_sig_rs256(visit):
    forged = visit.provider.new_key("one", owner="somebody else")

    assert visit.arrive(key=forged).status_code == 400
    assert not visit.is_signed_in


def test_oidcc_client_test_idtoken_sig_none(visit):
    """Also when the metadata list it, which Authlib believes."""
    visit.provider.metadata["id_token_signing_alg_values_supported"] = ["none", "RS256"]
    parts = [{"alg": "none"}, visit.provider.claims()]
    encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts]

    assert visit.arrive(token=".".join([*encoded, ""])).status_code == 400
    assert visit.arrive(token="gibberish").status_code == 400
    assert visit.arrive(token="W10.e30.AA").status_code == 400
    assert not visit.is_signed_in


def test_oidcc_client_test_invalid_sig_hs256(visit):
    """The client's secret, or the public key, taken for a shared secret (RFC 8725, 2.1)."""
    public = json.dumps(visit.provider.keys[0].as_dict(private=False))
    for secret in ("a%b+c d, and so on", public):
        key = OctKey.import_key(secret)
        claims = visit.provider.claims()
        token = visit.provider.sign(claims, key, alg="HS256", kid="one")
        assert visit.arrive(token=token).status_code == 400
    assert not visit.is_signed_in


def test_an_algorithm_that_the_metadata_do_not_list_is_refused(visit):
    visit.provider.metadata["id_token_signing_alg_values_supported"] = ["ES256"]

    assert visit.arrive().status_code == 400


def test_a_key_is_used_for_its_own_purpose_only(visit):
    visit.provider.shown = [visit.provider.keys[0].as_dict(private=False) | {"use": "enc"}]

    assert visit.arrive().status_code == 400


def test_oidcc_client_test_kid_absent_single_jwks(visit):
    assert visit.arrive(kid=None).status_code == 303


def test_oidcc_client_test_kid_absent_multiple_jwks(visit):
    """Every key that fits is tried, and none that does not."""
    visit.provider.keys = [
        visit.provider.new_key("other", "EC"),
        visit.provider.new_key("two"),
        *visit.provider.keys,
    ]

    assert visit.arrive(key=visit.provider.keys[2], kid=None).status_code == 303


def test_oidcc_client_test_userinfo_invalid_sub(visit):
    visit.provider.userinfo = {"sub": "somebody else"}

    assert visit.arrive().status_code == 400
    assert not visit.is_signed_in


def test_oidcc_client_test_signing_key_rotation(visit):
    """A new key is fetched when a token names it."""
    assert visit.arrive().status_code == 303
    visit.provider.keys = [visit.provider.new_key("two")]
    visit.house.clock.pass_by(minutes=1)
    visit.browser = visit.house.browser()

    assert visit.arrive().status_code == 303
    assert visit.provider.asked.count("/keys") == 2


def test_unknown_key_ids_do_not_make_us_ask_for_keys_again_and_again(visit):
    for name in ("x", "y", "z"):
        visit.browser = visit.house.browser()
        assert visit.arrive(kid=name).status_code == 400

    assert visit.provider.asked.count("/keys") == 1
    visit.house.clock.pass_by(seconds=11)
    visit.arrive(kid="z")
    assert visit.provider.asked.count("/keys") == 2


def test_keys_and_metadata_are_asked_for_anew_after_a_while(visit):
    visit.arrive()
    visit.house.clock.now += max(KEYS_AGE, METADATA_AGE) * 2
    visit.house.ledger.sessions.end_all(visit.account.id)
    visit.arrive()

    assert visit.provider.asked.count("/keys") == 2
    assert visit.provider.asked.count("/.well-known/openid-configuration") == 2


METADATA = {
    "oidcc-client-test-discovery-issuer-mismatch (Authlib)": {"issuer": "https://evil.example"},
    "issuer with a slash more": {"issuer": "https://provider.example/"},
    "no issuer": {"issuer": None},
    "no token endpoint": {"token_endpoint": None},
    "an endpoint without TLS": {"token_endpoint": "http://provider.example/token"},
    "an endpoint that looks like loopback": {"token_endpoint": "http://127.0.0.1.evil.example/"},
    "keys in a file": {"jwks_uri": "file:///etc/passwd"},
    "an endpoint that is no text": {"jwks_uri": 7},
    "no PKCE with S256": {"code_challenge_methods_supported": ["plain"]},
    "only signatures that are not taken": {"id_token_signing_alg_values_supported": ["HS256"]},
}


@pytest.mark.parametrize("case", METADATA)
def test_metadata_are_refused(visit, case):
    visit.provider.metadata = METADATA[case]
    answer = visit.browser.get("/oauth2/sign-in")

    assert answer.status_code == 502
    assert "Служба входа сейчас не отвечает" in answer.text
    assert visit.provider.token_requests == []


KEYS = {
    "no list": "keys",
    "empty": [],
    "shared secrets only": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}],
    "nothing readable": [{"kty": "RSA", "n": "AA"}, "key", {"kid": "one"}],
}


@pytest.mark.parametrize("case", KEYS)
def test_keys_are_refused(visit, case):
    visit.provider.shown = KEYS[case]

    assert visit.arrive().status_code == 502
    assert not visit.is_signed_in


CALLBACKS = {
    "iss of another (RFC 9207)": {"iss": "https://evil.example"},
    "iss empty": {"iss": ""},
    "no code": {"code": None},
    "an error": {"error": "server_error"},
}


@pytest.mark.parametrize("case", CALLBACKS)
def test_a_callback_is_refused(visit, case):
    assert visit.arrive(callback=CALLBACKS[case]).status_code == 400
    assert (visit.is_signed_in, visit.provider.token_requests) == (False, [])


def test_a_callback_without_iss_is_refused_when_the_provider_promised_to_name_itself(visit):
    visit.provider.metadata["authorization_response_iss_parameter_supported"] = True

    assert visit.arrive().status_code == 400
    assert visit.arrive(callback={"iss": visit.provider.issuer}).status_code == 303


def test_whoever_cancels_at_the_provider_is_told_so(visit):
    assert "вход отменён" in visit.arrive(callback={"error": "access_denied"}).text


def test_a_provider_that_is_down_is_an_answer_and_not_a_crash(visit):
    async def down(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"<html>"})

    asked = visit.begin()
    visit.house.around.outside._transport.app = down

    answer = visit.browser.get(f"/oauth2/callback?code=c&state={asked['state']}")
    assert answer.status_code == 502
    assert "Служба входа сейчас не отвечает" in answer.text


def test_somebody_without_a_link_gets_no_account(visit):
    visit.provider.userinfo = {"sub": "stranger"}
    answer = visit.arrive({"sub": "stranger"})

    assert (answer.status_code, visit.is_signed_in) == (403, False)
    assert "не связана ни с одним кабинетом" in answer.text
    assert len(visit.house.ledger.accounts.all()) == 1


def test_the_subject_of_an_outside_provider_is_never_taken_for_an_account(visit):
    """A subject can be anything, also the id of somebody's account here."""
    visit.provider.userinfo = {"sub": visit.account.id}

    assert visit.arrive({"sub": visit.account.id}).status_code == 403


def test_a_blocked_account_stays_outside_whatever_the_provider_says(visit):
    visit.house.ledger.accounts.block(visit.account.id, visit.house.clock())

    assert visit.arrive().status_code == 403
    assert visit.house.recorded()[-1] == ("sign_in_failed", "blocked")


def test_oidcc_client_test_rp_init_logout(visit):
    """Signing out leads to the provider, with its own token and our address."""
    visit.arrive()
    page = visit.browser.get("/oauth2/sign-out")
    assert "form-action 'self' https://provider.example;" in page.headers["content-security-policy"]

    answer = visit.browser.send_form(page)
    place = answer.headers["location"]
    assert place.startswith("https://provider.example/end?id_token_hint=")
    assert "post_logout_redirect_uri=https%3A%2F%2Fcabinet.example%2Foauth2%2Fsigned-out" in place
    assert not visit.is_signed_in


def test_with_an_outside_provider_there_is_no_embedded_one(visit):
    assert visit.house.way_in.identity is None
