"""Follow the tour of the README in a new demo, by its words, and make its pictures anew.

    python -m tools.picture_tour

Needs Chromium on the path, or its path in CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from messages import catalogue
from tools.picture_desk import DESK, PHONE, served_demo, signed_in, small

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures" / "tour"
NAMES = ("add", "sent", "review", "cabinet")
BUTTONS = (
    "cabinet.portfolio-open",
    "desk.add-works",
    "desk.begin",
    "desk.go-to-sending",
    "desk.send-before",
    "desk.accept",
    "desk.see-published",
)
"""What is pressed, in this order; the tour names each in its own language."""

TITLE = "Сад у школы"
_WORKS = ROOT / "portfolios" / "demo" / "AL-2026-0011" / "main" / "works"
_PHOTOGRAPHS = (
    _WORKS / "sad-dlya-dvuh-shkolnikov" / "plan.png",
    _WORKS / "sad-dlya-dvuh-shkolnikov" / "nastroenie.jpg",
)


def main() -> int:
    """Follow the tour."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="tour-") as folder,
        served_demo(Path(folder)) as (address, _),
        sync_playwright() as playwright,
    ):
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        listener = signed_in(browser, address, "listener")
        listener.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        listener.goto(f"{address}/c/")
        add_and_send(listener)
        reviewer = signed_in(browser, address, "reviewer")
        reviewer.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        reviewer.goto(f"{address}/desk/")
        accept(reviewer)
        listener.reload()
        press(listener, "desk.see-published")
        keep(listener, "cabinet")
        browser.close()
    return 0


def add_and_send(page: Page) -> None:
    """What the listener does."""
    press(page, "cabinet.portfolio-open")
    press(page, "desk.add-works")
    page.set_input_files("#photos", list(_PHOTOGRAPHS))
    page.fill("#title", TITLE)
    page.fill("#did", "Посадили клён у входа вместе с детьми.")
    keep(page, "add")
    press(page, "desk.begin")
    press(page, "desk.go-to-sending")
    page.check("#declared")
    press(page, "desk.send-before")
    keep(page, "sent")


def accept(page: Page) -> None:
    """What the reviewer does."""
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("5 — отлично").check()
    page.fill("#review", "Видно, ради чего всё это.")
    page.evaluate("scrollTo(0, 0)")
    keep(page, "review")
    press(page, "desk.accept")


def press(page: Page, key: str) -> None:
    """Press what is called so, a button or a link."""
    words = catalogue("ru").text(key)
    page.locator("button, a", has_text=words).locator("visible=true").first.click()
    page.wait_for_load_state("networkidle")


def keep(page: Page, name: str) -> None:
    """Keep a picture of what is on the screen."""
    (PICTURES / f"{name}.webp").write_bytes(small(page.screenshot()))


if __name__ == "__main__":
    sys.exit(main())
