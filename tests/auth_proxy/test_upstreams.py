"""Other services behind the door: what they are told, what they are sent, what comes back."""

from __future__ import annotations

import threading
import time

import pytest

from academy.access import Role
from auth_proxy.sign_in.cookies import Cookie
from auth_proxy.upstreams import Upstream
from tests.auth_proxy.service import PLAIN, Service
from tests.auth_proxy.village import ANNA, BORIS, Village
from tests.serving import everything


@pytest.fixture(scope="module")
def service():
    with Service() as service:
        yield service


@pytest.fixture(scope="module")
def town(service, tmp_path_factory):
    """A village with the service behind its door, at several prefixes with other bounds."""
    bounds = {
        "library": {},
        "staff": {"roles": frozenset({Role.REGISTRAR})},
        "small": {"largest_body": 1000, "largest_answer": 200_000},
        "quick": {"seconds": 0.4},
        "brief": {"longest_seconds": 0.5},
        "deep": {},
    }
    upstreams = [
        Upstream(prefix=f"/{name}/", address=service.address, **more)
        for name, more in bounds.items()
        if name != "deep"
    ]
    upstreams.append(Upstream(prefix="/deep/", address=f"{service.address}/a/b/"))
    upstreams.append(Upstream(prefix="/gone/", address="http://127.0.0.1:1"))
    with Village(tmp_path_factory.mktemp("town"), upstreams=tuple(upstreams)) as village:
        yield village


@pytest.fixture(autouse=True)
def plain(service):
    service.says = PLAIN
    service.heard.clear()


def head(status, *headers):
    """The head of an answer after which the connection ends."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "connection: close", "", ""]).encode()


def request(town, account, first, *headers, body=b""):
    """A request byte by byte, signed in."""
    lines = [
        f"{first} HTTP/1.1",
        f"host: {town.address[7:]}",
        f"cookie: {town.cookie(town.session(account))}",
        "connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def told(service):
    """The identity headers that arrived, with everything that could be taken for one."""
    return {
        name: value
        for name, value in service.asked[1]
        if any(word in name for word in ("cabinet", "forwarded", "user", "remote", "auth"))
        and name != "user-agent"
    }


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


@pytest.mark.parametrize("path", ["/gone/", "/quick/"])
def test_a_service_that_is_not_there_is_told_as_that(town, service, path):
    service.says = lambda connection: connection.recv(1)

    answer = town.get(ANNA, path)

    assert (answer.status_code, service.address in answer.text) == (502, False)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx-bomb: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\x00b\r\n\r\n",
        b"HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n",
    ],
    ids=["nothing", "no http", "odd length", "endless head", "another protocol", "NUL", "999"],
)
def test_an_answer_that_is_none_is_told_as_that(town, service, said):
    service.says = said
    assert town.get(ANNA, "/library/").status_code == 502


def test_answers_without_a_body_keep_their_headers(town, service):
    service.says = head("304 Not Modified", 'ETag: "a"', "content-length: 9")
    answer = town.get(ANNA, "/library/", headers={"if-none-match": '"a"'})
    assert (answer.status_code, answer.headers["etag"], answer.content) == (304, '"a"', b"")

    service.says = head("200 OK", "content-length: 9", "content-type: text/x")
    with town.browser(ANNA) as browser:
        answer = browser.head("/library/")
    assert (answer.status_code, answer.headers["content-length"]) == (200, "9")


def test_a_body_larger_than_the_bound_is_refused(town, service):
    with town.browser(ANNA) as browser:
        assert browser.post("/small/", content=b"x" * 1000).status_code == 200
        assert browser.post("/small/", content=b"x" * 1001).status_code == 413
        assert browser.post("/small/", content=iter([b"x" * 600] * 2)).status_code == 413
    assert len(service.heard) == 1


def test_an_answer_larger_than_the_bound_is_cut(town, service):
    service.says = head("200 OK", "content-length: 300000") + b"x" * 300_000

    answer = town.raw(request(town, ANNA, "GET /small/"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert len(answer) < 250_000


@pytest.mark.parametrize("path", ["/brief/", "/quick/"])
def test_an_answer_that_drips_or_stops_is_cut(town, service, path):
    def drip(connection):
        connection.sendall(head("200 OK", "content-length: 100"))
        for _ in range(100 if path == "/brief/" else 1):
            connection.sendall(b"x")
            time.sleep(0.02)
        connection.recv(1)

    service.says = drip
    began = time.monotonic()

    answer = town.raw(request(town, ANNA, f"GET {path}"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert len(answer.partition(b"\r\n\r\n")[2]) < 100
    assert time.monotonic() - began < 15


def test_pieces_pass_as_they_come(town, service):
    """Nothing waits for the end: the second half is sent when the first has been read."""
    has_first = threading.Event()

    def halves(connection):
        connection.sendall(head("200 OK", "content-type: text/event-stream") + b"first")
        has_first.wait(10)
        connection.sendall(b"second")

    service.says = halves
    with town.browser(ANNA) as browser, browser.stream("GET", "/library/") as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"first"
        has_first.set()
        assert b"".join(pieces) == b"second"


def test_a_body_passes_as_it_comes_however_long_it_takes(town, service):
    """The time to answer begins when the client has sent everything."""

    def slow():
        for _ in range(6):
            yield b"x"
            time.sleep(0.15)

    with town.browser(ANNA) as browser:
        assert browser.put("/quick/", content=slow()).status_code == 200
    assert service.asked[2].count(b"x") == 6


def test_compressed_answers_pass_untouched(town, service):
    service.says = head("200 OK", "content-encoding: br", "content-length: 3") + b"\x01\x02\x03"

    answer = town.raw(request(town, ANNA, "GET /library/", "accept-encoding: br"))

    assert answer.endswith(b"\r\n\r\n\x01\x02\x03")
    assert dict(service.asked[1])["accept-encoding"] == "br"


def test_a_long_answer_is_cut_when_the_right_to_it_ends(town, service):
    town.account("s-leaving", Role.REVIEWER)
    is_blocked = threading.Event()

    def halves(connection):
        connection.sendall(head("200 OK", "content-length: 400000") + b"x" * 200_000)
        is_blocked.wait(10)
        connection.sendall(b"x" * 200_000)

    service.says = halves
    with town.server.connect() as connection:
        connection.sendall(request(town, "s-leaving", "GET /library/"))
        got = len(connection.recv(1000))
        town.ledger.accounts.block("s-leaving", town.clock())
        is_blocked.set()
        got += len(everything(connection))

    assert got < 400_000


def test_who_has_gone_is_not_fetched_for(town, service):
    """A download begun and left costs no more than what was read of it (CWE-405)."""
    has_stopped = threading.Event()

    def endless(connection):
        connection.sendall(head("200 OK", "content-length: 500000000"))
        try:
            for _ in range(500):
                connection.sendall(b"x" * 1_000_000)
        except OSError:
            has_stopped.set()

    service.says = endless
    with town.server.connect() as connection:
        connection.sendall(request(town, ANNA, "GET /library/"))
        connection.recv(1000)

    assert has_stopped.wait(15)


def test_two_people_on_one_connection_are_told_apart(town, service):
    """A kept connection to the service carries nobody's name over to the next."""
    service.says = PLAIN.replace(b"connection: close\r\n", b"")
    for account in (ANNA, BORIS, "s-office"):
        assert town.get(account, "/library/").status_code == 200
        assert told(service)["x-cabinet-account"] == account


