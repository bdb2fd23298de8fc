"""Other services behind the door: how much, how long, and what becomes of it midway."""

from __future__ import annotations

import threading
import time

import pytest

from academy.access import Role
from auth_proxy.upstreams import Upstream
from tests.auth_proxy.service import Service, head, request
from tests.auth_proxy.village import ANNA, Village
from tests.serving import everything


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


def test_who_leaves_while_sending_is_no_failure_of_the_service(town, service, caplog):
    with town.server.connect() as connection:
        connection.sendall(request(town, ANNA, "PUT /library/", "content-length: 9", body=b"x"))
    time.sleep(0.1)

    assert town.get(ANNA, "/library/").status_code == 200
    assert (len(service.heard), caplog.messages) == (1, [])
