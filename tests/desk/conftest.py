"""A small academy with two listeners, the desk over it, and somebody at the door."""

from __future__ import annotations

import asyncio
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from types import SimpleNamespace

import httpx
import pytest
from PIL import Image

from academy.access import Role, Visitor
from academy.account import Account
from academy.door import SCOPE, Door
from auth_proxy.identity.passwords import Passwords
from cabinet.office import ACADEMY, Office, files_below
from cabinet.settings import PROGRAM, Home
from cabinet.workbench import workplace_of
from desk.application import desk
from desk.workplace import Workplace
from forge.port import MAIN, RECORD, Author, Change
from formats.files import read_file
from formats.record import CONSENTS
from ledger import open_ledger
from ledger.people import Person
from tests.desk.street import PHONE, Somebody, Street
from tests.serving import Server

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANNA = "bcdfghjkmn"
BORIS = "npqrstvwxz"
TEACHER = "s-7m2r"
STAFF = "s-7f3k"
QUICK = Passwords(memory=64, passes=1).digest_now
CSRF = "a-word-of-the-session"

CARD = """\
external_id: AL-{number}
last_name: {last}
first_name: {first}
programme: landscape-design
group: ld-26-1
category: {category}
status: enrolled
curator: s-4k7d
"""
CONSENT = """\
consents:
  - id: c-1
    purposes: [placement, participants]
    version: "2026-1"
    signed: 2026-09-01
    registered: 2026-09-02T10:00:00Z
    registered_by: s-7f3k
"""
WORK = """\
---
title: Двор на Солнечной
date: 2026-10-05  # день сдачи
kind: project
mood: светлое
files:
  - file: plan.png
    caption: План двора
---

## Задача

Старый двор без тени.
"""


def picture(colour="green", size=(320, 200), form="PNG", **options):
    """A picture as a device would send it."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, form, **options)
    return target.getvalue()


class Clock:
    """The moment it is; each look at it is a second later."""

    def __init__(self):
        self.at = START

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class House:
    """One academy: what it holds, the desk over it, and what was written down."""

    office: Office
    clock: Clock
    workplace: Workplace
    recorded: list = field(default_factory=list)
    published: list = field(default_factory=list)

    def as_(self, account, *roles, groups=("ld-26-1",), language="ru", csrf=CSRF):
        """Somebody at the desk, in a browser without script."""
        visitor = Visitor(account=account, roles=frozenset(roles), groups=frozenset(groups))
        return self._reader(visitor, language=language, csrf=csrf)

    def _reader(self, visitor, *, language, csrf):
        async def record(entry):
            self.recorded.append(entry)

        door = Door(visitor=visitor, csrf=csrf, language=language, record=record, how="test")
        return Reader(Client(_at_door(desk(self.workplace), door)))

    def nobody(self):
        """Somebody whose session has ended."""
        return self._reader(None, language="ru", csrf="")

    def anna(self, **options):
        return self.as_(ANNA, Role.LISTENER, **options)

    def teacher(self, **options):
        return self.as_(TEACHER, Role.REVIEWER, **options)

    def main(self, person=ANNA):
        """What is published: path to content."""
        repositories = self.office.repositories
        snapshot = repositories.snapshot(person, repositories.heads(person)[MAIN], 10**8)
        return {path: content for path, (_, content) in snapshot.items()}


def _at_door(application, door):
    async def answer(scope, receive, send):
        await application({**scope, SCOPE: door}, receive, send)

    return answer


class Client:
    """A browser's part in HTTP, without a network."""

    def __init__(self, application):
        self._application = application

    def get(self, address):
        return self._ask("GET", address)

    def post(self, address, **sent):
        return self._ask("POST", address, **sent)

    def _ask(self, method, address, **sent):
        async def ask():
            transport = httpx.ASGITransport(self._application)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://academy.example", follow_redirects=True
            ) as client:
                return await client.request(method, address, **sent)

        # In a thread of its own: a browser may be open, and its loop counts as running here.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, ask()).result()


