"""Who is asking, with and without a trusted proxy in front."""

from __future__ import annotations

import pytest

from auth_proxy.forwarded import Client, TrustedProxies

SPOOFED = {b"x-forwarded-for": b"10.9.9.9", b"x-forwarded-proto": b"https"}


def test_nobody_is_believed_unless_declared():
    assert TrustedProxies().client("192.0.2.7", "http", SPOOFED) == Client("192.0.2.7", False)


def test_an_undeclared_peer_is_not_believed():
    trusted = TrustedProxies(["127.0.0.1"])
    assert trusted.client("192.0.2.7", "http", SPOOFED) == Client("192.0.2.7", is_secure=False)


@pytest.mark.parametrize(
    ("named", "host"),
    [
        (b"192.0.2.7", "192.0.2.7"),
        (b"6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (b"6.6.6.6, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (b"2001:db8::1", "2001:db8::1"),
        (b"10.0.0.2", "10.0.0.1"),
        (b"", "10.0.0.1"),
        (b"evil\x1b[31m", "10.0.0.1"),
        (b"fe80::1%\x1b[31m", "10.0.0.1"),
        (b"192.0.2.7, " * 4000, "10.0.0.1"),
    ],
)
def test_a_declared_proxy_names_the_client(named, host):
    headers = {b"x-forwarded-for": named, b"x-forwarded-proto": b"https"}

    client = TrustedProxies(["10.0.0.0/24"]).client("10.0.0.1", "http", headers)

    assert client == Client(host, is_secure=True)


def test_a_declared_proxy_tells_of_plain_requests():
    headers = {b"x-forwarded-proto": b"http"}
    client = TrustedProxies(["127.0.0.1"]).client("127.0.0.1", "http", headers)
    assert client == Client("127.0.0.1", is_secure=False)


def test_what_is_no_address_cannot_be_declared():
    with pytest.raises(ValueError, match="does not appear"):
        TrustedProxies(["proxy.example"])
