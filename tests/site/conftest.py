"""The demo academy, built once, its server on loopback, and a browser to look at it."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta
from pathlib import Path

import pytest

from administration.sharing import ShareDesk
from cabinet.commands.build import build, build_public_pages, everyone
from cabinet.commands.demo import MOMENT, make_demo
from cabinet.session import Session
from cabinet.settings import Home
from generator.public import PUBLIC
from messages import catalogue
from tests.serving import Server
from tests.site.open_house import OpenHouse
from tests.site.page_kinds import page_kinds

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
AXE = (Path(__file__).parents[1] / "npm/node_modules/axe-core/axe.min.js").read_text(
    encoding="utf-8"
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A session over the demo academy, with every site built."""
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    arguments = Namespace(at=MOMENT.isoformat(), jobs=1, json=False, anew=False)
    session = Session(home, catalogue("ru"), arguments)
    make_demo(session)
    _share(session)
    build_public_pages(session)
    outcomes = list(build(session, everyone(session.office)))
    assert not [one for one in outcomes if one.failure]
    return session


def _share(session):
    """Make a link for outside readers to some entries of each kind of one portfolio."""
    [listed] = session.listeners(["AL-2026-0011"])
    session.office.reconcile(MOMENT)
    desk = ShareDesk(session.office.ledger, session.office.clerk)
    items = ["dvor-na-solnechnoy", "konkurs-balkonov", "pitomnik-den-pervyy"]
    desk.create(listed.person, items, MOMENT, MOMENT + timedelta(days=30))


@pytest.fixture(scope="session")
def people(demo):
    """Listeners of the demo who have sites: external id to person id."""
    return {
        one.card.external_id: one.person
        for one in demo.office.catalogue.listeners()
        if demo.office.sites.manifest(one.person).projections
    }


def site_files(demo, person, projection):
    """A built site: path to content."""
    manifest = demo.office.sites.manifest(person)
    return {
        path: demo.office.sites.path_of(person, stored).read_bytes()
        for path, stored in manifest.projections[projection].items()
    }


@pytest.fixture(scope="session")
def address(demo):
    """Where the demo is served."""
    office = demo.office
    with Server(OpenHouse(office.sites, office.home.assets, PUBLIC)) as server:
        yield server.address


@pytest.fixture(scope="session")
def kinds(demo, address):
    """Every kind of page, in every projection of the demo and among the public pages."""
    found = page_kinds(demo, address)
    assert len(found) > 40
    return found


@pytest.fixture(scope="session")
def owner(people, address):
    """The address of one listener's own cabinet, in Russian."""
    return f"{address}/c/{people['AL-2026-0011']}/"


@pytest.fixture(scope="session")
def with_pictures(owner):
    """The address of a work with several pictures."""
    return f"{owner}portfolio/works/dvor-na-solnechnoy/"


class Watched:
    """A page whose complaints are collected: console errors, refused policies, other hosts."""

    def __init__(self, page, address):
        self.page = page
        self.complaints = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "request",
            lambda request: self._request(request.url, address),
        )

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _request(self, url, address):
        if not url.startswith((address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")


@pytest.fixture
def watched(browser, address):
    """A watched page on a phone's screen."""
    context = browser.new_context(viewport=PHONE, locale="ru-RU")
    yield Watched(context.new_page(), address)
    context.close()


@pytest.fixture(scope="session")
def artefacts():
    """Where pictures for people to look at go."""
    folder = Path("test-artefacts")
    folder.mkdir(exist_ok=True)
    return folder
