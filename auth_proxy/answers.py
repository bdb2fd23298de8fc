"""Short answers: elsewhere, and no. What is not there and what is not yours sound the same."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import HTTPConnection

from auth_proxy.asking import Asking, Scope, Send
from auth_proxy.headers import PAGE, PERSONAL, Headers
from auth_proxy.screens.errors import error_page
from auth_proxy.screens.pages import Screens

_NO_BODY = (b"content-length", b"0")


async def redirect(send: Send, place: str, status: int = 303) -> int:
    """Lead to a place of ours, given as a path: no host that a client names comes into it."""
    headers = (*PAGE, PERSONAL, (b"location", place.encode()), _NO_BODY)
    return await empty(send, status, headers)


async def with_slash(asking: Asking, send: Send) -> int:
    """Lead to the same address with a slash at its end."""
    return await redirect(send, quote(asking.path) + "/", 308)


async def empty(send: Send, status: int, headers: Headers) -> int:
    """Answer without a body."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
    return status


class Refusals:
    """Pages that say no."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    async def send(self, asking: Asking, send: Send, status: int, trace: str = "") -> int:
        """Answer with the page of a status."""
        page = error_page(self._screens, HTTPConnection(_bare(asking.scope)), status, trace=trace)
        headers = tuple((name.lower(), value) for name, value in page.raw_headers)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        body = b"" if asking.method == "HEAD" else page.body
        await send({"type": "http.response.body", "body": body})
        return status


def _bare(scope: Scope) -> Scope:
    """The scope without its path and query: a page that says no repeats nothing of them."""
    return {**scope, "path": "/", "raw_path": b"/", "query_string": b""}
