"""Logout tokens of a provider (OpenID Connect Back-Channel Logout 1.0, 2.4 to 2.8).

Cases named `oidcc-client-test-rp-backchannel-…` are rebuilt after the conformance suite of the
OpenID Foundation, the others after the rules of section 2.6.
"""

from __future__ import annotations

import base64
import json

import pytest
from joserfc.jwk import OctKey

NOW = 1_795_510_800  # The clock of the tests.
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def test_a_logout_token_ends_the_session_it_names_and_no_other(visit):
    visit.arrive({"sid": "s-1"})
    here, visit.browser = visit.browser, visit.house.browser()
    visit.arrive({"sid": "s-2"})

    answer = visit.log_out({"sid": "s-1"})

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert visit.house.standing(here).session is None
    assert visit.is_signed_in


def test_a_logout_token_without_a_session_ends_all_of_the_subject(visit):
    visit.arrive({"sid": "s-1"})
    here, visit.browser = visit.browser, visit.house.browser()
    visit.arrive({"sid": "s-2"})

    assert visit.log_out({"sid": None}).status_code == 200
    assert visit.house.standing(here).session is None
    assert not visit.is_signed_in
    assert visit.house.recorded()[-1] == ("sign_out", "back_channel")


def test_a_logout_token_for_somebody_who_is_not_here_is_taken_all_the_same(visit):
    assert visit.log_out({"sid": "unknown", "sub": None}).status_code == 200


REFUSED = {
    "oidcc-client-test-rp-backchannel-rpinitlogout-invalid-iss": {"iss": "https://evil.example"},
    "oidcc-client-test-rp-backchannel-rpinitlogout-invalid-aud": {"aud": "other-client"},
    "oidcc-client-test-rp-backchannel-rpinitlogout-no-event": {"events": None},
    "oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event": {"events": {"other": {}}},
    "oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce": {"nonce": "n"},
    "events is no object": {"events": EVENT},
    "the event is no object": {"events": {EVENT: True}},
    "nonce empty": {"nonce": ""},
    "neither sub nor sid": {"sub": None, "sid": None},
    "sub no text": {"sub": 7},
    "jti missing": {"jti": None},
    "jti empty": {"jti": ""},
    "iat missing": {"iat": None},
    "iat an hour old": {"iat": NOW - 3600},
    "exp missing": {"exp": None},
    "exp passed": {"exp": NOW - 31},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_logout_token_is_refused(visit, case):
    visit.arrive()
    answer = visit.log_out(REFUSED[case])

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert visit.is_signed_in


def test_oidcc_client_test_rp_backchannel_rpinitlogout_invalid_alg(visit):
    """HS256 with the client's secret."""
    visit.arrive()
    key = OctKey.import_key("a%b+c d, and so on")

    claims = visit.provider.claims(events={EVENT: {}}, jti="j")
    token = visit.provider.sign(claims, key, alg="HS256", kid="one", typ="logout+jwt")
    assert visit.log_out(token=token).status_code == 400
    assert visit.is_signed_in


def test_oidcc_client_test_rp_backchannel_rpinitlogout_alg_none(visit):
    visit.arrive()
    parts = [{"alg": "none"}, visit.provider.claims(events={EVENT: {}}, jti="j")]
    encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts]

    assert visit.log_out(token=".".join([*encoded, ""])).status_code == 400
    assert visit.log_out(token="").status_code == 400
    assert visit.is_signed_in


def test_a_logout_token_signed_by_somebody_else_is_refused(visit):
    visit.arrive()

    assert visit.log_out(key=visit.provider.new_key("one", owner="else")).status_code == 400
    assert visit.is_signed_in


def test_an_id_token_is_no_logout_token_and_the_other_way_round(visit):
    visit.arrive()

    assert visit.log_out(typ="JWT").status_code == 400
    assert visit.log_out(typ="at+jwt").status_code == 400
    assert visit.is_signed_in
    visit.browser = visit.house.browser()
    assert visit.arrive(typ="logout+jwt").status_code == 400


def test_a_logout_token_is_taken_once(visit):
    """Replay (2.6, step 7)."""
    visit.arrive()
    assert visit.log_out().status_code == 200
    visit.arrive()

    assert visit.log_out().status_code == 400
    assert visit.is_signed_in
    assert visit.log_out({"jti": "j-2"}).status_code == 200
    assert not visit.is_signed_in


def test_what_is_no_form_with_a_logout_token_is_refused(visit):
    browser = visit.house.browser()
    place = "/oauth2/back-channel-logout"

    assert browser.post(place, {}).status_code == 400
    assert browser.post(place, {"logout_token": "x" * 20_000}).status_code == 400
    assert browser.get(place).status_code == 405
