"""A house with sign-in over a real ledger, a clock that stands still, browsers without a screen."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from academy.access import Role
from academy.account import Account
from auth_proxy.identity.claims import Description
from auth_proxy.identity.passwords import Passwords
from auth_proxy.screens.pages import Look, Screens
from auth_proxy.sign_in.assembling import SignInSettings, Surroundings, WayIn
from auth_proxy.sign_in.cookies import Cookie, Jar
from auth_proxy.sign_in.provider import Settings
from auth_proxy.sign_in.tokens import LOGOUT_EVENT
from formats.rules_of_use import read_rules_of_use
from ledger.opening import open_ledger
from ledger.tokens import token_hash
from tests.auth_proxy.sign_in.chat import Chat

ROOT = Path(__file__).parents[3]
ADDRESS = "https://cabinet.example"
PASSWORD = "сад у моря и лес"
SECRET = "a%b+c d, and so on"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RULES = read_rules_of_use({"public/rules.md": (ROOT / "content/public/rules.md").read_bytes()})


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


class Browser:
    """Keeps cookies, follows links and sends forms, as far as a test tells it to."""

    def __init__(self, application, address=ADDRESS, language="ru"):
        self.address, self._application = address, application
        self._jar = httpx.Cookies()
        self._headers = {"Accept-Language": language, "User-Agent": "Mozilla Firefox/140 Windows"}

    @property
    def cookies(self):
        return {one.name: one.value for one in self._jar.jar}

    def put_cookie(self, name, value):
        self._jar.set(name, value, domain=urlsplit(self.address).hostname)

    def get(self, path, **more):
        return self._ask("GET", path, **more)

    def post(self, path, data, **more):
        return self._ask("POST", path, data=data, **more)

    def follow(self, answer, until=lambda _place: False):
        """Follow redirects inside the house, at most as far as `until` says."""
        while 300 <= answer.status_code < 400:
            place = urljoin(str(answer.url), answer.headers["location"])
            if not place.startswith((f"{self.address}/id/", f"{self.address}/oauth2/")):
                return answer
            if until(place):
                return answer
            answer = self.get(place)
        return answer

    def send_form(self, page, number=0, **values):
        """Fill in the form of a page and send it."""
        form = re.findall(r"<form.*?</form>", page.text, re.DOTALL)[number]
        action = unescape(re.search(r'action="([^"]*)"', form)[1])
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return self.post(action, {name: unescape(value) for name, value in hidden.items()} | values)

    def sign_in(self, user_name, password=PASSWORD, back="/c/"):
        """Sign in from the start; gives the last answer."""
        page = self.follow(self.get(f"/oauth2/sign-in?return={back}"))
        return self.follow(self.send_form(page, user_name=user_name, password=password))

    def _ask(self, method, path, **more):
        return asyncio.run(self._ask_now(method, path, **more))

    async def _ask_now(self, method, path, **more):
        transport = httpx.ASGITransport(app=self._application, client=("192.0.2.7", 1234))
        async with httpx.AsyncClient(
            transport=transport, base_url=self.address, headers=self._headers, cookies=self._jar
        ) as client:
            answer = await client.request(method, path, **more)
            self._jar = client.cookies
            return answer


class House:
    """The way in, assembled."""

    def __init__(self, home, settings=None, address=ADDRESS, outside=None, clock=None):
        self.address, self.clock = address, clock or Clock()
        self.ledger = open_ledger(home)
        self.passwords = Passwords(memory=64, passes=1)
        self.rules = RULES
        self.jar = Jar(is_secure=address.startswith("https"))
        look = Look(academy="Академия", theme="/assets/theme/")
        self.around = Surroundings(
            address=address,
            ledger=self.ledger,
            screens=Screens(ROOT / "site_templates" / "sign_in", lambda: look, self.jar),
            rules=lambda: self.rules,
            describe=self.describe,
            now=self.clock,
            outside=outside,
        )
        self.way_in = WayIn(self.around, settings or SignInSettings(), self.passwords)

    def describe(self, account):
        return Description(
            name=f"Имя {account.user_name}", mailbox=f"{account.user_name}@academy.example"
        )

    async def __call__(self, scope, receive, send):
        is_provider = scope["path"].startswith("/id/")
        application = self.way_in.identity if is_provider else self.way_in.oauth2
        await application(scope, receive, send)

    def browser(self, **how):
        return Browser(self, self.address, **how)

    def add(self, user_name="anna", roles=(Role.LISTENER,), **more):
        """Make an account with the password of the tests."""
        person = f"p{len(self.ledger.accounts.all()):09d}"
        account = Account(
            id=person,
            user_name=user_name,
            created=NOW - timedelta(days=30),
            person=person if Role.LISTENER in roles else None,
            roles=frozenset(roles),
            password_digest=self.passwords.digest_now(PASSWORD),
        )
        account = replace(account, **more)
        self.ledger.accounts.add(account)
        return account

    def standing(self, browser):
        """What the ledger says of the session of a browser."""
        token = browser.cookies.get(self.jar.name(Cookie.SESSION))
        return self.ledger.standing(
            token_hash(token) if token else None, None, self.clock(), self.rules.version
        )

    def recorded(self):
        """The record of access, as pairs of action and rule."""
        return [(one.entry.action.value, one.entry.rule) for one in self.ledger.audit.query()]

    def close(self):
        self.ledger.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A home whose ledger is made, with a signing key: to be copied, since both take time."""
    home = tmp_path_factory.mktemp("ledger") / "home"
    house = House(home)
    house.way_in.embedded.keys.shown(NOW)
    house.close()
    return home


