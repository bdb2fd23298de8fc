"""A small academy behind the door: two groups, a few people, sites made by hand, a real server."""

from __future__ import annotations

import hashlib
import socket
import time
from datetime import UTC, date, datetime, timedelta

import httpx

from academy.access import Role
from academy.account import Account
from academy.consent import Consent, Purpose
from auth_proxy.cabinets import Listed
from auth_proxy.premises import Premises, make_application
from auth_proxy.screens.pages import Look, Screens
from auth_proxy.sign_in.cookies import Cookie, Jar
from cabinet.settings import PROGRAM
from ledger import open_ledger
from ledger.people import Person
from sites.compressed import prepare
from sites.manifest import Inputs, Manifest
from sites.store import Sites
from tests.serving import Server, everything

ANNA = "bbbbbbbbbb"
BORIS = "cccccccccc"
CLARA = "dddddddddd"
NOBODY = "zzzzzzzzzz"
RULES = "2"
PAGE = "<!doctype html><title>{0}</title><p>{0} " + "слово " * 2000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300
LARGE = hashlib.sha256(b"").digest() * 200_000


class Clock:
    """A clock that is moved by hand."""

    def __init__(self):
        self.moment = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self):
        return self.moment

    def pass_(self, **time):
        self.moment += timedelta(**time)


class Village:
    """Everything a test of the door needs."""

    def __init__(self, folder, **more):
        self.clock = Clock()
        self.home = folder
        self.ledger = open_ledger(folder)
        self.sites = Sites(folder / "sites")
        (folder / "assets" / "0123456789abcdef" / "cabinet").mkdir(parents=True)
        sheet = folder / "assets" / "0123456789abcdef" / "cabinet" / "tokens.css"
        sheet.write_text("/* a sheet */ " * 200)
        self.jar = Jar(is_secure=more.get("address", "").startswith("https:"))
        self._make_people()
        self._make_sites()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        look = Look(academy="Академия", theme="/assets/0123456789abcdef/")
        settings = {
            "address": self.address,
            "ledger": self.ledger,
            "sites": self.sites,
            "assets": folder / "assets",
            "public": "public",
            "screens": Screens(PROGRAM / "site_templates" / "sign_in", lambda: look, self.jar),
            "now": self.clock,
            "rules": lambda: RULES,
            "people": lambda: [
                Listed(person=ANNA, title="Анна", group="g1", group_title="Первая"),
                Listed(person=BORIS, title="Борис", group="g2", group_title="Вторая"),
                Listed(person=CLARA, title="Клара", group="g2", group_title="Вторая"),
            ],
        }
        self.premises = Premises(**settings | more)
        self.server = Server(make_application(self.premises), self.socket)

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *_):
        self.server.__exit__()
        self.ledger.close()

    def account(self, name, *roles, groups=(), **more):
        """Add an account that has acknowledged the rules."""
        account = Account(
            id=name,
            user_name=f"u-{name}",
            created=self.clock(),
            roles=frozenset(roles),
            groups=frozenset(groups),
            **more,
        )
        self.ledger.accounts.add(account)
        self.ledger.rules.acknowledge(name, RULES, self.clock())

    def consent(self, person, *purposes):
        """Register a consent in force."""
        self.ledger.consents.register(
            person,
            Consent(
                id="c1",
                purposes=purposes,
                version="1",
                signed=date(2026, 9, 1),
                registered=self.clock() - timedelta(days=30),
                registered_by="s-office",
            ),
        )

    def session(self, account):
        """Begin a session; gives its token."""
        token, _ = self.ledger.sessions.create(
            account, self.clock(), idle=timedelta(hours=1), absolute=timedelta(hours=12)
        )
        return token

    def wait_for_use(self, account):
        """Wait until the last use of a session is written, which happens beside the answer."""
        while self.ledger.sessions.of_account(account, self.clock())[0].touched != self.clock():
            time.sleep(0.005)

    def cookie(self, token):
        """The cookie that a browser would send."""
        return f"{self.jar.name(Cookie.SESSION)}={token}"

    def browser(self, account=None, **headers):
        """A client that is signed in, and keeps its connection."""
        if account is not None:
            headers["cookie"] = self.cookie(self.session(account))
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, timeout=20)

    def get(self, account, path, **options):
        """Ask once, signed in or not."""
        with self.browser(account) as browser:
            return browser.get(path, **options)

    def raw(self, request):
        """Send bytes, and give what comes back until the connection is closed."""
        with self.server.connect() as connection:
            connection.sendall(request)
            return everything(connection)

    def written(self):
        """What stands in the record of access: person, path, allowed, rule."""
        return [
            (one.entry.person, one.entry.path, one.entry.is_allowed, one.entry.rule)
            for one in self.ledger.audit.query()
        ]

    def build(self, person, projections):
        """Switch to sites: projection to path to content."""
        manifest = Manifest(
            person=person,
            inputs=Inputs(main="a" * 40, record="b" * 40, content="c", generator="d"),
            audience=(),
            built_at=self.clock(),
            valid_until=None,
            projections={
                name: {path: self.sites.store(person, one) for path, one in files.items()}
                for name, files in projections.items()
            },
        )
        self.sites.switch(manifest)
        prepare(self.sites, manifest)
        return manifest

    def _make_people(self):
        self.account(ANNA, Role.LISTENER, person=ANNA)
        self.account(BORIS, Role.LISTENER, person=BORIS)
        self.account("s-tutor", Role.REVIEWER, groups=["g1"])
        self.account("s-office", Role.REGISTRAR)
        self.account("s-guest", Role.PARTICIPANT)
        self.account("s-none")
        for person, group in ((ANNA, "g1"), (BORIS, "g2"), (CLARA, "g2")):
            self.ledger.people.set(Person(person=person, group=group, is_open=True))
        self.consent(ANNA, *Purpose)
        self.consent(BORIS, Purpose.PLACEMENT)

    def _make_sites(self):
        for person in (ANNA, BORIS, CLARA):
            self.build(person, {name: _files(f"{name} {person}") for name in _PROJECTIONS})
        self.build("public", {"public": _files("public")})


_PROJECTIONS = ("owner", "responsible", "participants")


def _files(title):
    return {
        "index.html": PAGE.format(title).encode(),
        "study/index.html": PAGE.format(f"study {title}").encode(),
        "search/search_index.json": b'{"docs": []}' + b" " * 2000,
        "portfolio/works/sad/plan.png": PNG,
        "portfolio/works/sad/Чертёж (1).pdf": b"%PDF-1.7 " + title.encode(),
        "portfolio/works/sad/page.html": b"<script>document.title='hacked'</script>",
        "portfolio/works/sad/drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "portfolio/works/sad/film.bin": LARGE,
    }
