"""Other services with the academy's accounts: they learn that somebody is signed out or blocked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from auth_proxy.identity import announcing
from auth_proxy.identity.announcing import FIRST_PAUSE
from auth_proxy.identity.services import Service
from auth_proxy.sign_in.assembling import SignInSettings
from auth_proxy.sign_in.provider import Settings

EVENT = "http://schemas.openid.net/event/backchannel-logout"
SECRET = "the secret of the library, long enough"
LIBRARY = "https://library.example"


class Listening:
    """A service that notes which logout tokens it is sent, and answers what it is told to."""

    def __init__(self):
        self.tokens = []
        self.status = 200

    async def __call__(self, _scope, receive, send):
        message = await receive()
        self.tokens += parse_qs(message["body"].decode())["logout_token"]
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Town:
    """Applications by their host, as one client reaches them."""

    def __init__(self):
        self.houses = {}

    async def __call__(self, scope, receive, send):
        house = self.houses[dict(scope["headers"])[b"host"].decode()]
        await house(scope, receive, send)

    def client(self):
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self))


def service(name, **more):
    return Service(
        id=name,
        title=name,
        secret=SECRET,
        redirect_addresses=(f"https://{name}.example/oauth2/callback",),
        after_sign_out_addresses=(f"https://{name}.example/oauth2/signed-out",),
        back_channel_logout=f"https://{name}.example/oauth2/back-channel-logout",
        **more,
    )


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def academy(make_house, town):
    """The house with the embedded provider; `chat` and `wiki` listen, `silent` cannot."""
    silent = Service(id="silent", title="silent", redirect_addresses=("https://silent.example/",))
    services = (service("chat"), service("wiki"), silent)
    house = make_house(settings=SignInSettings(services=services), outside=town.client())
    town.houses = {"chat.example": Listening(), "wiki.example": Listening()}
    return house


def tell(house):
    asyncio.run(house.way_in.announcer().send_due())


def read(house, token):
    keys = KeySet.import_key_set(house.browser().get("/id/keys").json())
    return jwt.decode(token, keys, algorithms=["RS256"])


def test_a_block_reaches_every_service_that_listens(academy, town):
    account = academy.add()
    academy.ledger.accounts.block(account.id, academy.clock())
    tell(academy)

    for name in ("chat", "wiki"):
        [token] = town.houses[f"{name}.example"].tokens
        found = read(academy, token)
        now = int(academy.clock().timestamp())
        assert found.header["typ"] == "logout+jwt"
        assert len(found.claims.pop("jti")) == 43
        assert found.claims == {
            "iss": "https://cabinet.example/id",
            "aud": name,
            "iat": now,
            "exp": now + 120,
            "sub": account.id,
            "events": {EVENT: {}},
        }
    assert academy.ledger.outbox.due(academy.clock() + timedelta(days=9)) == ()


def test_one_that_is_down_is_told_later_and_holds_up_nobody(academy, town):
    account = academy.add()
    chat, wiki = town.houses["chat.example"], town.houses["wiki.example"]
    chat.status = 503
    academy.ledger.accounts.block(account.id, academy.clock())
    tell(academy)
    tell(academy)
    assert (len(chat.tokens), len(wiki.tokens)) == (1, 1)

    academy.clock.now += FIRST_PAUSE
    chat.status = 204
    tell(academy)
    assert len(chat.tokens) == 2
    academy.clock.pass_by(days=2)
    tell(academy)
    assert (len(chat.tokens), len(wiki.tokens)) == (2, 1)


def test_one_that_is_down_for_good_is_given_up(academy, town, monkeypatch):
    monkeypatch.setattr(announcing, "MOST_ATTEMPTS", 3)
    account = academy.add()
    chat = town.houses["chat.example"]
    chat.status = 500
    academy.ledger.accounts.block(account.id, academy.clock())
    for _ in range(6):
        tell(academy)
        academy.clock.pass_by(hours=1)

    assert len(chat.tokens) == 3


def test_one_that_refuses_the_token_is_not_told_twice(academy, town):
    account = academy.add()
    chat = town.houses["chat.example"]
    chat.status = 400
    academy.ledger.accounts.block(account.id, academy.clock())
    tell(academy)
    academy.clock.pass_by(hours=1)
    tell(academy)

    assert len(chat.tokens) == 1


def test_what_was_to_be_told_is_told_after_a_restart(academy, town):
    """The message is written with the block itself, in one transaction."""
    account = academy.add()
    academy.ledger.accounts.block(account.id, academy.clock())

    assert [one.kind for one in academy.ledger.outbox.due(academy.clock())] == ["logout"]
    tell(academy)
    assert len(town.houses["chat.example"].tokens) == 1


@pytest.fixture
def library(make_house, town):
    """The academy, and a second relying party: another house that asks the first one."""
    academy = make_house(
        settings=SignInSettings(services=(service("library"),)), outside=town.client()
    )
    issuer = "https://cabinet.example/id"
    registered = Settings(issuer=issuer, client_id="library", client_secret=SECRET)
    library = make_house(
        settings=SignInSettings(provider=registered),
        outside=town.client(),
        address=LIBRARY,
        clock=academy.clock,
    )
    town.houses = {"cabinet.example": academy, "library.example": library}
    account = academy.add()
    library.ledger.links.add(issuer, account.id, library.add("reader").id, academy.clock())
    return academy, library, account


class Reader:
    """A browser that visits both houses, with cookies of its own for each."""

    def __init__(self, academy, library):
        self.here, self.there = academy.browser(), library.browser()

    def open_library(self):
        """Sign in at the library with the account of the academy; gives the last answer."""
        place = self.there.get("/oauth2/sign-in?return=/books/").headers["location"]
        answer = self.here.get(place)
        if answer.status_code == 200:
            form = {"user_name": "anna", "password": "сад у моря и лес"}
            answer = self.here.send_form(answer, **form)
            answer = self.here.get(answer.headers["location"])
        return self.there.get(answer.headers["location"])


def test_a_second_relying_party_signs_in_with_the_account_of_the_academy(library):
    academy, other, _ = library
    reader = Reader(academy, other)

    assert reader.open_library().headers["location"] == "/books/"
    assert other.standing(reader.there).session is not None
    # Whoever has signed in at one of them need not do so at the other.
    answer = reader.here.follow(reader.here.get("/oauth2/sign-in?return=/c/"))
    assert answer.headers["location"] == "/c/"


def test_a_block_ends_the_session_at_a_second_relying_party(library):
    academy, other, account = library
    reader = Reader(academy, other)
    reader.open_library()

    academy.ledger.accounts.block(account.id, academy.clock())
    tell(academy)

    assert other.standing(reader.there).session is None
    assert other.recorded()[-1] == ("sign_out", "back_channel")


def test_signing_out_of_the_cabinet_signs_out_of_what_was_opened_with_it(library):
    academy, other, _ = library
    reader, elsewhere = Reader(academy, other), Reader(academy, other)
    for one in (reader, elsewhere):
        one.open_library()
    reader.here.follow(reader.here.get("/oauth2/sign-in"))

    reader.here.follow(reader.here.send_form(reader.here.get("/oauth2/sign-out")))
    tell(academy)

    assert other.standing(reader.there).session is None
    assert other.standing(elsewhere.there).session is not None


def test_signing_out_at_the_library_signs_out_of_the_cabinet_too(library):
    academy, other, _ = library
    reader = Reader(academy, other)
    reader.open_library()
    reader.here.follow(reader.here.get("/oauth2/sign-in"))
    assert academy.standing(reader.here).session is not None

    page = reader.there.get("/oauth2/sign-out")
    place = reader.there.send_form(page).headers["location"]
    answer = reader.here.get(place)

    assert answer.headers["location"] == f"{LIBRARY}/oauth2/signed-out"
    assert academy.standing(reader.here).session is None


def test_the_task_that_tells_lives_as_long_as_the_server(academy, town):
    account = academy.add()

    async def serve():
        async with academy.way_in.lifetime():
            academy.ledger.accounts.block(account.id, academy.clock())
            while not town.houses["chat.example"].tokens:
                await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(serve(), 20))
