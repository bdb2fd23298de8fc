"""Where somebody who is signed in can go from the pages of the way in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from academy.access import Role
from messages import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of the menu."""

    title: str
    address: str
    is_here: bool


_ANYBODY = frozenset(Role)
_LISTENER = frozenset({Role.LISTENER})
_STAFF = _ANYBODY - {Role.LISTENER, Role.PARTICIPANT}

_PLACES = (
    ("cabinet", "/c/", _LISTENER),
    ("cabinets", "/c/", _STAFF),
    ("desk", "/desk/", _STAFF | _LISTENER),
    ("portfolios", "/p/", _ANYBODY),
    ("access", "/oauth2/access", _LISTENER),
    ("sessions", "/oauth2/sessions", None),
)
"""A text, an address, and the roles that have something there; None is everybody."""


def places_of(roles: Collection[Role], path: str, words: Catalogue) -> tuple[Place, ...]:
    """The menu of an account on the page at `path`; of several lines to one address the first."""
    found: dict[str, Place] = {}
    for key, address, wanted in _PLACES:
        if (wanted is None or wanted & set(roles)) and address not in found:
            found[address] = Place(
                title=words.text(f"sign_in.place-{key}"), address=address, is_here=path == address
            )
    return tuple(found.values())
