"""The desk for real browsers: a street with its door, and people who walk in with a browser."""

from __future__ import annotations

from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path

from PIL import Image
from starlette.staticfiles import StaticFiles

from academy.access import Role, Visitor
from academy.door import SCOPE, Door
from auth_proxy.headers import PAGE
from desk.application import desk

ANNA, TEACHER = "bcdfghjkmn", "s-7m2r"
ROLES = {ANNA: Role.LISTENER, TEACHER: Role.REVIEWER, "s-9d6m": Role.VERIFIER}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
AXE = (Path(__file__).parents[1] / "npm/node_modules/axe-core/axe.min.js").read_text("utf-8")


class Street:
    """The desk behind a door that lets in whoever the cookie names, with the proxy's headers."""

    def __init__(self, house, workshop):
        self._assets = StaticFiles(directory=workshop.theme.folder.parent)
        self._desk = desk(house.workplace)

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        if scope["path"].startswith("/assets/"):
            within = {**scope, "root_path": "/assets"}
            await self._assets(within, receive, send)
            return
        cookie = SimpleCookie(dict(scope["headers"]).get(b"cookie", b"").decode())
        account = cookie["as"].value if "as" in cookie else ""
        visitor = account and Visitor(
            account=account, roles=frozenset({ROLES[account]}), groups=frozenset({"ld-26-1"})
        )

        async def record(_entry):
            pass

        async def guarded(message):
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *PAGE]}
            await send(message)

        word = "a-word" if visitor else ""
        csrf = cookie["session"].value if "session" in cookie else word
        language = cookie["language"].value if "language" in cookie else "ru"
        door = Door(visitor=visitor or None, csrf=csrf, language=language, record=record)
        await self._desk({**scope, SCOPE: door}, receive, guarded)


class Somebody:
    """Somebody with a browser: taps are counted, complaints of the browser collected."""

    def __init__(self, browser, address, account, viewport, **options):
        self.context = browser.new_context(viewport=viewport, locale="ru-RU", **options)
        self.context.add_cookies([{"name": "as", "value": account, "url": address}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.address, self.taps, self.complaints = address, 0, []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path):
        self.page.goto(self.address + path)
        return self

    def tap(self, name, role="button"):
        self.taps += 1
        self.page.get_by_role(role, name=name).first.click()

    def write(self, label, text):
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label, *files):
        self.taps += 1
        self.page.get_by_label(label).first.set_input_files(
            [{"name": name, "mimeType": "image/jpeg", "buffer": one} for name, one in files]
        )


def photograph(colour):
    target = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(target, "JPEG")
    return target.getvalue()
