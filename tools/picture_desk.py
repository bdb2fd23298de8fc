"""Make the pictures of every screen of the desk anew: a demo, its real door, a browser.

    python -m tools.picture_desk

Needs Chromium on the path, or its path in CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from auth_proxy.identity.passwords import Passwords
from cabinet.commands.build import build, build_public_pages, everyone
from cabinet.commands.demo import MOMENT, make_demo
from cabinet.demo_people import add_accounts
from cabinet.doors import make_doors
from cabinet.doors_file import DoorSettings
from cabinet.http_server import make_server
from cabinet.session import Session
from cabinet.settings import Home
from messages import catalogue
from tools.desk_screens import PICTURES, SCREENS
from tools.desk_seldom import make_happen

PHONE, DESK = (390, 780), (1000, 760)
WIDEST = (800, 780)
LARGEST = 40_000


def main() -> int:
    """Write every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="desk-pictures-") as folder,
        served_demo(Path(folder)) as (address, people),
        sync_playwright() as playwright,
    ):
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for account, screens in groupby(SCREENS, key=lambda one: one.account):
            page = signed_in(browser, address, account)
            for screen in screens:
                width, height = PHONE if screen.is_on_a_phone else DESK
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + screen.address(people), wait_until="networkidle")
                picture = small(page.screenshot())
                (PICTURES / f"{screen.name}.webp").write_bytes(picture)
        browser.close()
    return 0


@contextmanager
def served_demo(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a new demo; gives its address, and ids of persons by those of the records."""
    session = Session(Home(folder), catalogue("ru"), Namespace(at=MOMENT.isoformat(), jobs=1))
    make_demo(session)
    make_happen(session.office)
    build_public_pages(session)
    list(build(session, everyone(session.office)))
    session.office.reconcile(MOMENT)
    add_accounts(session.office, Passwords().digest_now, MOMENT)
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = make_server(make_doors(session, DoorSettings(), address).application)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    listed = session.office.catalogue.listeners()
    yield address, {one.card.external_id: one.person for one in listed if one.card}
    server.should_exit = True
    thread.join()
    session.close()


def signed_in(browser: Browser, address: str, account: str) -> Page:
    """A page of somebody who has signed in and acknowledged the rules."""
    page = browser.new_page(locale="ru-RU")
    page.goto(f"{address}/p/")
    page.fill("#user_name", account)
    page.fill("#password", f"demo-{account}-2026")
    page.click("main button")
    page.check("#read")
    page.click("main button")
    page.wait_for_url("**/p/")
    return page


def small(screenshot: bytes) -> bytes:
    """A screenshot as WebP, no wider than the documentation shows it and as good as fits."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    picture.thumbnail(WIDEST, Image.Resampling.LANCZOS)
    for quality in (80, 70, 60, 50, 40, 30):
        target = BytesIO()
        picture.save(target, "WEBP", quality=quality, method=6)
        if target.tell() < LARGEST * 0.5:
            break
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
