"""The pages of the way in as a browser shows them: axe-core, both schemes, telephone and desk."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from auth_proxy.screens.errors import error_page
from auth_proxy.screens.pages import Look
from generator.theme import assemble
from tests.serving import Server

ROOT = Path(__file__).parents[3]
AXE = (ROOT / "tests/npm/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
OLD, NEW = "сад у моря и лес", "облака над тихой бухтой"


class Served:
    """The house with the theme, on loopback; what is not there has the page that says so."""

    def __init__(self, make_house, folder):
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.house = make_house(address=self.address)
        theme = assemble(ROOT / "site_templates" / "cabinet", folder)
        self.house.around.screens.look = lambda: Look(academy="Академия", theme=theme.address)
        self._assets = Starlette(routes=[Mount("/assets", StaticFiles(directory=folder))])
        self._server = Server(self, listening).__enter__()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            lifetime = self.house.way_in.lifetime
            await Starlette(lifespan=lambda _: lifetime())(scope, receive, send)
        elif scope["path"].startswith("/assets/"):
            await self._assets(scope, receive, send)
        elif scope["path"].startswith(("/id/", "/oauth2/")):
            await self.house(scope, receive, send)
        else:
            missing = error_page(self.house.around.screens, Request(scope), 404)
            await missing(scope, receive, send)

    def close(self):
        self._server.__exit__()


@pytest.fixture
def served(make_house, tmp_path):
    made = Served(make_house, tmp_path / "assets")
    yield made
    made.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="ru-RU", viewport=PHONE)
    yield context.new_page()
    context.close()


def look(page, name):
    """Look at a screen in both colour schemes, on a telephone and on a desk."""
    page.evaluate(AXE)
    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            problems = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
            assert problems == [], (name, screen["width"], scheme)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= screen["width"], (name, screen["width"])


def test_every_screen_of_a_first_visit(served, page):
    """By keyboard, without scripts of ours, and without a complaint of the browser."""
    served.house.add(must_change_password=True)
    complaints, address = [], served.address
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "policy" in said.text else None)
    page.on("request", lambda asked: asked.url.startswith(address) or complaints.append(asked.url))

    page.goto(f"{address}/oauth2/sign-in?return=/oauth2/sessions")
    look(page, "sign in")
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type("не то")
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    look(page, "sign in, wrong")
    page.keyboard.type(OLD)
    page.keyboard.press("Enter")
    page.locator("#again").wait_for()
    look(page, "own password")
    for field in ("короткий", "короткий"):
        page.keyboard.type(field)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    look(page, "own password, too short")
    for field in (NEW, NEW):
        page.keyboard.type(field)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oauth2/sessions")
    look(page, "sessions")
    for name in ("/oauth2/rules", "/oauth2/access", "/nothing", "/oauth2/callback", "/id/password"):
        page.goto(address + name)
        look(page, name)
    page.goto(f"{address}/oauth2/sign-out")
    look(page, "sign out")
    page.click("main button")
    page.wait_for_url("**/oauth2/signed-out")
    look(page, "signed out")
    assert page.inner_text("h1") == "Вы вышли"
    assert complaints == []
