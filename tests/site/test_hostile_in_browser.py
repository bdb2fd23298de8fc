"""In a real browser, no script of a hostile portfolio runs, even without a content policy."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cabinet.commands.demo import MOMENT
from cabinet.settings import PROGRAM
from generator.outcome import State
from generator.workshop import Workshop
from tests.generator.conftest import House
from tests.generator.test_hostile import SCRIPTS, portfolio


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server without any header that protects."""

    def log_message(self, *_):
        return


@pytest.fixture(scope="module")
def hostile_site(demo, tmp_path_factory):
    """A site of a portfolio with every hostile text in every place, served by a plain server."""
    folder = tmp_path_factory.mktemp("hostile")
    workshop = Workshop(PROGRAM, folder / "assets")
    house = House(folder, workshop, demo.office.academy())
    main = portfolio("\n\n".join(SCRIPTS))
    for number, text in enumerate(SCRIPTS):
        work = portfolio(text)["works/w/index.md"]
        main[f"works/w{number}/index.md"] = work
        main[f"works/w{number}/photo.jpg"] = b"\xff\xd8"
    person = house.add(main=main)
    assert house.builder.build(person, MOMENT).state is State.BUILT
    files = house.files(person, "owner")
    root = folder / "served"
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (root / "assets").symlink_to(folder / "assets")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", files
    server.shutdown()
    server.server_close()


def test_no_script_of_a_listener_runs_and_nothing_outside_is_asked(browser, hostile_site):
    address, files = hostile_site
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    pages = [path for path in files if path.endswith("index.html")]
    assert len(pages) > len(SCRIPTS)
    for path in pages:
        page.goto(address + path.removesuffix("index.html"))
        for opened in page.locator("details").all():
            opened.evaluate("one => { one.open = true }")
        assert page.evaluate("window.hacked") is None, path
    context.close()
    assert [one for one in asked if not one.startswith((address, "data:", "blob:"))] == []


def test_search_over_a_hostile_portfolio_runs_nothing(browser, hostile_site):
    address, _ = hostile_site
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator(".f-find").click()
    page.locator(".f-search__field").fill("script hacked onerror")
    page.locator(".f-search__link").first.wait_for()
    assert page.evaluate("window.hacked") is None
    context.close()
