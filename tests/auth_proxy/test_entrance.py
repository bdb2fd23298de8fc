"""Whether a request belongs here: one host, one transport (CWE-644; DNS rebinding)."""

from __future__ import annotations

import pytest

from auth_proxy.asking import Asking
from auth_proxy.entrance import Entrance
from auth_proxy.forwarded import TrustedProxies

SITE = "https://cabinet.example.org"
PLAIN = "http://127.0.0.1:8080"


def elsewhere(address, host, *, method="GET", scheme=None, path=b"/c/a/", query=b"", headers=()):
    """Where a request is sent: "" when it is refused, None when it is here."""
    entrance = Entrance(address, TrustedProxies(["10.0.0.1"]))
    hosts = [] if host is None else [(b"host", one) for one in host.split(b"|")]
    scope = {
        "method": method,
        "scheme": scheme or address.partition(":")[0],
        "path": path.decode("latin-1"),
        "raw_path": path,
        "query_string": query,
        "client": ("10.0.0.1" if headers else "192.0.2.7", 5),
        "headers": [*hosts, *headers],
    }
    asking = Asking(scope, receive=None)
    asking.client = entrance.client(asking)
    return entrance.elsewhere(asking)


@pytest.mark.parametrize("host", [b"cabinet.example.org", b"CABINET.example.ORG"])
def test_the_one_host_is_here(host):
    assert elsewhere(SITE, host) is None
    assert elsewhere(SITE, host, method="POST") is None


@pytest.mark.parametrize(
    "host",
    [
        None,
        b"",
        b"evil.example",
        b"cabinet.example.org.evil.example",
        b"cabinet.example.org:8443",
        b"cabinet.example.org:443",
        b"cabinet.example.org.",
        b"cabinet.example.org@evil.example",
        b"cabinet.example.org|evil.example",
        b"evil.example|cabinet.example.org",
        b"cabinet.example.org, evil.example",
        b" cabinet.example.org",
        b"cabinet.example.org\xff",
        b"127.0.0.1",
        b"localhost",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_other_host_is_refused_and_never_repeated(host, method):
    assert elsewhere(SITE, host, method=method) == ""


@pytest.mark.parametrize("alias", [b"localhost:8080", b"[::1]:8080", b"LOCALHOST:8080"])
def test_another_name_of_this_machine_leads_to_the_one_that_was_printed(alias):
    assert elsewhere(PLAIN, alias, path=b"/desk/", query=b"a=1") == f"{PLAIN}/desk/?a=1"
    assert elsewhere(PLAIN, alias, method="POST") == ""


@pytest.mark.parametrize(
    "host",
    [b"127.0.0.1", b"127.0.0.1:8081", b"127.0.0.2:8080", b"evil.example:8080", b"localhost",
     b"localhost.evil.example:8080", b"2130706433:8080", b"0.0.0.0:8080"],
)  # fmt: skip
def test_no_other_name_finds_this_machine(host):
    """DNS rebinding: a page of another host, whose name suddenly means loopback."""
    assert elsewhere(PLAIN, host) == ""


def test_what_came_in_the_open_is_led_to_tls_and_nothing_is_taken_from_it():
    host = b"cabinet.example.org"
    assert elsewhere(SITE, host, scheme="http", query=b"a=1") == f"{SITE}/c/a/?a=1"
    assert elsewhere(SITE, host, scheme="http", method="POST") == ""


@pytest.mark.parametrize(
    ("path", "query", "place"),
    [
        (b"//evil.example/", b"", f"{SITE}//evil.example/"),
        (b"/\\evil.example", b"", f"{SITE}/\\evil.example"),
        (b"http://evil.example/", b"", ""),
        (b"@evil.example/", b"", ""),
        (b"/\xff", b"", ""),
        (b"/", b"\xff", ""),
    ],
)
def test_no_way_to_write_a_path_leads_to_another_host(path, query, place):
    found = elsewhere(SITE, b"cabinet.example.org", scheme="http", path=path, query=query)
    assert found == place


@pytest.mark.parametrize(
    ("proto", "place"),
    [
        (b"https", None),
        (b"HTTPS", None),
        (b"http", f"{SITE}/c/a/"),
        (b"https, http", f"{SITE}/c/a/"),
        (b"", f"{SITE}/c/a/"),
    ],
)
def test_a_declared_proxy_says_whether_it_was_asked_over_tls(proto, place):
    headers = [(b"x-forwarded-proto", proto), (b"x-forwarded-host", b"evil.example")]
    assert elsewhere(SITE, b"cabinet.example.org", scheme="http", headers=headers) == place
