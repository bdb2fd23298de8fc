"""A home with one listener, one page of 28 KB and one session, and the ways to serve it.

Run as a program it is one of the servers that `benchmarks.proxy` compares.
"""

from __future__ import annotations

import hmac
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from academy.access import Role
from academy.account import Account
from auth_proxy.forwarded import TrustedProxies
from auth_proxy.premises import Premises, make_application
from auth_proxy.screens.pages import Look, Screens
from auth_proxy.sign_in.cookies import Cookie, Jar
from cabinet.http_server import make_server, settle
from cabinet.settings import PROGRAM
from ledger import Ledger, open_ledger
from ledger.people import Person
from sites.manifest import Inputs, Manifest
from sites.store import Sites

PERSON = "bbbbbbbbbb"
PAGE = b"<!doctype html><title>28 KB</title>" + b"<p>A page of a cabinet.</p>\n" * 1024
COOKIE = f"{Jar(is_secure=False).name(Cookie.SESSION)}="
_KEY = b"the key of the application that is compared with"


def prepare(home: Path) -> str:
    """Make the home; gives the token of the session."""
    now = datetime.now(UTC)
    sites = Sites(home / "sites")
    stored = sites.store(PERSON, PAGE)
    sites.switch(
        Manifest(
            person=PERSON,
            inputs=Inputs(main="a" * 40, record="b" * 40, content="c", generator="d"),
            audience=(),
            built_at=now,
            valid_until=None,
            projections={"owner": {"index.html": stored}},
        )
    )
    plain = home / "plain" / "c" / PERSON
    plain.mkdir(parents=True)
    (plain / "index.html").write_bytes(PAGE)
    (home / "assets").mkdir()
    with open_ledger(home) as ledger:
        account = Account(
            id=PERSON,
            user_name="listener",
            person=PERSON,
            created=now,
            roles=frozenset({Role.LISTENER}),
        )
        ledger.accounts.add(account)
        ledger.people.set(Person(person=PERSON, group="g", is_open=True))
        day = timedelta(days=1)
        return ledger.sessions.create(PERSON, now, idle=day, absolute=day)[0]


def signed(token: str) -> str:
    """The cookie of the application that is compared with: a name and its signature."""
    return f"{token}.{hmac.new(_KEY, token.encode(), 'sha256').hexdigest()}"


def ours(home: Path, port: int, ledger: Ledger, accelerated: str | None) -> Callable[..., Any]:
    """The way in of this program."""
    look = Look(academy="Benchmark", theme="/assets/0/", language="en")
    templates = PROGRAM / "site_templates" / "sign_in"
    return make_application(
        Premises(
            address=f"http://127.0.0.1:{port}",
            ledger=ledger,
            sites=Sites(home / "sites"),
            assets=home / "assets",
            public="public",
            screens=Screens(templates, lambda: look, Jar(is_secure=False)),
            now=lambda: datetime.now(UTC),
            rules=str,
            people=tuple,
            proxies=TrustedProxies(["127.0.0.1"] if accelerated else []),
            accelerated=accelerated,
        )
    )


def plain_application(home: Path) -> Starlette:
    """What a small gate usually is: Starlette, a signed cookie, `FileResponse`."""
    root = home / "plain"

    async def page(request: Request) -> Response:
        token, _, signature = request.cookies.get("session", "").partition(".")
        expected = hmac.new(_KEY, token.encode(), "sha256").hexdigest()
        if not hmac.compare_digest(signature, expected):
            return Response(status_code=401)
        file = root / "c" / PERSON / "index.html"
        return FileResponse(file, headers={"Cache-Control": "private, no-store"})

    return Starlette(routes=[Route("/c/{person}/", page)])


def main(kind: str, home: Path, descriptor: int, port: int) -> None:
    """Serve on a socket that listens already; `port` is the one that clients know."""
    listening = socket.socket(fileno=descriptor)
    if kind == "plain":
        config = uvicorn.Config(plain_application(home), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])
        return
    with open_ledger(home) as ledger:
        application = ours(home, port, ledger, "/_sites/" if kind == "accelerated" else None)
        settle()
        make_server(application).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
