"""Attacks on the door, byte by byte over real sockets, each named after its source."""

from __future__ import annotations

import logging
import os
import socket
import time

import pytest

from auth_proxy.sending import PIECE
from tests.auth_proxy.test_paths import NOWHERE
from tests.auth_proxy.village import ANNA, BORIS, LARGE, PNG

PICTURE = f"/c/{ANNA}/portfolio/works/sad/plan.png"
FILM = f"/c/{ANNA}/portfolio/works/sad/film.bin"
SECRET = f"owner {BORIS}".encode()


def request(village, target, *headers, account=ANNA, host=None, method=b"GET"):
    """A request of somebody who is signed in, as bytes."""
    lines = [
        method + b" " + target + b" HTTP/1.1",
        b"host: " + (village.address[7:].encode() if host is None else host),
        b"connection: close",
        *headers,
    ]
    if account is not None:
        lines.append(b"cookie: " + village.cookie(village.session(account)).encode())
    return b"\r\n".join([*lines, b"", b""])


def status(answer):
    return int(answer[9:12]) if answer else 0


def test_the_request_that_all_these_are_made_of_is_answered(shared_village):
    answer = shared_village.raw(request(shared_village, f"/c/{BORIS}/".encode(), account=BORIS))
    assert (status(answer), SECRET in answer) == (200, True)


@pytest.mark.parametrize(("raw", "source"), NOWHERE)
def test_path_tricks_lead_nowhere(shared_village, raw, source):
    """Behind the own cabinet, so that only the trick could lead out of it."""
    for target in (raw, f"/c/{ANNA}/".encode() + raw.removeprefix(b"/c/")):
        if target.strip(b"/").endswith(ANNA.encode()):
            continue  # Nothing of the trick is left.
        answer = shared_village.raw(request(shared_village, target))
        assert status(answer) in (0, 400, 404, 421), source
        assert b"owner" not in answer, source


@pytest.mark.parametrize(
    "way",
    [b"/../", b"/%2e%2e/", b"/%2E%2E/", b"/..%2f", b"/.%2e/", b"/%252e%252e/", b"/..;/", b"\\..\\",
     b"/%5c..%5c", b"/./../", b"//../", b"/%c0%ae%c0%ae/", b"/..%00/", b"/..%0d/", b"/ ../",
     b"/%u002e%u002e/"],
)  # fmt: skip
def test_no_step_up_leads_from_the_own_cabinet_to_another(shared_village, way):
    """CWE-22; our own trial: `/a/%2e%2e/b/` gave the page of b."""
    target = f"/c/{ANNA}".encode() + way + BORIS.encode() + b"/"
    answer = shared_village.raw(request(shared_village, target))
    assert (status(answer) in (0, 400, 404), SECRET in answer) == (True, False)


@pytest.mark.parametrize(
    ("target", "host", "expected"),
    [
        (b"http://evil.example/c/", None, 404),
        (b"http://evil.example/c/", b"evil.example", 421),
        (b"/c/", b"evil.example", 421),
        (b"/c/", b"", 421),
        (b"/c/", b"127.0.0.1", 421),
        (b"//evil.example/c/", None, 404),
        (b"/oauth2/sign-in", b"evil.example", 421),
    ],
)
def test_no_host_that_a_client_makes_up_is_believed_or_repeated(
    shared_village, target, host, expected
):
    """Host poisoning (CWE-644), absolute form (RFC 9112, 3.2.2)."""
    more = (b"x-forwarded-host: evil.example", b"forwarded: host=evil.example",
            b"x-original-url: /evil.example", b"x-host: evil.example")  # fmt: skip
    answer = shared_village.raw(request(shared_village, target, *more, host=host))
    assert (status(answer), b"evil.example" in answer) == (expected, False)


def test_two_hosts_are_none(shared_village):
    second = b"host: " + shared_village.address[7:].encode()
    answer = shared_village.raw(request(shared_village, b"/", second, host=b"evil.example"))
    assert status(answer) in (400, 421)


TRICKS = {
    "two of one name (cookie tossing)": ["{name}={token}; {name}={other}"],
    "two headers": ["{name}={token}", "{name}={other}"],
    "the same one twice": ["{name}={token}; {name}={token}"],
    "another case": ["Loopback-Session={token}"],
    "quotes": ['{name}="{token}"'],
    "a space in the name": ["{name} ={token}"],
    "the prefix of TLS on plain loopback": ["__Host-session={token}"],
    "no name": ["={name}={token}"],
    "a comma for a semicolon": ["a=b, {name}={token}"],
    "attributes inside (RFC 2965)": ["$Version=1; {name}={token}$Path=/"],
    "one character more": ["{name}={token}A"],
    "escaped": ["{name}=%41{token}"],
    "odd bytes": ["{name}={token}\xff"],
    "a tab": ["{name}=\t{token}"],
    "SQL": ["{name}=' OR 1=1 --"],
    "seven thousand of others": ["a=b;" * 7000],
    "another header": ["a=b\r\nx-cookie: {name}={token}"],
}
"""Every odd way to bring a session that is really there."""