def test_a_service_that_hangs_holds_up_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr("auth_proxy.upstreams.MOST_CONNECTIONS", 2)
    is_over = threading.Event()
    with Service(lambda _connection: is_over.wait(20)) as hanging, Service() as other:
        upstreams = (
            Upstream(prefix="/hanging/", address=hanging.address),
            Upstream(prefix="/other/", address=other.address),
        )
        with Village(tmp_path, upstreams=upstreams) as village:
            waiting = [village.server.connect() for _ in range(3)]
            for connection in waiting:
                connection.sendall(request(village, ANNA, "GET /hanging/"))
            assert village.get(ANNA, "/other/").text == "hello"
            is_over.set()
            for connection in waiting:
                assert everything(connection).startswith(b"HTTP/1.1 502")
                connection.close()


def test_a_cookie_that_one_person_is_given_is_not_sent_for_the_next(town, service):
    service.says = head("200 OK", "content-length: 0", "Set-Cookie: lib=of-anna; Path=/")
    assert town.get(ANNA, "/library/").headers["set-cookie"] == "lib=of-anna; Path=/"

    assert town.get(BORIS, "/library/").status_code == 200
    assert b"of-anna" not in service.heard[-1]


def test_who_leaves_while_sending_is_no_failure_of_the_service(town, service, caplog):
    with town.server.connect() as connection:
        connection.sendall(request(town, ANNA, "PUT /library/", "content-length: 9", body=b"x"))
    time.sleep(0.1)

    assert town.get(ANNA, "/library/").status_code == 200
    assert (len(service.heard), caplog.messages) == (1, [])


@pytest.mark.parametrize("query", ["a=\x7f", "a=\xff\xfe", "a=" + "b" * 20_000, 'a=|`{}"<>^\\'])
def test_odd_queries_arrive_or_are_refused(town, query):
    answer = town.raw(request(town, ANNA, f"GET /library/?{query}"))
    assert answer[9:12] in (b"200", b"400", b"404")
