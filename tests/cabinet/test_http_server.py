"""Slow and endless requests over real sockets (Slowloris, CWE-400; header bombs, CWE-770)."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

import pytest

from cabinet import http_server
from tests.serving import Server, everything

REQUEST = b"GET /a HTTP/1.1\r\nhost: x\r\n"


async def echo(scope, receive, send):
    """Answers with the path as it came, once the body is there."""
    if scope["type"] == "lifespan":
        return
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message["more_body"]
    body = scope["raw_path"]
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(http_server, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(http_server, "BODY_SECONDS", 0.6)
    with Server(echo) as running:
        yield running


def status(answer):
    """The status line of an answer; nothing when the connection was closed without one."""
    return answer.partition(b"\r\n")[0]


def test_a_request_in_time_is_answered(server):
    with server.connect() as connection:
        connection.sendall(REQUEST + b"connection: close\r\n\r\n")
        assert everything(connection).endswith(b"\r\n\r\n/a")


def test_several_requests_share_a_connection(server):
    with server.connect() as connection:
        connection.sendall((REQUEST + b"\r\n") * 3 + REQUEST + b"connection: close\r\n\r\n")
        assert everything(connection).count(b"200 OK") == 4


@pytest.mark.parametrize("first", [b"", b"\r\n", b"G", REQUEST, REQUEST + b"x-a: "])
def test_who_does_not_end_a_head_is_sent_away(server, first):
    with server.connect() as connection:
        connection.sendall(first)
        assert status(everything(connection)) == b"HTTP/1.1 408 Request Timeout"


def test_who_does_not_end_a_second_head_is_sent_away(server):
    with server.connect() as connection:
        connection.sendall(REQUEST + b"\r\n" + REQUEST)
        assert everything(connection).count(b"HTTP/1.1 408") == 1


def test_a_head_that_drips_is_not_waited_for_longer(server):
    with server.connect() as connection:
        connection.sendall(REQUEST)
        connection.settimeout(0.05)
        answer = b""
        while not answer:
            connection.sendall(b"x-drop: 1\r\n")
            with suppress(TimeoutError):
                answer = connection.recv(64)
        assert status(answer) == b"HTTP/1.1 408 Request Timeout"


def test_an_endless_head_is_refused(server):
    with server.connect() as connection:
        connection.sendall(REQUEST + b"x-bomb: " + b"a" * (http_server.HEAD_BYTES + 1))
        assert status(everything(connection)).startswith(b"HTTP/1.1 431")


def test_ten_thousand_headers_are_refused(server):
    with server.connect() as connection:
        connection.sendall(REQUEST + b"".join(b"x-%d: 1\r\n" % number for number in range(9999)))
        assert status(everything(connection)).startswith(b"HTTP/1.1 431")


def test_a_whole_head_above_the_bound_is_refused_even_when_it_comes_at_once(server):
    with server.connect() as connection:
        connection.sendall(REQUEST + b"x-bomb: " + b"a" * http_server.HEAD_BYTES + b"\r\n\r\n")
        assert b" 200 " not in status(everything(connection))


CHUNKED = REQUEST.replace(b"GET", b"POST") + b"transfer-encoding: chunked\r\n\r\n1\r\na\r\n"


@pytest.mark.parametrize(
    "more",
    [b"0\r\nx-bomb: ", b"0\r\n" + b"x-a: 1\r\n" * 10 + b"x-b: ", b"1;extension="],
    ids=["one trailer", "many trailers", "an extension of a chunk"],
)
def test_endless_trailers_and_extensions_are_refused(more):
    """CWE-770; CVE-2023-39326 (Go), CVE-2021-33193: what follows a body is bounded as well."""
    with Server(echo) as server, server.connect() as connection:
        connection.sendall(CHUNKED + more)
        assert flood(connection) < 100


def flood(connection):
    """Send without an end; gives how many pieces it took until nobody listened."""
    for sent in range(200):
        try:
            connection.sendall(b"a" * 65536)
        except OSError:
            return sent
        time.sleep(0.001)
    return 200


def test_trailers_never_become_headers():
    """RFC 9110, 6.5.1: what comes after the body cannot say who asked, or for which host."""
    seen = []

    async def note(scope, receive, send):
        await echo(scope, receive, send)
        seen.extend(scope.get("headers", ()))

    trailers = b"0\r\nCookie: a=b\r\nHost: evil.example\r\nX-Cabinet-Account: s-office\r\n\r\n"
    with Server(note) as server, server.connect() as connection:
        connection.sendall(CHUNKED + trailers + REQUEST + b"connection: close\r\n\r\n")
        assert everything(connection).count(b"200 OK") == 2
    assert {name for name, _ in seen} == {b"host", b"transfer-encoding", b"connection"}
    assert {value for name, value in seen if name == b"host"} == {b"x"}


def test_a_body_that_stops_is_not_waited_for(server):
    with server.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc")
        assert everything(connection) == b""


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/a?b", b"/a"),
        (b"http://other.example/a", b"http://other.example/a"),
        (b"/a#b", b"/a#b"),
        (b"/%2e%2e/a", b"/%2e%2e/a"),
    ],
)
def test_the_path_arrives_as_it_was_written(server, target, path):
    with server.connect() as connection:
        request = b"GET " + target + b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        connection.sendall(request)
        assert everything(connection).endswith(b"\r\n\r\n" + path)


@pytest.mark.parametrize(
    "request_",
    [
        REQUEST + b"content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"content-length: 3\r\ncontent-length: 4\r\n\r\nabcd",
        REQUEST + b"transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        REQUEST + b"x y: z\r\n\r\n",
        REQUEST + b" folded: z\r\n\r\n",
        REQUEST + b"x: a\x00b\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
    ids=["both lengths", "two lengths", "odd coding", "space in a name", "folding", "NUL",
         "version", "TLS"],
)  # fmt: skip
def test_requests_that_two_servers_could_read_differently_are_refused(server, request_):
    """Request smuggling: CWE-444; RFC 9112, 6.1 and 11.2."""
    with server.connect() as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        assert b" 200 " not in status(everything(connection))