@pytest.mark.parametrize("trick", TRICKS)
def test_cookie_tricks_sign_nobody_in(shared_village, trick):
    """CWE-784, CWE-1275; "Cookies lack integrity" (USENIX Security 2015)."""
    name, _, token = shared_village.cookie(shared_village.session(ANNA)).partition("=")
    other = shared_village.session(BORIS)
    headers = [
        b"cookie: " + value.format(name=name, token=token, other=other).encode("latin-1")
        for value in TRICKS[trick]
    ]

    answer = shared_village.raw(
        request(shared_village, f"/c/{ANNA}/".encode(), *headers, account=None)
    )

    assert (status(answer), b"owner" in answer) == (401, False)


@pytest.mark.parametrize(
    "header",
    [
        b"bytes=" + b",".join(b"%d-" % place for place in range(1300)),
        b"bytes=" + b"0-," * 5000,
        b"bytes=0-0,1-1,2-2",
        b"bytes=" + b"9" * 8000 + b"-",
        b"bytes=-" + b"9" * 8000,
        b"bytes=0-18446744073709551615",
        b"bytes=\xff-",
    ],
    ids=[
        "1300 ranges",
        "open ranges",
        "three ranges",
        "far beyond",
        "far back",
        "2^64",
        "no digits",
    ],
)
def test_range_bombs_are_answered_with_the_whole_or_nothing_odd(shared_village, header):
    """CVE-2011-3192 (Apache), CVE-2015-1635 (IIS)."""
    answer = shared_village.raw(request(shared_village, PICTURE.encode(), b"range: " + header))
    assert status(answer) in (200, 206, 416)
    assert len(answer) < len(PNG) + 3000
    assert b"multipart" not in answer


@pytest.mark.parametrize(
    "header",
    [
        b"if-none-match: " + b'"a",' * 7000,
        b"if-none-match: " + b'W/"' * 9000,
        b"accept-encoding: " + b"gzip;q=0.1," * 2500,
        b"accept-language: " + b"ru;q=0.1," * 3000,
        b"accept-language: " + b"-" * 29_000,
        b"accept: " + b"text/html," * 2900,
        b"x-forwarded-for: " + b"1.2.3.4," * 3500,
        b"if-range: " + b'"' * 29_000,
        b"connection: " + b"close," * 4500,
        b"content-length: 0\r\n" + b"\r\n".join(b"x-%d: 1" % one for one in range(2500)),
    ],
    ids=lambda header: header[:20].decode(),
)
def test_header_bombs_cost_nothing(shared_village, header):
    """CWE-400, CWE-1333: just below what the server takes, each into another parser."""
    answer = shared_village.raw(request(shared_village, f"/c/{ANNA}/".encode(), header))
    assert status(answer) == 200


@pytest.mark.parametrize("method", [b"TRACE", b"CONNECT", b"PROPFIND", b"get", b"G\x00T", b"PURGE"])
def test_methods_that_nobody_needs(shared_village, method):
    """Cross-site tracing (CWE-693) and the like."""
    answer = shared_village.raw(request(shared_village, PICTURE.encode(), method=method))
    assert status(answer) in (0, 400, 404, 405, 421)
    assert b"PNG" not in answer


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"PATCH", b"DELETE"])
def test_a_cabinet_is_read_only(shared_village, method):
    answer = shared_village.raw(
        request(shared_village, PICTURE.encode(), b"content-length: 0", method=method)
    )
    assert status(answer) == 405


HOSTILE = "\r\n2026-11-24 ERROR cabinet: forged \x1b[31m\u2028"


def test_log_injection_nothing_that_a_client_writes_stands_in_a_log_as_written(
    village, caplog, capfd
):
    """CWE-117: a line of a client's own, colours of the terminal, characters that break a line."""
    caplog.set_level(logging.DEBUG)
    escaped = "".join(f"%{byte:02X}" for byte in HOSTILE.encode())
    odd = HOSTILE.replace("\r\n", " ").encode()
    for target in (
        f"/c/{ANNA}/{escaped}",
        f"/c/{ANNA}/?{escaped}",
        f"/{escaped}",
        f"/s/{'k' * 43}/{escaped}",
        f"/c/{ANNA}/forged%20%E2%80%A8",
    ):
        village.raw(
            request(
                village,
                target.encode(),
                b"user-agent: " + odd,
                b"referer: " + odd,
                b"x-forwarded-for: " + odd,
                b"accept-language: " + odd,
            )
        )
    with village.ledger.database.deciding() as connection:
        connection.exec_driver_sql("DROP TABLE sessions")
    village.raw(request(village, f"/c/{ANNA}/".encode(), b"user-agent: " + odd, account=None))

    printed = "".join(capfd.readouterr()) + caplog.text
    assert "forged" not in printed
    for _, path, *_ in village.written():
        assert path.isprintable()


def test_a_download_that_is_left_is_not_read_to_its_end(shared_village, monkeypatch):
    """CWE-405: whoever begins and leaves many downloads costs what was sent of them."""
    pieces, pread = [], os.pread

    def counted(*told):
        pieces.append(told)
        return pread(*told)

    monkeypatch.setattr(os, "pread", counted)
    for _ in range(3):
        with shared_village.server.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request(shared_village, FILM.encode()))
            connection.recv(1000)
    before = -1
    while len(pieces) != before:
        before = len(pieces)
        time.sleep(0.2)
    assert len(pieces) < 3 * len(LARGE) / PIECE * 0.9
