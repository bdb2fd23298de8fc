"""Forms: the word in them that only a page of ours for this browser can hold (CWE-352)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest, digest
from urllib.parse import parse_qsl

from starlette.requests import Request

from auth_proxy.sign_in.cookies import Cookie, Jar, new_token

FIELD = "csrf"
LARGEST = 16 * 1024
MOST_FIELDS = 40


class FormRefusedError(Exception):
    """The form is too large, of another kind, or was not made for this browser."""


def csrf_of(token: str) -> str:
    """The word for the forms of a session, or of a browser that is not signed in yet.

    It follows from the secret of the cookie and does not give it away.
    """
    return urlsafe_b64encode(digest(token.encode(), b"form", sha256)).decode().rstrip("=")


def is_own_form(form: Mapping[str, str], token: str | None) -> bool:
    """Tell whether a form was made for the bearer of this token."""
    given = form.get(FIELD, "")
    return token is not None and compare_digest(csrf_of(token).encode(), given.encode())


def browser_token(jar: Jar, request: Request) -> tuple[str, list[str]]:
    """The token that binds forms to a browser before it is signed in, and the cookie to set."""
    token = jar.read_token(Cookie.BROWSER, request.scope["headers"])
    if token is not None:
        return token, []
    token = new_token()
    return token, [jar.set(Cookie.BROWSER, token)]


async def read_form(request: Request) -> dict[str, str]:
    """Read a form of texts. Raises `FormRefusedError`."""
    pairs = await read_pairs(request)
    form = dict(pairs)
    if len(form) != len(pairs):
        raise FormRefusedError
    return form


async def read_pairs(request: Request) -> list[tuple[str, str]]:
    """Read the fields of a form, also those that are there twice. Raises `FormRefusedError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise FormRefusedError
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise FormRefusedError
    try:
        return parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=bool(body),
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise FormRefusedError from None
