"""What may change something: only what comes from a page of ours (CWE-352)."""

from __future__ import annotations

import pytest

from auth_proxy.origins import is_from_here

OWN = b"https://cabinet.example.org"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_may_come_from_anywhere(method):
    assert is_from_here(method, own=OWN, origin=b"https://evil.example", fetch_site=b"cross-site")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post", "get", "TRACE", ""])
@pytest.mark.parametrize(
    ("origin", "fetch_site", "may"),
    [
        (OWN, b"same-origin", True),
        (OWN, None, True),
        (None, b"same-origin", True),
        (None, b"none", True),
        (None, None, True),
        (b"null", b"same-origin", True),
        (b"null", None, False),
        (b"null", b"none", False),
        (b"null", b"cross-site", False),
        (None, b"cross-site", False),
        (None, b"same-site", False),
        (None, b"SAME-ORIGIN", False),
        (None, b"", False),
        (OWN, b"cross-site", False),
        (OWN, b"same-origin, cross-site", False),
        (b"", None, False),
        (b"http://cabinet.example.org", None, False),
        (b"https://cabinet.example.org:8443", None, False),
        (b"https://cabinet.example.org/", None, False),
        (b"https://cabinet.example.org.evil.example", b"same-origin", False),
        (b"https://evil.example", b"same-origin", False),
        (b"https://evil.example, https://cabinet.example.org", None, False),
        (b"HTTPS://CABINET.EXAMPLE.ORG", None, False),
    ],
)
def test_changing_comes_from_our_own_origin(method, origin, fetch_site, may):
    assert is_from_here(method, own=OWN, origin=origin, fetch_site=fetch_site) is may
