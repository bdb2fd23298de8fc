"""`sign-in.toml` of the home: who signs people in, and which services use the academy's accounts.

The file holds secrets of services, so it lies beside the ledger and not in a repository. Every
field is described in `docs/sign-in.md`.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from auth_proxy.identity.services import SCOPES, Service
from auth_proxy.sign_in.assembling import OWN, SignInSettings
from auth_proxy.sign_in.provider import Settings
from cabinet.fields import Fields
from cabinet.office import NotReadyError

SHORTEST_SECRET = 24
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")

PROVIDER_FIELDS = ("issuer", "client_id", "client_secret")
SERVICE_FIELDS = (
    "id", "title", "secret", "redirect", "after_sign_out", "back_channel_logout", "scopes",
)  # fmt: skip


def read_sign_in_file(file: Path) -> SignInSettings:
    """Read the file; without one there is the embedded provider for the cabinet alone.

    Raises `NotReadyError` with the first thing that is wrong.
    """
    if not file.exists():
        return SignInSettings()
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NotReadyError("sign-in-open", file=str(file))
    reading = Fields(file, "sign-in")
    top = reading.table("", reading.read(), ("provider", "service"))
    services = reading.tables("service", top.get("service", []))
    found = tuple(_service(reading, f"service[{n}].", one) for n, one in enumerate(services, 1))
    if len({one.id for one in found}) != len(found):
        raise reading.wrong("service.id")
    if "provider" not in top:
        return SignInSettings(services=found)
    if found:
        # An outside provider serves the other services by itself.
        raise reading.wrong("service")
    return SignInSettings(provider=_provider(reading, top["provider"]))


def _provider(reading: Fields, said: object) -> Settings:
    table = reading.table("provider.", said, PROVIDER_FIELDS)
    return Settings(
        issuer=reading.address("provider.issuer", table.get("issuer")),
        client_id=reading.text("provider.client_id", table.get("client_id")),
        client_secret=reading.text("provider.client_secret", table.get("client_secret", "")),
    )


def _service(reading: Fields, place: str, said: object) -> Service:
    table = reading.table(place, said, SERVICE_FIELDS)
    name = reading.text(f"{place}id", table.get("id"))
    if not _ID.fullmatch(name) or name == OWN:
        raise reading.wrong(f"{place}id")
    secret = reading.text(f"{place}secret", table.get("secret", ""))
    if secret and len(secret) < SHORTEST_SECRET:
        raise reading.wrong(f"{place}secret")
    scopes = reading.texts(f"{place}scopes", table.get("scopes", list(SCOPES)))
    if not {"openid"} <= set(scopes) <= set(SCOPES):
        raise reading.wrong(f"{place}scopes")
    redirect = reading.addresses(f"{place}redirect", table.get("redirect"))
    if not redirect:
        raise reading.wrong(f"{place}redirect")
    logout = table.get("back_channel_logout")
    return Service(
        id=name,
        title=reading.text(f"{place}title", table.get("title")),
        secret=secret,
        redirect_addresses=redirect,
        after_sign_out_addresses=reading.addresses(
            f"{place}after_sign_out", table.get("after_sign_out", [])
        ),
        back_channel_logout=reading.address(f"{place}back_channel_logout", logout)
        if logout is not None
        else "",
        scopes=scopes,
    )
