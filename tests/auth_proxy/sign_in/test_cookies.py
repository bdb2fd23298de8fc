"""Cookie tricks: names, attributes, doubles and odd bytes."""

from __future__ import annotations

import pytest

from auth_proxy.sign_in.cookies import Cookie, Jar, is_token, new_token

SECURE, LOOPBACK = Jar(is_secure=True), Jar(is_secure=False)
TOKEN = "A" * 42 + "_"


def headers(*values):
    return [(b"cookie", value if isinstance(value, bytes) else value.encode()) for value in values]


def test_over_tls_a_cookie_belongs_to_this_host_alone():
    assert SECURE.set(Cookie.SESSION, TOKEN) == (
        f"__Host-session={TOKEN}; Path=/; HttpOnly; SameSite=Lax; Secure"
    )
    assert SECURE.forget(Cookie.SESSION) == (
        "__Host-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure"
    )


def test_on_plain_loopback_it_has_another_name_which_no_other_address_takes():
    assert LOOPBACK.set(Cookie.SESSION, TOKEN) == (
        f"loopback-session={TOKEN}; Path=/; HttpOnly; SameSite=Lax"
    )
    sent = headers(f"loopback-session={TOKEN}")
    assert LOOPBACK.read_token(Cookie.SESSION, sent) == TOKEN
    assert SECURE.read_token(Cookie.SESSION, sent) is None
    assert LOOPBACK.read_token(Cookie.SESSION, headers(f"__Host-session={TOKEN}")) is None


def test_a_cookie_is_found_among_others():
    assert SECURE.read_token(Cookie.SESSION, headers(f"a=b; __Host-session={TOKEN};c")) == TOKEN
    assert SECURE.read_token(Cookie.SESSION, headers("a=b", f"__Host-session={TOKEN}")) == TOKEN
    assert SECURE.read_token(Cookie.SESSION, []) is None


@pytest.mark.parametrize(
    "values",
    [
        [f"__Host-session={TOKEN}; __Host-session={TOKEN}"],
        [f"__Host-session={TOKEN}", f"__Host-session={TOKEN}"],
        [f"__host-session={TOKEN}"],
        [f"__Host-session ={TOKEN}"],
        [f'__Host-session="{TOKEN}"'],
        [f"__Host-session={TOKEN}x"],
        [f"__Host-session={TOKEN[:-1]}"],
        [f"__Host-session={TOKEN[:-1]}%"],
        ["__Host-session"],
        ["__Host-session="],
        [f"__Host-session={TOKEN[:-1]}".encode() + b"\xff"],
        [b"__Host-session=\x00" + TOKEN.encode()],
        [f"={TOKEN}"],
    ],
    ids=repr,
)
def test_doubled_disguised_and_malformed_cookies_are_none(values):
    assert SECURE.read_token(Cookie.SESSION, headers(*values)) is None


def test_a_token_has_256_random_bits():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(map(is_token, tokens))
