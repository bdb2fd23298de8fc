"""Other services behind the door: what they are told, and what of their answers comes back."""

from __future__ import annotations

import pytest

from auth_proxy.sign_in.cookies import Cookie
from tests.auth_proxy.service import PLAIN, head, request, told
from tests.auth_proxy.village import ANNA, BORIS


def test_who_asks_is_told_and_the_answer_comes_back(town, service):
    answer = town.get("s-tutor", "/library/shelf/1?q=a%20b&c")

    assert (answer.status_code, answer.text) == (200, "hello")
    assert service.asked[0] == "GET /shelf/1?q=a%20b&c HTTP/1.1"
    assert told(service) == {
        "x-cabinet-account": "s-tutor",
        "x-cabinet-roles": "reviewer",
        "x-cabinet-groups": "g1",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-host": town.address[7:],
        "x-forwarded-proto": "http",
        "x-forwarded-prefix": "/library",
    }
    assert dict(service.asked[1])["host"] == service.address[7:]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/library/", "/"),
        ("/deep/", "/a/b/"),
        ("/deep/c", "/a/b/c"),
        ("/library/%D0%A1%D0%B0%D0%B4%20(1).png", "/%D0%A1%D0%B0%D0%B4%20%281%29.png"),
        ("/library/?", "/"),
    ],
)
def test_the_prefix_is_put_in_place_of_the_address(town, service, path, target):
    assert town.get(ANNA, path).status_code == 200
    assert service.asked[0] == f"GET {target} HTTP/1.1"


