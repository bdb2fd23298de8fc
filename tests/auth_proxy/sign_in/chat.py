"""A service of the academy that signs people in with the embedded provider."""

from __future__ import annotations

import base64
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet

from auth_proxy.identity.services import Service
from auth_proxy.sign_in.assembling import SignInSettings

ISSUER = "https://cabinet.example/id"
CALLBACK = "https://chat.example/callback"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
CHAT = Service(
    id="chat",
    title="Чат академии",
    secret="s" * 32,
    redirect_addresses=(CALLBACK, "https://chat.example/other?x=1"),
    after_sign_out_addresses=("https://chat.example/bye",),
    back_channel_logout="https://chat.example/logout",
)
WIKI = Service(
    id="wiki",
    title="Вики",
    redirect_addresses=("https://wiki.example/callback",),
    scopes=("openid", "profile"),
)


class Chat:
    """A service of the academy, and a browser in which somebody uses it."""

    def __init__(self, make_house, service=CHAT):
        self.house = make_house(settings=SignInSettings(services=(service, WIKI)))
        self.account = self.house.add(groups=frozenset({"ld-26-1"}))
        self.browser = self.house.browser()

    def authorize(self, browser=None, **more):
        right = {
            "client_id": "chat",
            "response_type": "code",
            "scope": "openid profile email groups",
            "redirect_uri": CALLBACK,
            "state": "st",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        query = {name: value for name, value in (right | more).items() if value is not None}
        return (browser or self.browser).get(f"/id/authorize?{urlencode(query)}")

    def sign_in(self, **more):
        """Ask for a code with a browser that is not signed in; gives the answer to the service."""
        page = self.authorize(**more)
        answer = self.browser.send_form(page, user_name="anna", password="сад у моря и лес")
        return said(self.browser.get(answer.headers["location"]))

    def code(self, **more):
        return said(self.authorize(**more)).get("code") or self.sign_in(**more)["code"]

    def token(self, code=None, secret="s" * 32, **more):
        """Trade a code, by default with the secret in the header."""
        right = {
            "grant_type": "authorization_code",
            "code": code or self.code(),
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        form = {name: value for name, value in (right | more).items() if value is not None}
        auth = {"auth": ("chat", secret)} if "client_id" not in more else {}
        return self.house.browser().post("/id/token", form, **auth)

    def claims(self, token):
        keys = KeySet.import_key_set(self.house.browser().get("/id/keys").json())
        return jwt.decode(token, keys, algorithms=["RS256"])


def said(answer):
    """What the service finds in the address it is called back with."""
    assert answer.status_code in (200, 303), answer.text
    place = answer.headers.get("location", "")
    return dict(parse_qsl(urlsplit(place).query))
