"""The relying party against a real provider of others, `oidc-provider` for Node.js.

Over HTTP, and in a real browser.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from auth_proxy.sign_in.assembling import SignInSettings
from auth_proxy.sign_in.provider import REFETCH_PAUSE, Settings
from tests.serving import Server

NPM = Path(__file__).parents[2] / "npm"
PATIENCE = 20


class Real:
    """A house on loopback, and the provider that it asks."""

    def __init__(self, make_house):
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        node = shutil.which("node")
        assert node, "Install Node.js (Debian: apt-get install nodejs)."
        self.process = subprocess.Popen(
            [node, "oidc-provider.mjs", self.address],
            cwd=NPM,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self.later = timedelta()
        self.issuer = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        registered = Settings(
            issuer=self.issuer,
            client_id="cabinet",
            client_secret="a secret of the tests, long enough",
        )
        self.house = make_house(
            settings=SignInSettings(provider=registered),
            address=self.address,
            clock=self.now,
        )
        self.account = self.house.add()
        self.house.ledger.links.add(self.issuer, "anna", self.account.id, datetime.now(UTC))
        self._server = Server(self, listening).__enter__()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            lifetime = self.house.way_in.lifetime
            await Starlette(lifespan=lambda _: lifetime())(scope, receive, send)
        elif scope["path"].startswith("/oauth2/"):
            await self.house(scope, receive, send)
        else:
            await Response("elsewhere")(scope, receive, send)

    def now(self):
        """By the clock, since the provider looks at that; a little later when a test says so."""
        return datetime.now(UTC) + self.later

    def pass_by(self, span):
        self.later += span

    @property
    def open_sessions(self):
        return len(self.house.ledger.sessions.of_account(self.account.id, datetime.now(UTC)))

    def sign_in(self, name="anna"):
        """Sign in over HTTP; gives the client and the last answer."""
        client = httpx.Client(timeout=PATIENCE, trust_env=False)
        answer = self.follow(client, client.get(f"{self.address}/oauth2/sign-in?return=/c/"))
        for form in ({"prompt": "login", "login": name, "password": "x"}, {"prompt": "consent"}):
            if "/interaction/" in str(answer.url):
                answer = self.follow(client, client.post(str(answer.url), data=form))
        return client, answer

    def follow(self, client, answer):
        """Follow redirects until they leave both houses, or end."""
        while answer.is_redirect and answer.headers["location"] != "/c/":
            answer = client.get(answer.next_request.url)
        return answer

    def close(self):
        self._server.__exit__()
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def real(make_house):
    made = Real(make_house)
    yield made
    made.close()


def wait_until(true):
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_signing_in_and_a_rotation_of_keys_over_http(real):
    client, answer = real.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/")
    assert client.get(f"{real.address}/oauth2/sessions").status_code == 200
    client.close()

    before = httpx.get(f"{real.issuer}/jwks", trust_env=False).json()
    httpx.post(f"{real.issuer}/rotate", trust_env=False)
    assert httpx.get(f"{real.issuer}/jwks", trust_env=False).json() != before
    real.pass_by(REFETCH_PAUSE)
    client, answer = real.sign_in()
    client.close()
    assert (answer.status_code, real.open_sessions) == (303, 2)


def test_somebody_of_the_provider_without_a_link_stays_outside(real):
    client, answer = real.sign_in("stranger")
    client.close()

    assert (answer.status_code, real.open_sessions) == (403, 0)
    assert "не связана" in answer.text or "not linked" in answer.text


def test_signing_in_and_out_in_a_browser(real, browser):
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    page.goto(f"{real.address}/oauth2/sign-in?return=/c/")
    page.fill("input[name=login]", "anna")
    page.fill("input[name=password]", "x")
    page.click("button[type=submit]")
    page.click("button[type=submit]")
    page.wait_for_url("**/c/")
    page.goto(f"{real.address}/oauth2/sessions")
    assert page.inner_text("h1") == "Мои входы"

    page.goto(f"{real.address}/oauth2/sign-out")
    page.click("main button")
    page.wait_for_url(f"{real.issuer}/session/end**")
    page.click("button[value=yes]")
    page.wait_for_url("**/oauth2/signed-out**")

    assert page.inner_text("h1") == "Вы вышли"
    assert real.open_sessions == 0
    page.goto(f"{real.address}/oauth2/sign-in")
    assert page.url.startswith(real.issuer), "the provider asks for the password again"
    context.close()


def test_the_provider_signs_somebody_out_behind_their_back(real, browser):
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    page.goto(f"{real.address}/oauth2/sign-in?return=/c/")
    page.fill("input[name=login]", "anna")
    page.fill("input[name=password]", "x")
    page.click("button[type=submit]")
    page.click("button[type=submit]")
    assert wait_until(lambda: real.open_sessions == 1)

    page.goto(f"{real.issuer}/session/end")
    page.click("button[value=yes]")

    assert wait_until(lambda: real.open_sessions == 0)
    page.goto(f"{real.address}/oauth2/sessions")
    assert page.url.startswith(real.issuer)
    assert ("sign_out", "back_channel") in real.house.recorded()
    context.close()