@pytest.fixture
def make_house(migrated, tmp_path):
    made = []

    def make(**how):
        home = tmp_path / f"home-{len(made)}"
        shutil.copytree(migrated, home)
        made.append(House(home, **how))
        return made[-1]

    yield make
    for house in made:
        house.close()


@pytest.fixture
def house(make_house):
    return make_house()


def query_of(address):
    return dict(parse_qsl(urlsplit(address).query))


class OutsideProvider:
    """A provider of others that says whatever a test wants it to say."""

    issuer = "https://provider.example"

    def __init__(self, clock):
        self._clock = clock
        self.keys = [self.new_key("one")]
        self.shown = None
        self.metadata = {}
        self.userinfo = {}
        self.tokens = {}
        self.status = 200
        """The status of the token endpoint."""
        self.asked = []
        self.token_requests = []

    @staticmethod
    @cache
    def new_key(name, kind="RSA", owner=""):  # noqa: ARG004 - tells keys of one name apart
        """A key of that name; made once for all tests, since that takes time."""
        made = RSAKey.generate_key(2048) if kind == "RSA" else ECKey.generate_key("P-256")
        return type(made).import_key(made.as_dict(private=True) | {"kid": name})

    def claims(self, **more):
        """What an ID token says when nothing is wrong with it; None leaves a claim out."""
        now = int(self._clock().timestamp())
        right = {"iss": self.issuer, "aud": "cabinet-client", "sub": "someone", "sid": "s-1"}
        claims = right | {"iat": now, "exp": now + 300} | more
        return {name: value for name, value in claims.items() if value is not None}

    def sign(self, claims, key=None, **header):
        key = key or self.keys[0]
        header = {"alg": "RS256", "kid": key.kid} | header
        header = {name: value for name, value in header.items() if value is not None}
        return jwt.encode(header, claims, key, [header["alg"]], default_type=None)

    async def __call__(self, scope, receive, send):
        path = scope["path"]
        self.asked.append(path)
        said = {
            "/.well-known/openid-configuration": self._discovery,
            "/keys": lambda: {"keys": self.shown if self.shown is not None else self._public()},
            "/userinfo": lambda: {"sub": "someone"} | self.userinfo,
        }.get(path)
        if path == "/token":
            message = await receive()
            self.token_requests.append((dict(scope["headers"]), message["body"].decode()))
            said = self._tokens
        body = json.dumps(said() if said else {}).encode()
        headers = [(b"content-type", b"application/json")]
        status = self.status if path == "/token" else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _tokens(self):
        return {"access_token": "at", "token_type": "Bearer"} | self.tokens

    def _discovery(self):
        right = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
        } | self.metadata
        return {name: value for name, value in right.items() if value is not None}

    def _public(self):
        return [key.as_dict(private=False) for key in self.keys]


class Visit:
    """A house that asks the outside provider, and a browser that comes from it."""

    def __init__(self, make_house):
        registered = Settings(
            issuer=OutsideProvider.issuer, client_id="cabinet-client", client_secret=SECRET
        )
        clock = Clock()
        self.provider = OutsideProvider(clock)
        outside = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.provider))
        settings = SignInSettings(provider=registered)
        self.house = make_house(settings=settings, outside=outside, clock=clock)
        self.account = self.house.add()
        self.house.ledger.links.add(OutsideProvider.issuer, "someone", self.account.id, NOW)
        self.browser = self.house.browser()

    def begin(self):
        """Go to the provider; gives what it was asked."""
        answer = self.browser.get("/oauth2/sign-in?return=/c/")
        assert answer.status_code == 303, answer.text
        return query_of(answer.headers["location"])

    def arrive(self, claims=None, callback=None, token=None, key=None, **header):
        """Come back with an ID token of these claims."""
        asked = self.begin()
        said = {"nonce": asked["nonce"]} | (claims or {})
        self.provider.tokens["id_token"] = token or self.provider.sign(
            self.provider.claims(**said), key, **header
        )
        query = {"code": "c", "state": asked["state"]} | (callback or {})
        query = {name: value for name, value in query.items() if value is not None}
        return self.browser.get(f"/oauth2/callback?{urlencode(query)}")

    @property
    def is_signed_in(self):
        return self.house.standing(self.browser).session is not None

    def log_out(self, claims=None, key=None, token=None, **header):
        """Send a logout token, as the provider does behind the person's back."""
        right = {"events": {LOGOUT_EVENT: {}}, "jti": "j-1"}
        said = self.provider.claims(**(right | (claims or {})))
        if token is None:
            token = self.provider.sign(said, key, **({"typ": "logout+jwt"} | header))
        return self.house.browser().post("/oauth2/back-channel-logout", {"logout_token": token})


@pytest.fixture
def visit(make_house):
    return Visit(make_house)


@pytest.fixture
def chat(make_house):
    """A service, and somebody who uses it."""
    return Chat(make_house)
