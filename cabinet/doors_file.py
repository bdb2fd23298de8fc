"""`doors.toml` of the home: the address of the way in, TLS, the proxy in front, upstreams.

Every field is described in `docs/operations.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

from academy.access import Role
from auth_proxy.addresses import faults_of_prefixes
from auth_proxy.upstreams import Upstream
from cabinet.certificate import Certificate
from cabinet.fields import Fields

FIELDS = (
    "address", "certificate", "key", "trusted_proxies", "accelerated", "operations", "upstream",
)  # fmt: skip
UPSTREAM_FIELDS = ("prefix", "address", "roles", "largest_body", "seconds")
_MIB = 1024 * 1024
_INTERNAL = re.compile(r"/[A-Za-z0-9_-]+/")
# A name as browsers write it: small letters, other alphabets in Punycode; or an address.
_HOST = r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
_PLACE = re.compile(rf"(?P<host>{_HOST})(?::(?P<port>[0-9]{{1,5}}))?")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
_LONGEST_SECONDS = 900
_HTTPS_PORT = 443
_LAST_PORT = 65535


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
    """The canonical address: a scheme and a host, as browsers name them, and nothing behind."""
    if said is None:
        return None
    scheme, _, place = fields.text("address", said).partition("://")
    host, port = _place(fields, "address", place.removesuffix("/"))
    if scheme != "https" or port == _HTTPS_PORT:
        raise fields.wrong("address")
    return f"https://{host}:{port}" if port else f"https://{host}"


def _place(fields: Fields, field: str, said: str) -> tuple[str, int | None]:
    """A host and a port, both as they may be."""
    match = _PLACE.fullmatch(said)
    host, port = (match["host"], match["port"]) if match else ("", None)
    if not host or (port is not None and not 0 < int(port) <= _LAST_PORT):
        raise fields.wrong(field)
    if host.startswith("[") or host.replace(".", "").isdigit():
        try:
            ip_address(host.strip("[]"))
        except ValueError:
            raise fields.wrong(field) from None
    return host, int(port) if port else None


def _certificate(fields: Fields, home: Path, chain: object, key: object) -> Certificate | None:
    if chain is None and key is None:
        return None
    found = Certificate(home / fields.text("certificate", chain), home / fields.text("key", key))
    for name, path in (("certificate", found.chain), ("key", found.key)):
        if not path.is_file():
            raise fields.wrong(name)
    if not found.is_usable():
        raise fields.wrong("certificate")
    return found


def _networks(fields: Fields, said: object) -> tuple[str, ...]:
    found = fields.texts("trusted_proxies", said)
    for one in found:
        try:
            network = ip_network(one)
        except ValueError:
            raise fields.wrong("trusted_proxies") from None
        if network.prefixlen == 0:
            # Whoever trusts everyone has no proxy in front.
            raise fields.wrong("trusted_proxies")
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
    host, port = _place(fields, "operations", fields.text("operations", said))
    if port is None or not (host == "localhost" or host[-1] == "]" or host[0].isdigit()):
        raise fields.wrong("operations")
    return host.strip("[]"), port


def _service(fields: Fields, field: str, said: object) -> str:
    """Where an upstream is: plain HTTP, and perhaps a path there."""
    scheme, _, rest = fields.text(field, said).partition("://")
    place, slash, path = rest.partition("/")
    _place(fields, field, place)
    if scheme != "http" or not _PATH.fullmatch(slash + path):
        raise fields.wrong(field)
    return f"http://{rest}"


def _upstream(fields: Fields, place: str, said: object) -> Upstream:
    table = fields.table(place, said, UPSTREAM_FIELDS)
    roles = fields.texts(f"{place}roles", table.get("roles", []))
    if not set(roles) <= {role.value for role in Role}:
        raise fields.wrong(f"{place}roles")
    seconds = fields.number(f"{place}seconds", table.get("seconds", 30))
    if seconds > _LONGEST_SECONDS:
        raise fields.wrong(f"{place}seconds")
    return Upstream(
        prefix=fields.text(f"{place}prefix", table.get("prefix")),
        address=_service(fields, f"{place}address", table.get("address")),
        roles=frozenset(Role(one) for one in roles),
        largest_body=fields.number(f"{place}largest_body", table.get("largest_body", 32)) * _MIB,
        seconds=seconds,
    )
