"""People in front of browsers: they sign in by the forms, and their taps are counted."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


class Somebody:
    """Somebody with a browser. A tap is a button, a link, a box or a choice of files."""

    def __init__(self, browser, address, name, viewport, **options):
        self.context = browser.new_context(viewport=viewport, locale="ru-RU", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.address, self.name = address, name
        self.taps, self.complaints, self.pictures = 0, [], 0
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _asked(self, url):
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")

    def open(self, path):
        self.page.goto(self.address + path)
        return self

    def sign_in(self, path):
        """Ask for a page, sign in by the forms, acknowledge the rules where they are asked for."""
        self.open(path)
        self.page.get_by_label("Логин").fill(self.name)
        self.page.get_by_label("Пароль").fill(f"demo-{self.name}-2026")
        self.page.get_by_role("button", name="Войти").click()
        self.page.wait_for_url(lambda url: "/id/" not in url and "/sign-in" not in url)
        if "/oauth2/rules" in self.page.url:
            self.page.get_by_label("Правила прочитаны").check()
            self.page.get_by_role("button", name="Соблюдать обязуюсь").click()
        self.page.wait_for_url(f"**{path}**")
        return self

    def tap(self, name, role="button"):
        self.taps += 1
        self.page.get_by_role(role, name=name).first.click()

    def unfold(self, words):
        self.taps += 1
        self.page.locator("summary", has_text=words).click()

    def write(self, label, text):
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label, *files):
        self.taps += 1
        self.page.get_by_label(label).first.set_input_files(
            [{"name": name, "mimeType": "image/jpeg", "buffer": one} for name, one in files]
        )

    def sees(self, words):
        return self.page.get_by_text(words).first.is_visible()

    def show(self, folder, title):
        """Keep a picture of the whole page for people to look at."""
        self.pictures += 1
        name = f"{self.name}-{self.pictures}-{title}.png"
        self.page.screenshot(path=folder / name, full_page=True)

    def counted(self):
        """How many taps there were since they were counted last."""
        taps, self.taps = self.taps, 0
        return taps


def photograph(colour):
    """A photograph as a telephone takes it, only smaller."""
    target = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(target, "JPEG")
    return target.getvalue()
