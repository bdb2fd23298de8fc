"""The access table, whole: every role, every place, every state of the owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, product

import pytest

from academy.access import (
    Decision,
    Place,
    Resource,
    Role,
    Rule,
    ShareLink,
    Visitor,
    decide,
)
from academy.consent import Purpose
from academy.projection import ProjectionKind

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
OWNER = "bcdfghjkmn"
PLACED = frozenset({Purpose.PLACEMENT})
TO_PARTICIPANTS = frozenset({Purpose.PLACEMENT, Purpose.PARTICIPANTS})
TO_OUTSIDERS = frozenset({Purpose.PLACEMENT, Purpose.OUTSIDERS})
WITHOUT_PLACEMENT = frozenset({Purpose.PARTICIPANTS, Purpose.OUTSIDERS})
EVERYTHING = frozenset(Purpose)


@dataclass(frozen=True)
class Situation:
    """Who asks about whose data in which state."""

    roles: frozenset[Role]
    is_self: bool
    in_group: bool
    is_open: bool
    is_frozen: bool
    purposes: frozenset[Purpose]

    @property
    def own(self) -> bool:
        return self.is_self and Role.LISTENER in self.roles

    @property
    def any_role(self) -> bool:
        return bool(self.roles)

    @property
    def wide(self) -> bool:
        return bool({Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR} & self.roles)

    @property
    def responsible(self) -> bool:
        return Role.REVIEWER in self.roles and self.in_group

    @property
    def placed(self) -> bool:
        return Purpose.PLACEMENT in self.purposes


def someone(*roles: Role, account: str = "qqqqqqqqqq", **values: object) -> Visitor:
    return Visitor(account=account, roles=frozenset(roles), **values)  # type: ignore[arg-type]


VISITORS = {
    "nobody": None,
    "no role": someone(),
    "the listener": someone(Role.LISTENER, account=OWNER),
    "owner, no role": someone(account=OWNER),
    "other listener": someone(Role.LISTENER, groups=frozenset({"g1"})),
    "reviewer": someone(Role.REVIEWER, groups=frozenset({"g1", "g2"})),
    "other reviewer": someone(Role.REVIEWER, groups=frozenset({"g2"})),
    "verifier": someone(Role.VERIFIER),
    "registrar": someone(Role.REGISTRAR),
    "auditor": someone(Role.AUDITOR),
    "participant": someone(Role.PARTICIPANT, groups=frozenset({"g1"})),
    "all, blocked": someone(*Role, account=OWNER, groups=frozenset({"g1"}), is_blocked=True),
    "all, no rules": someone(
        *Role, account=OWNER, groups=frozenset({"g1"}), has_acknowledged_rules=False
    ),
}

STATES = {
    "open, nothing": (True, frozenset()),
    "open, placement": (True, PLACED),
    "open, participants": (True, TO_PARTICIPANTS),
    "open, outsiders": (True, TO_OUTSIDERS),
    "open, all but placement": (True, WITHOUT_PLACEMENT),
    "open, all": (True, EVERYTHING),
    "closed, all": (False, EVERYTHING),
}


def resource(place: Place, state: str, group: str = "g1") -> Resource:
    is_open, purposes = STATES[state]
    return Resource(
        place=place, person=OWNER, group=group, owner_is_open=is_open, purposes=purposes
    )


def cell(decision: Decision) -> str:
    if decision.is_allowed:
        shown = f" -> {decision.projection.value}" if decision.projection else ""
        return f"{decision.rule.value}{shown}"
    assert decision.projection is None, "a refusal shows nothing"
    return f"NO {decision.rule.value}"


def table(place: Place, states: list[str], group: str = "g1") -> str:
    """One row a visitor, one column a state; states that answer alike share a column."""
    lines = []
    for name, visitor in VISITORS.items():
        cells = [cell(decide(visitor, resource(place, state, group), NOW)) for state in states]
        alike = cells[:1] if len(set(cells)) == 1 else cells
        lines.append(f"{name:15}| " + " | ".join(alike))
    return "\n".join(lines)


@pytest.mark.parametrize("place", [Place.PUBLIC, Place.ASSETS])
def test_public_pages_and_assets_are_for_everyone(place: Place):
    answers = {
        decide(visitor, resource(place, state), NOW)
        for visitor, state in product(VISITORS.values(), STATES)
    }

    assert answers == {Decision(rule=Rule.PUBLIC, is_allowed=True)}


def test_who_enters_a_cabinet():
    assert table(Place.CABINET, ["open, nothing", "open, all", "closed, all"]) == CABINET


def test_a_cabinet_without_a_group_has_no_responsible_reviewer():
    without = table(Place.CABINET, ["open, nothing", "open, all", "closed, all"], group="")

    assert without == CABINET.replace(
        "reviewer       | responsible_for_group -> responsible", "reviewer       | NO no_rule"
    )


def test_who_reads_a_shared_portfolio():
    assert table(Place.SHARED_PORTFOLIO, list(STATES)) == SHARED


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open, nothing", "NO no_consent"),
        ("open, placement", "NO no_consent"),
        ("open, participants", "NO no_consent"),
        ("open, outsiders", "share_link -> share"),
        ("open, all but placement", "NO no_consent"),
        ("open, all", "share_link -> share"),
        ("closed, all", "NO blocked"),
    ],
)
def test_a_share_link_opens_the_same_to_whoever_has_it(state: str, expected: str):
    link = ShareLink(person=OWNER, expires=NOW + timedelta(seconds=1))
    answers = {
        cell(decide(visitor, resource(Place.SHARE_LINK, state), NOW, link))
        for visitor in VISITORS.values()
    }

    assert answers == {expected}


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(None, id="no link"),
        pytest.param(ShareLink(person=OWNER, expires=NOW), id="expires this moment"),
        pytest.param(
            ShareLink(person=OWNER, expires=NOW + timedelta(1), revoked=True), id="revoked"
        ),
        pytest.param(
            ShareLink(person="somebody-else", expires=NOW + timedelta(1)), id="of another person"
        ),
    ],
)
def test_a_link_that_is_not_valid_opens_nothing_to_anyone(link: ShareLink | None):
    answers = {
        cell(decide(visitor, resource(Place.SHARE_LINK, state), NOW, link))
        for visitor, state in product(VISITORS.values(), STATES)
    }

    assert answers == {"NO link_not_valid"}


# The rules again, in other words than the table: who passes, and which state it takes.
EXPECTED: dict[Place, Callable[[Situation], bool]] = {
    Place.CABINET: lambda s: s.is_open if s.own else s.wide or s.responsible,
    Place.SHARED_PORTFOLIO: lambda s: s.any_role and s.is_open and s.purposes >= TO_PARTICIPANTS,
    Place.ACCESS_RECORD: lambda s: s.is_open if s.own else Role.AUDITOR in s.roles,
    Place.UPSTREAM: lambda s: s.any_role,
    Place.DESK: lambda s: s.any_role,
    Place.EDIT: lambda s: s.own and s.is_open and s.placed and not s.is_frozen,
    Place.SHARE: lambda s: s.own and s.is_open and s.purposes >= TO_OUTSIDERS,
    Place.GIT: lambda s: s.own and s.is_open and s.placed,
    Place.SUBMISSION: lambda s: s.placed and (s.is_open if s.own else s.wide or s.responsible),
    Place.REVIEW: lambda s: s.responsible and not s.is_self and s.is_open and s.placed,
    Place.SHARED_REVIEW: lambda s: (
        s.any_role and not s.is_self and s.is_open and s.purposes >= TO_PARTICIPANTS
    ),
    Place.REPORT: lambda s: s.own and s.is_open,
    Place.VERIFY: lambda s: Role.VERIFIER in s.roles and not s.is_self and s.is_open and s.placed,
    Place.OVERVIEW: lambda s: (s.wide or s.responsible) and not s.is_self,
    Place.NOTE: lambda s: (
        (bool({Role.VERIFIER, Role.REGISTRAR} & s.roles) or s.responsible) and not s.is_self
    ),
    Place.REGISTER: lambda s: Role.REGISTRAR in s.roles and not s.is_self,
    Place.CONTENT: lambda s: Role.REGISTRAR in s.roles,
    Place.AUDIT: lambda s: Role.AUDITOR in s.roles,
}
SHOWN = {
    Place.CABINET: ProjectionKind.OWNER,
    Place.SHARED_PORTFOLIO: ProjectionKind.PARTICIPANTS,
}
EVERY_SET_OF_ROLES = [
    frozenset(roles)
    for roles in chain.from_iterable(combinations(Role, size) for size in range(len(Role) + 1))
]
EVERY_SET_OF_PURPOSES = [
    frozenset(purposes)
    for purposes in chain.from_iterable(
        combinations(Purpose, size) for size in range(len(Purpose) + 1)
    )
]


def test_every_place_has_its_rule_here():
    open_to_all = {Place.PUBLIC, Place.ASSETS, Place.SHARE_LINK, Place.ACCOUNT}

    assert set(EXPECTED) == set(Place) - open_to_all


@pytest.mark.parametrize("place", EXPECTED)
def test_over_every_role_and_every_state_only_the_written_rules_allow(place: Place):
    seen = 0
    for roles, account, group, is_open, is_frozen, purposes in product(
        EVERY_SET_OF_ROLES,
        (OWNER, "other"),
        ("g1", "g2", ""),
        (True, False),
        (True, False),
        EVERY_SET_OF_PURPOSES,
    ):
        situation = Situation(roles, account == OWNER, group == "g1", is_open, is_frozen, purposes)
        asked = Resource(
            place=place,
            person=OWNER,
            group=group,
            owner_is_open=is_open,
            owner_is_frozen=is_frozen,
            purposes=purposes,
        )
        visitor = Visitor(account=account, roles=roles, groups=frozenset({"g1"}))
        decision = decide(visitor, asked, NOW)

        assert decision.is_allowed == EXPECTED[place](situation), situation
        if not decision.is_allowed or place not in SHOWN:
            assert decision.projection is None
        elif place is Place.SHARED_PORTFOLIO or situation.own:
            assert decision.projection is SHOWN[place]
        else:
            assert decision.projection is ProjectionKind.RESPONSIBLE
        seen += 1
    assert seen == 2**6 * 2 * 3 * 2 * 2 * 2**3


@pytest.mark.parametrize("place", EXPECTED)
def test_nothing_opens_before_password_and_rules_nor_to_a_blocked_account(place: Place):
    asked = Resource(place=place, person=OWNER, group="g1", purposes=EVERYTHING)
    answers = [
        cell(decide(someone(*Role, account=OWNER, groups=frozenset({"g1"}), **gate), asked, NOW))
        for gate in (
            {"has_acknowledged_rules": False},
            {"must_change_password": True},
            {"must_change_password": True, "has_acknowledged_rules": False},
            {"is_blocked": True, "must_change_password": True, "has_acknowledged_rules": False},
        )
    ]

    assert answers == [
        "NO rules_not_acknowledged",
        "NO password_not_changed",
        "NO password_not_changed",
        "NO blocked",
    ]
    assert cell(decide(None, asked, NOW)) == "NO not_signed_in"


def test_ones_own_account_is_where_password_and_rules_are_seen_to():
    asked = Resource(place=Place.ACCOUNT)

    def answer(**gate: bool) -> str:
        return cell(decide(someone(**gate), asked, NOW))

    assert answer(must_change_password=True, has_acknowledged_rules=False) == "own_account"
    assert answer(is_blocked=True) == "NO blocked"
    assert cell(decide(None, asked, NOW)) == "NO not_signed_in"


@pytest.mark.parametrize(
    ("place", "resource_state", "expected"),
    [
        (Place.EDIT, {"owner_is_frozen": True}, "NO frozen"),
        (Place.EDIT, {"owner_is_frozen": True, "owner_is_open": False}, "NO blocked"),
        (Place.EDIT, {"purposes": frozenset()}, "NO no_consent"),
        (Place.SHARE, {"purposes": PLACED}, "NO no_consent"),
        (Place.REVIEW, {}, "NO own_words"),
        (Place.SHARED_REVIEW, {}, "NO own_words"),
        (Place.VERIFY, {}, "NO own_words"),
        (Place.GIT, {"owner_is_frozen": True}, "own_cabinet"),
    ],
)
def test_a_refusal_names_what_is_missing(
    place: Place, resource_state: dict[str, object], expected: str
):
    state: dict[str, object] = {"purposes": EVERYTHING} | resource_state
    asked = Resource(place=place, person=OWNER, group="g1", **state)  # type: ignore[arg-type]
    visitor = someone(*Role, account=OWNER, groups=frozenset({"g1"}))

    assert cell(decide(visitor, asked, NOW)) == expected


CABINET = """\
nobody         | NO not_signed_in
no role        | NO no_rule
the listener   | own_cabinet -> owner | own_cabinet -> owner | NO blocked
owner, no role | NO no_rule
other listener | NO no_rule
reviewer       | responsible_for_group -> responsible
other reviewer | NO no_rule
verifier       | whole_academy -> responsible
registrar      | whole_academy -> responsible
auditor        | whole_academy -> responsible
participant    | NO no_rule
all, blocked   | NO blocked
all, no rules  | NO rules_not_acknowledged"""

# Whoever has a role gets the same answers; the columns are the states.
ALIKE = (
    "NO no_consent | NO no_consent | shared_with_participants -> participants | NO no_consent"
    " | NO no_consent | shared_with_participants -> participants | NO blocked"
)
SHARED = f"""\
nobody         | NO not_signed_in
no role        | NO no_rule
the listener   | {ALIKE}
owner, no role | NO no_rule
other listener | {ALIKE}
reviewer       | {ALIKE}
other reviewer | {ALIKE}
verifier       | {ALIKE}
registrar      | {ALIKE}
auditor        | {ALIKE}
participant    | {ALIKE}
all, blocked   | NO blocked
all, no rules  | NO rules_not_acknowledged"""
