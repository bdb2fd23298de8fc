"""Applications behind the door in this process: who asks, told by the scope and by nothing else."""

from __future__ import annotations

import json

import pytest

from academy.access import Role
from academy.door import SCOPE
from auth_proxy.addresses import Area
from auth_proxy.sign_in.forms import csrf_of
from tests.auth_proxy.village import ANNA, BORIS, Village
from tests.serving import everything

LONG = 64 * 1024 * 1024


async def mirror(scope, receive, send):
    """Answers with everything it learns of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    door = scope[SCOPE]
    if scope["path"].endswith("/raise"):
        raise ValueError("an accident")
    if scope["path"].endswith("/long"):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for more in [True] * (LONG // 65536) + [False]:
            body = bytes(65536) if more else b""
            await send({"type": "http.response.body", "body": body, "more_body": more})
        return
    seen = {
        "account": door.visitor.account if door.visitor else None,
        "roles": sorted(role.value for role in door.visitor.roles) if door.visitor else [],
        "groups": sorted(door.visitor.groups) if door.visitor else [],
        "csrf": door.csrf,
        "session": door.session,
        "how": door.how,
        "language": door.language,
        "client": list(scope["client"]),
        "scheme": scope["scheme"],
        "path": scope["path"],
        "root": scope.get("root_path", ""),
        "body": body.decode("latin-1"),
    }
    headers = [(b"Content-Type", b"application/json")]
    if scope["path"].endswith("/own-headers"):
        headers += [(b"Cache-Control", b"no-cache"), (b"X-Frame-Options", b"SAMEORIGIN")]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(seen).encode()})


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    apps = {Area.DESK: mirror, Area.SIGN_IN: mirror, Area.PROVIDER: mirror, Area.GIT: mirror}
    with Village(tmp_path_factory.mktemp("town"), apps=apps) as village:
        yield village


def test_the_door_is_handed_on(town):
    token = town.session("s-tutor")
    with town.browser() as browser:
        answer = browser.get("/desk/queue/?a=1", headers={"cookie": town.cookie(token)})

    seen = answer.json()
    session = town.ledger.sessions.of_account("s-tutor", town.clock())[0]
    assert answer.status_code == 201
    assert seen == {
        "account": "s-tutor",
        "roles": ["reviewer"],
        "groups": ["g1"],
        "csrf": csrf_of(token),
        "session": session.id,
        "how": "127.0.0.1",
        "language": "ru",
        "client": ["127.0.0.1", 0],
        "scheme": "http",
        "path": "/desk/queue/",
        "root": "",
        "body": "",
    }
    assert token not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"cabinet": "s-office"},
        {"x-cabinet-account": "s-office", "x-cabinet-roles": "registrar"},
        {"remote-user": "s-office", "authorization": "Basic cy1vZmZpY2U6cGFzcw=="},
        {"x-forwarded-for": "203.0.113.9", "x-forwarded-user": "s-office"},
        {"x-forwarded-proto": "https", "forwarded": "for=203.0.113.9;proto=https"},
        {"x-real-ip": "203.0.113.9"},
    ],
)
def test_no_header_makes_one_somebody_else(town, headers):
    """Header spoofing (CWE-290)."""
    seen = town.get(ANNA, "/desk/", headers=headers).json()
    assert (seen["account"], seen["how"], seen["scheme"]) == (ANNA, "127.0.0.1", "http")
    assert town.get(None, "/desk/", headers=headers).status_code == 401


@pytest.mark.parametrize("area", ["oauth2", "id", "git"])
def test_what_comes_before_signing_in_is_open_and_knows_of_nobody(town, area):
    answer = town.get(None, f"/{area}/here")
    seen = answer.json()
    assert (answer.status_code, seen["account"], seen["csrf"], seen["session"]) == (
        201,
        None,
        "",
        "",
    )
    assert town.get(ANNA, f"/{area}/here").json()["account"] == ANNA


def test_the_desk_opens_when_every_step_is_taken(town):
    town.account("s-first", Role.REVIEWER, must_change_password=True)
    assert town.get("s-first", "/desk/").status_code == 401
    led = town.get("s-first", "/desk/", headers={"accept": "text/html"})
    assert led.headers["location"] == "/id/password?return=/desk/"
    town.account("s-gone", Role.REVIEWER)
    with town.browser("s-gone") as browser:
        assert browser.get("/desk/").status_code == 201
        town.ledger.accounts.block("s-gone", town.clock())
        assert browser.get("/desk/").status_code == 401
        assert browser.post("/desk/").status_code == 401


def test_a_form_whose_session_has_ended_arrives_as_nobodys(town):
    """The desk gives it back filled; pages and requests of scripts fare as ever."""
    navigation = {"accept": "text/html", "sec-fetch-mode": "navigate"}
    with town.browser() as browser:
        seen = browser.post("/desk/edit/a/", data={"body": "typed"}, headers=navigation).json()
        assert (seen["account"], seen["session"], seen["csrf"]) == (None, "", "")
        assert seen["body"] == "body=typed"
        for_script = {"accept": "text/html", "sec-fetch-mode": "cors"}
        assert browser.post("/desk/edit/a/", headers=for_script).status_code == 401
        led = browser.get("/desk/edit/a/", headers=navigation)
        assert led.headers["location"] == "/oauth2/sign-in?return=/desk/edit/a/"
    town.account("s-left", Role.REVIEWER)
    with town.browser("s-left") as browser:
        town.ledger.accounts.block("s-left", town.clock())
        assert browser.post("/desk/", headers=navigation).json()["account"] is None


def test_a_form_of_another_site_does_not_arrive(town):
    """Cross-site requests (CWE-352)."""
    with town.browser(BORIS) as browser:
        answer = browser.post("/desk/", data={"a": "1"}, headers={"origin": town.address})
        assert answer.json()["body"] == "a=1"
        refused = browser.post(
            "/desk/", data={"a": "1"}, headers={"origin": "https://evil.example"}
        )
        assert refused.status_code == 403
        login = browser.post("/id/", data={"a": "1"}, headers={"sec-fetch-site": "cross-site"})
        assert login.status_code == 403


def test_an_answer_has_the_usual_headers_unless_it_says_otherwise(town):
    usual = town.get(ANNA, "/desk/").headers
    assert usual["cache-control"] == "private, no-store"
    assert usual["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in usual["content-security-policy"]

    own = town.get(ANNA, "/desk/own-headers").headers
    assert own.get_list("cache-control") == ["no-cache"]
    assert own.get_list("x-frame-options") == ["SAMEORIGIN"]


def test_an_accident_gets_a_number_and_tells_nothing(town, caplog):
    answer = town.get(ANNA, "/desk/raise")

    [record] = caplog.records
    assert (answer.status_code, "accident" in answer.text) == (500, False)
    assert record.getMessage() in answer.text
    assert len(record.getMessage()) == 8


def test_an_area_lacking_its_slash_moves_and_one_without_an_application_is_not_there(
    town, shared_village
):
    assert town.get(ANNA, "/desk").headers["location"] == "/desk/"
    assert shared_village.get(ANNA, "/desk/").status_code == 404


def test_an_unreadable_ledger_closes_the_desk_too(tmp_path):
    with Village(tmp_path, apps={Area.DESK: mirror}) as village, village.browser(ANNA) as browser:
        assert browser.get("/desk/").status_code == 201
        with village.ledger.database.deciding() as connection:
            connection.exec_driver_sql("DROP TABLE sessions")
        assert browser.get("/desk/").status_code == 503


def test_a_long_answer_is_cut_when_who_asks_is_not_who_they_were(tmp_path):
    with Village(tmp_path, apps={Area.DESK: mirror}) as town, town.server.connect() as connection:
        cookie = town.cookie(town.session("s-tutor"))
        head = f"GET /desk/long HTTP/1.1\r\nhost: {town.address[7:]}\r\ncookie: {cookie}\r\n\r\n"
        connection.sendall(head.encode())
        got = len(connection.recv(1000))
        town.ledger.accounts.set_rights("s-tutor", [Role.AUDITOR], ())
        got += len(everything(connection))

    assert 0 < got < LONG