SPELLINGS = [
    "X-Cabinet-Account",
    "x-cabinet-account",
    "X-CABINET-ACCOUNT",
    "X_Cabinet_Account",
    "X-Cabinet_Account",
    "x_cabinet-account",
    "X.Cabinet.Account",
    "X-Cabinet.Account",
    "X!Cabinet!Account",
    "X~Cabinet-Account",
    "X-Cabinet-Account-Extra",
    "X-Cabinet-Roles",
    "X_CABINET_ROLES",
    "X-Forwarded-User",
    "X_Forwarded_For",
    "X-Remote-User",
    "Remote-User",
    "Remote_User",
    "Remote-Groups",
    "X-Auth-Request-Email",
    "X-Authenticated-User",
    "X-User-Id",
    "X-WebAuth-User",
    "Proxy-Authorization",
    "Authorization",
]


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_of_an_identity_header_arrives(town, service, name):
    """Header spoofing (CWE-290; `_` and other marks read as `-` by CGI, WSGI and PHP)."""
    answer = town.raw(request(town, ANNA, "GET /library/", f"{name}: s-office", "x-harmless: 1"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert b"s-office" not in service.heard[-1]
    assert dict(service.asked[1])["x-harmless"] == "1"
    assert told(service)["x-cabinet-account"] == ANNA


@pytest.mark.parametrize(
    ("header", "source"),
    [
        ("Proxy: http://evil.example", "httpoxy (CVE-2016-5385)"),
        ("Forwarded: for=evil.example", "RFC 7239"),
        ("X-Forwarded-Host: evil.example", "host poisoning (CWE-644)"),
        ("X-Host: evil.example", "host poisoning"),
        ("X-Original-URL: /evil.example", "rewritten paths (Symfony, CVE-2018-14773)"),
        ("X-Rewrite-URL: /evil.example", "rewritten paths (CVE-2018-14773)"),
        ("X-HTTP-Method-Override: DELETE evil.example", "a GET that is no GET"),
        ("Via: 1.1 evil.example", "RFC 9110, 7.6.3"),
        ("X-Real-IP: evil.example", "addresses (CWE-348)"),
        ("Client-IP: evil.example", "addresses"),
        ("True-Client-IP: evil.example", "addresses"),
        ("Upgrade: evil.example", "RFC 9110, 7.8: h2c smuggling"),
        ("HTTP2-Settings: evil.example", "h2c smuggling"),
        ("TE: evil.example", "RFC 9110, 10.1.4"),
        ("Trailer: evil.example", "RFC 9110, 6.6.2"),
        ("Keep-Alive: evil.example", "RFC 9110, 7.6.1"),
        ("X-Own: evil.example\r\nConnection: x-own", "RFC 9110, 7.6.1: named by Connection"),
    ],
)
def test_what_belongs_to_one_connection_or_lies_about_it_does_not_arrive(
    town, service, header, source
):
    answer = town.raw(request(town, ANNA, "GET /library/", header))

    assert answer.startswith(b"HTTP/1.1 200"), source
    assert b"evil.example" not in service.heard[-1], source


def test_a_client_cannot_have_our_headers_dropped(town, service):
    """Abuse of hop-by-hop headers: `Connection` names what the next server shall not get."""
    named = "connection: x-cabinet-account, x-forwarded-for, host, cookie"
    town.raw(request(town, ANNA, "GET /library/", named))

    assert told(service)["x-cabinet-account"] == ANNA
    assert told(service)["x-forwarded-for"] == "127.0.0.1"
    assert "host" in dict(service.asked[1])


def test_cookies_of_the_service_arrive_and_ours_do_not(town, service):
    with town.browser() as browser:
        token = town.session(ANNA)
        name = town.jar.name(Cookie.SESSION)
        cookie = f"lib=1; {name}={token}; __Host-session=x; LOOPBACK-browser=y; theme=dark"
        assert browser.get("/library/", headers={"cookie": cookie}).status_code == 200

    assert dict(service.asked[1])["cookie"] == "lib=1; theme=dark"
    assert token.encode() not in service.heard[-1]


def test_a_service_sets_its_own_cookies_and_none_of_ours(town, service):
    """Session fixation from behind (CWE-384); a cookie without a name is one (CVE-2022-2860)."""
    name = town.jar.name(Cookie.SESSION)
    service.says = head(
        "204 No Content",
        "Set-Cookie: lib=2; Path=/library/",
        f"Set-Cookie: {name}=fixed; Path=/",
        f"SET-COOKIE:   {name.upper()}=fixed",
        f"Set-Cookie: ={name}=fixed",
        "Set-Cookie: \t= __Host-session=fixed",
        "Set-Cookie: __Secure-x=fixed",
    )
    answer = town.get(ANNA, "/library/")

    assert answer.headers.get_list("set-cookie") == ["lib=2; Path=/library/"]


def test_headers_of_an_answer_that_are_none_of_its_business_stay_behind(town, service):
    service.says = head(
        "200 OK",
        "content-length: 0",
        "X-Accel-Redirect: /_sites/bbbbbbbbbb/objects/0",
        "X-Accel-Buffering: yes",
        "X-Sendfile: /etc/passwd",
        "Strict-Transport-Security: max-age=0",
        "Clear-Site-Data: *",
        "Service-Worker-Allowed: /",
        "Server: evil",
        "X-Powered-By: evil",
        "Keep-Alive: timeout=9",
        "X-Own: 1",
        "X-Once: 1",
        "Connection: x-once",
    )
    answer = town.get(ANNA, "/library/")

    assert (answer.status_code, answer.headers["x-own"]) == (200, "1")
    assert not {
        "x-accel-redirect", "x-accel-buffering", "x-sendfile", "strict-transport-security",
        "clear-site-data", "service-worker-allowed", "server", "x-powered-by", "keep-alive",
        "x-once",
    } & set(answer.headers)  # fmt: skip


def test_an_answer_that_says_nothing_about_it_is_not_kept_nor_framed(town, service):
    answer = town.get(ANNA, "/library/")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"

    service.says = head("200 OK", "content-length: 0", "Cache-Control: max-age=60")
    assert town.get(ANNA, "/library/").headers.get_list("cache-control") == ["max-age=60"]


@pytest.mark.parametrize(
    ("said", "location"),
    [
        ("{0}/shelf/2?x=1", "/library/shelf/2?x=1"),
        ("/library/shelf/2", "/library/shelf/2"),
        ("https://other.example/", "https://other.example/"),
        ("{0}@evil.example/", "{0}@evil.example/"),
    ],
)
def test_redirects_within_the_service_stay_behind_its_prefix(town, service, said, location):
    line = f"Location: {said.format(service.address)}"
    service.says = head("302 Found", line, "content-length: 0")

    answer = town.get(ANNA, "/library/")

    assert (answer.status_code, answer.headers["location"]) == (
        302,
        location.format(service.address),
    )


@pytest.mark.parametrize(
    ("account", "path", "status"),
    [
        (None, "/library/", 401),
        (ANNA, "/library/", 200),
        ("s-guest", "/library/", 200),
        ("s-none", "/library/", 404),
        ("s-office", "/staff/", 200),
        ("s-tutor", "/staff/", 404),
        (ANNA, "/staff/", 404),
        (ANNA, "/library", 404),
        (ANNA, "/Library/", 404),
        (ANNA, "/library//", 404),
        (ANNA, "/library/%2e%2e/", 404),
        (ANNA, "/library/a%2fb", 404),
    ],
)
def test_who_is_let_through(town, service, account, path, status):
    assert town.get(account, path).status_code == status
    assert bool(service.heard) is (status == 200)


def test_nobody_is_led_to_the_sign_in_and_back(town):
    answer = town.get(None, "/library/a?b=1", headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/oauth2/sign-in?return=/library/a%3Fb%3D1",
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_changes_something_comes_from_a_page_of_ours(town, service, method):
    """Cross-site requests (CWE-352): the service need not have a lock of its own."""
    with town.browser(ANNA) as browser:
        ours = {"origin": town.address, "sec-fetch-site": "same-origin"}
        assert browser.request(method, "/library/", content=b"x", headers=ours).status_code == 200
        assert service.asked[2] == b"x"
        for theirs in (
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": town.address, "sec-fetch-site": "cross-site"},
            {"origin": f"{town.address}.evil.example"},
        ):
            refused = browser.request(method, "/library/", content=b"x", headers=theirs)
            assert refused.status_code == 403
    assert len(service.heard) == 1


def test_two_people_on_one_connection_are_told_apart(town, service):
    """A kept connection to the service carries nobody's name over to the next."""
    service.says = PLAIN.replace(b"connection: close\r\n", b"")
    for account in (ANNA, BORIS, "s-office"):
        assert town.get(account, "/library/").status_code == 200
        assert told(service)["x-cabinet-account"] == account


def test_a_cookie_that_one_person_is_given_is_not_sent_for_the_next(town, service):
    service.says = head("200 OK", "content-length: 0", "Set-Cookie: lib=of-anna; Path=/")
    assert town.get(ANNA, "/library/").headers["set-cookie"] == "lib=of-anna; Path=/"

    assert town.get(BORIS, "/library/").status_code == 200
    assert b"of-anna" not in service.heard[-1]


@pytest.mark.parametrize("query", ["a=\x7f", "a=\xff\xfe", "a=" + "b" * 20_000, 'a=|`{}"<>^\\'])
def test_odd_queries_arrive_or_are_refused(town, query):
    answer = town.raw(request(town, ANNA, f"GET /library/?{query}"))
    assert answer[9:12] in (b"200", b"400", b"404")
