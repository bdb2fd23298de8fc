"""`doors.toml` of the home: the address of the way in, TLS, the proxy in front, upstreams.

Every field is described in `docs/operations.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from academy.access import Role
from auth_proxy.addresses import faults_of_prefixes
from auth_proxy.upstreams import Upstream
from cabinet.fields import Fields
from cabinet.http_server import Certificate

FIELDS = (
    "address", "certificate", "key", "trusted_proxies", "accelerated", "operations", "upstream",
)  # fmt: skip
UPSTREAM_FIELDS = ("prefix", "address", "roles", "largest_body", "seconds")
_MIB = 1024 * 1024
_INTERNAL = re.compile(r"/[A-Za-z0-9_-]+/")
_LISTENING = re.compile(r"(?P<host>127\.0\.0\.1|::1|localhost|[0-9.]+):(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """What the file says. Without an `address` the way in is open on this machine only."""

    address: str | None = None
    certificate: Certificate | None = None
    trusted_proxies: tuple[str, ...] = ()
    accelerated: str | None = None
    operations: tuple[str, int] | None = None
    upstreams: tuple[Upstream, ...] = ()

    @property
    def has_tls(self) -> bool:
        """Whether somebody takes care of TLS: we, or a declared proxy in front."""
        return self.certificate is not None or bool(self.trusted_proxies)


def read_doors_file(file: Path) -> DoorSettings:
    """Read the file; without one everything is as in `DoorSettings()`.

    Raises `NotReadyError` with the first thing that is wrong.
    """
    if not file.exists():
        return DoorSettings()
    fields = Fields(file, "doors")
    top = fields.table("", fields.read(), FIELDS)
    upstreams = fields.tables("upstream", top.get("upstream", []))
    found = tuple(_upstream(fields, f"upstream[{n}].", one) for n, one in enumerate(upstreams, 1))
    prefixes = [one.prefix for one in found]
    if faults_of_prefixes(prefixes) or len(set(prefixes)) != len(prefixes):
        raise fields.wrong("upstream.prefix")
    return DoorSettings(
        address=_origin(fields, top.get("address")),
        certificate=_certificate(fields, file.parent, top.get("certificate"), top.get("key")),
        trusted_proxies=_networks(fields, top.get("trusted_proxies", [])),
        accelerated=_internal(fields, top.get("accelerated")),
        operations=_listening(fields, top.get("operations")),
        upstreams=found,
    )


def _origin(fields: Fields, said: object) -> str | None:
    """The canonical address: a scheme and a host, nothing behind."""
    if said is None:
        return None
    parts = urlsplit(fields.text("address", said))
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise fields.wrong("address")
    if parts.username is not None or parts.fragment or parts.netloc != parts.netloc.lower():
        raise fields.wrong("address")
    return f"https://{parts.netloc}"


def _certificate(fields: Fields, home: Path, chain: object, key: object) -> Certificate | None:
    if chain is None and key is None:
        return None
    found = Certificate(home / fields.text("certificate", chain), home / fields.text("key", key))
    for name, path in (("certificate", found.chain), ("key", found.key)):
        if not path.is_file():
            raise fields.wrong(name)
    return found


def _networks(fields: Fields, said: object) -> tuple[str, ...]:
    found = fields.texts("trusted_proxies", said)
    for one in found:
        try:
            ip_network(one)
        except ValueError:
            raise fields.wrong("trusted_proxies") from None
    return found


def _internal(fields: Fields, said: object) -> str | None:
    if said is None:
        return None
    found = fields.text("accelerated", said)
    if not _INTERNAL.fullmatch(found):
        raise fields.wrong("accelerated")
    return found


def _listening(fields: Fields, said: object) -> tuple[str, int] | None:
    if said is None:
        return None
    match = _LISTENING.fullmatch(fields.text("operations", said))
    if match is None:
        raise fields.wrong("operations")
    return match["host"], int(match["port"])


def _upstream(fields: Fields, place: str, said: object) -> Upstream:
    table = fields.table(place, said, UPSTREAM_FIELDS)
    address = fields.text(f"{place}address", table.get("address"))
    if not re.fullmatch(r"http://[A-Za-z0-9.\[\]:-]+(?:/[A-Za-z0-9._~/-]*)?", address):
        raise fields.wrong(f"{place}address")
    roles = fields.texts(f"{place}roles", table.get("roles", []))
    if not set(roles) <= {role.value for role in Role}:
        raise fields.wrong(f"{place}roles")
    return Upstream(
        prefix=fields.text(f"{place}prefix", table.get("prefix")),
        address=address,
        roles=frozenset(Role(one) for one in roles),
        largest_body=fields.number(f"{place}largest_body", table.get("largest_body", 32)) * _MIB,
        seconds=fields.number(f"{place}seconds", table.get("seconds", 30)),
    )
