"""The access table, whole: every role, every place, every state of the owner."""

from __future__ import annotations

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


def test_over_every_set_of_roles_only_the_written_rules_allow():
    """The table again, from its rules backwards, over all 64 sets of roles."""
    academy_wide = {Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR}
    sets = chain.from_iterable(combinations(Role, size) for size in range(len(Role) + 1))
    seen = 0
    for roles, account, group, state in product(sets, (OWNER, "other"), ("g1", "g2"), STATES):
        visitor = someone(*roles, account=account, groups=frozenset({"g1"}))
        is_open, purposes = STATES[state]
        own = account == OWNER and Role.LISTENER in roles
        responsible = bool(academy_wide & set(roles)) or (Role.REVIEWER in roles and group == "g1")
        cabinet = decide(visitor, resource(Place.CABINET, state, group), NOW)
        shared = decide(visitor, resource(Place.SHARED_PORTFOLIO, state, group), NOW)

        assert cabinet.is_allowed == (is_open if own else responsible)
        if cabinet.is_allowed:
            assert cabinet.projection is (
                ProjectionKind.OWNER if own else ProjectionKind.RESPONSIBLE
            )
        assert shared.is_allowed == (bool(roles) and is_open and purposes >= TO_PARTICIPANTS)
        seen += 1
    assert seen == 2**6 * 2 * 2 * 7


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