class Forms(HTMLParser):
    """The forms of a page, as a browser without script fills and sends them."""

    def __init__(self, html):
        super().__init__()
        self.forms = []
        self._into = None
        self._select = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            form = SimpleNamespace(action=given.get("action", ""), fields=[], buttons=[], files=[])
            self.forms.append(form)
        elif not self.forms:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._into = [given.get("name"), ""]
        elif tag == "select":
            self._select = given.get("name")
            self.forms[-1].fields.append([self._select, ""])
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1].fields[-1][1] = given.get("value", "")
        elif tag == "button":
            self.forms[-1].buttons.append((given.get("name"), given.get("value")))

    def _input(self, given):
        if given.get("type") == "file":
            self.forms[-1].files.append(given["name"])
        elif given.get("type") not in ("checkbox", "radio") or "checked" in given:
            self.forms[-1].fields.append([given.get("name"), given.get("value", "")])

    def handle_data(self, data):
        if self._into:
            self._into[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._into:
            name, text = self._into
            self.forms[-1].fields.append([name, text.removeprefix("\n").replace("\n", "\r\n")])
            self._into = None
        elif tag == "select":
            self._select = None


class Reader:
    """Somebody who looks at pages and fills forms."""

    def __init__(self, client):
        self.client = client
        self.page = None

    def look(self, address, status=200):
        self.page = self.client.get(address)
        assert self.page.status_code == status, self.page.text
        return self

    @property
    def address(self):
        return self.page.url.path

    @property
    def html(self):
        return self.page.text

    @property
    def text(self):
        """What a reader sees of the page."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html))

    def form(self, number=0):
        return Forms(self.html).forms[number]

    def send(self, number=0, *, files=(), status=200, button=(), drop=(), **typed):
        """Fill a form and send it; what is not typed is sent as it stands."""
        form = self.form(number)
        typed = {name.replace("__", "."): value for name, value in typed.items()}
        fields = [[n, typed.pop(n, v)] for n, v in form.fields if n and n not in drop]
        fields += list(typed.items())
        if button:
            fields.append(button)
        parts = [(name, (None, value)) for name, value in fields]
        parts += [("photos", (name, content)) for name, content in files]
        self.page = self.client.post(form.action or str(self.page.url), files=parts)
        assert self.page.status_code == status, self.page.text
        return self


@pytest.fixture(scope="session")
def academy_home(tmp_path_factory):
    """A home with the academy's content and two listeners, to be copied."""
    home = Home(tmp_path_factory.mktemp("academy") / "home")
    office = Office(home)
    content = files_below(PROGRAM / "content")
    change = Change(ref=MAIN, expected=None, files=content, message="Content")
    office.repositories.create(ACADEMY, [change], Author("system"), START)
    for number, (person, last, first) in enumerate(
        [(ANNA, "Лебедева", "Анна"), (BORIS, "Орлов", "Борис")]
    ):
        category = office.academy().categories[0].id
        card = CARD.format(number=number, last=last, first=first, category=category)
        main = {
            "about.md": "Люблю тенистые сады.\n".encode(),
            "portfolio.yml": b"language: ru\n",
            "works/dvor/index.md": WORK.encode(),
            "works/dvor/plan.png": picture(),
        }
        record = {"card.yml": card.encode(), "consent.yml": CONSENT.encode()}
        changes = [
            Change(ref=MAIN, expected=None, files=main, message="Portfolio"),
            Change(ref=RECORD, expected=None, files=record, message="Record"),
        ]
        office.repositories.create(person, changes, Author("system"), START)
    office.workshop.theme  # noqa: B018 - The assets are put in place.
    office.catalogue.refresh()
    with open_ledger(home.root) as ledger:
        fill_ledger(ledger, office)
    return home


def fill_ledger(ledger, office):
    """Put the listeners and their consents into the ledger, as an import does."""
    for listed in office.catalogue.listeners():
        card = listed.card
        person = Person(
            person=listed.person,
            group=card.group,
            is_open=card.is_open,
            is_frozen=card.is_frozen,
        )
        ledger.people.set(person)
        for consent in read_file(CONSENTS, "consent.yml", {"consent.yml": CONSENT.encode()}, []):
            ledger.consents.register(listed.person, consent)
    for account, role in (
        (ANNA, Role.LISTENER),
        (BORIS, Role.LISTENER),
        (TEACHER, Role.REVIEWER),
        (STAFF, Role.REGISTRAR),
    ):
        ledger.accounts.add(
            Account(
                id=account,
                user_name=account,
                person=account if role is Role.LISTENER else None,
                roles=frozenset({role}),
                created=START,
            )
        )


@pytest.fixture(scope="session")
def workshop(academy_home):
    return Office(academy_home).workshop


@pytest.fixture
def house(academy_home, workshop, tmp_path):
    """An academy of one's own, on disk."""
    shutil.copytree(academy_home.root, tmp_path / "home")
    office, clock = Office(Home(tmp_path / "home")), Clock()
    office.catalogue.refresh()
    ledger = open_ledger(tmp_path / "home")
    published = []
    workplace = replace(
        workplace_of(office, ledger, clock, workshop), publish=published.append, digest=QUICK
    )
    yield House(office, clock, workplace, published=published)
    ledger.close()


@pytest.fixture
def street(house, workshop):
    whole = workplace_of(house.office, house.workplace.ledger, house.clock, workshop)
    house.workplace = replace(house.workplace, publish=whole.publish)
    with Server(Street(house, workshop)) as open_street:
        yield open_street


@pytest.fixture
def somebody(browser, street):
    people = []

    def come(account, viewport=PHONE, **options):
        people.append(Somebody(browser, street.address, account, viewport, **options))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
