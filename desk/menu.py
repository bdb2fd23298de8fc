"""The menu of the desk: the places a role has, here and beside the desk."""

from __future__ import annotations

from academy.access import Role, Visitor
from desk.web.call import Place

_PLACES = (
    ("mine", "/desk/mine/", frozenset({Role.LISTENER})),
    ("review", "/desk/review/", frozenset({Role.REVIEWER})),
    ("verify", "/desk/verify/", frozenset({Role.VERIFIER})),
    (
        "people",
        "/desk/people/",
        frozenset({Role.REVIEWER, Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR}),
    ),
    ("accounts", "/desk/accounts/", frozenset({Role.REGISTRAR})),
    ("reports", "/desk/reports/", frozenset({Role.REGISTRAR})),
    ("announcements", "/desk/announcements/", frozenset({Role.REGISTRAR})),
    ("content", "/desk/content/", frozenset({Role.REGISTRAR})),
    ("import", "/desk/import/", frozenset({Role.REGISTRAR})),
    ("cabinet", "/c/", frozenset({Role.LISTENER})),
    ("cabinets", "/c/", frozenset({Role.REVIEWER, Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR})),
    ("portfolios", "/p/", frozenset({Role.PARTICIPANT})),
)


def places_of(visitor: Visitor, path: str) -> tuple[Place, ...]:
    """The places of a visitor; the one that the path is below is where they are."""
    return tuple(
        Place(key, address, is_here=path.startswith(address))
        for key, address, roles in _PLACES
        if visitor.roles & roles
    )
