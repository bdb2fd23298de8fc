"""The addresses of the house: what a canonical path asks for, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from academy.identifiers import is_person_id

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")


class Area(Enum):
    """The parts of the house; the value is the first segment of an address."""

    PUBLIC = ""
    CABINET = "c"
    SHARED = "p"
    LINK = "s"
    ASSETS = "assets"
    DESK = "desk"
    GIT = "git"
    SIGN_IN = "oauth2"
    PROVIDER = "id"


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for: the area, whose it is or which link, and the path inside.

    `is_bare` says that the path ends with the person or the token and lacks its slash.
    """

    area: Area
    person: str = ""
    token: str = ""
    rest: str = ""
    is_bare: bool = False


_BY_SEGMENT = {area.value: area for area in Area if area is not Area.PUBLIC}
_OF_PEOPLE = frozenset({Area.CABINET, Area.SHARED})

RESERVED = frozenset({*_BY_SEGMENT, "healthz", "readyz", "metrics", ".well-known"})
"""First segments that neither public pages nor upstreams may have."""


def address_of(path: str) -> Address | None:
    """Tell what a canonical path asks for; None for what can never be there."""
    _, first, *others = path.split("/", 3)
    area = _BY_SEGMENT.get(first)
    if area is None:
        return Address(Area.PUBLIC, rest=path[1:])
    second = others[0] if others else None
    rest = others[1] if len(others) > 1 else None
    if area in _OF_PEOPLE:
        if not second:
            return Address(area, is_bare=second is None)
        return Address(area, second, "", rest or "", rest is None) if is_person_id(second) else None
    if area is Area.LINK:
        whole = second is not None and _TOKEN.fullmatch(second)
        return Address(area, "", second or "", rest or "", rest is None) if whole else None
    return Address(area, rest=path[len(first) + 2 :], is_bare=second is None)


def faults_of_prefixes(prefixes: Iterable[str]) -> list[str]:
    """Find the prefixes of upstreams that collide with the house or are written oddly."""
    return [
        prefix
        for prefix in prefixes
        if not re.fullmatch(r"/[a-z0-9][a-z0-9-]*/", prefix) or prefix.strip("/") in RESERVED
    ]
