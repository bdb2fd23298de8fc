"""How long a session holds: shorter for those who see the data of others."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from academy.access import Role


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Without use, and altogether."""

    idle: timedelta
    absolute: timedelta


LISTENER = Lifetime(idle=timedelta(hours=8), absolute=timedelta(days=7))
STAFF = Lifetime(idle=timedelta(hours=1), absolute=timedelta(hours=12))

_OWN_DATA_ONLY = frozenset({Role.LISTENER, Role.PARTICIPANT})


def lifetime_of(roles: AbstractSet[Role]) -> Lifetime:
    """The lifetime of a session of an account with these roles."""
    return LISTENER if roles <= _OWN_DATA_ONLY else STAFF
