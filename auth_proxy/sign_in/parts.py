"""What the screens of the relying party are made with, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from auth_proxy.knocks import Knocks
from auth_proxy.screens.pages import Screens
from auth_proxy.sign_in.cookies import Cookie, Jar
from auth_proxy.sign_in.provider import Provider
from auth_proxy.sign_in.states import States
from formats.rules_of_use import RulesOfUse
from ledger.opening import Ledger
from ledger.standing import Standing
from ledger.tokens import token_hash

PATH = "/oauth2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the relying party works with."""

    address: str
    """The canonical address of this house, `https://host`, without a slash at its end."""
    provider: Provider
    is_embedded: bool
    """Whether the provider is our own, whose subjects are accounts."""
    ledger: Ledger
    screens: Screens
    states: States
    rules: Callable[[], RulesOfUse]
    name_of: Callable[[str], str]
    """The name of the person behind an account; empty when it is not known."""
    now: Callable[[], datetime]
    knocks: Knocks

    @property
    def jar(self) -> Jar:
        """How cookies are named here."""
        return self.screens.jar

    @property
    def callback(self) -> str:
        """Where the provider sends people back to."""
        return f"{self.address}{PATH}/callback"

    @property
    def signed_out(self) -> str:
        """Where the provider sends people who have signed out."""
        return f"{self.address}{PATH}/signed-out"

    def token(self, request: Request) -> str | None:
        """The token of the session that a request brings."""
        return self.jar.read_token(Cookie.SESSION, request.scope["headers"])

    def standing(self, request: Request) -> Standing:
        """Who asks, read fresh. Raises `LedgerUnreadableError`."""
        token = self.token(request)
        key = token_hash(token) if token else None
        return self.ledger.standing(key, None, self.now(), self.rules().version)
