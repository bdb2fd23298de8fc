"""The access table: who may read or do what, and by which rule (clauses 3.1, 4.5, 7.2, 7.4).

One pure function, asked on every request. What no rule allows is refused; the
rows are in `academy/grants.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from academy.consent import Purpose
from academy.grants import GRANTS, Need, Place, Rule, Who
from academy.projection import ProjectionKind

__all__ = ["Decision", "Place", "Resource", "Role", "Rule", "ShareLink", "Visitor", "decide"]


class Role(Enum):
    """What an account may act as."""

    LISTENER = "listener"
    REVIEWER = "reviewer"
    VERIFIER = "verifier"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: an account with its roles and groups, as the ledger has it now."""

    account: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()
    is_blocked: bool = False
    must_change_password: bool = False
    has_acknowledged_rules: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLink:
    """A link its owner made for outside readers: it expires and can be revoked."""

    person: str
    expires: datetime
    revoked: bool = False

    def is_valid(self, at: datetime) -> bool:
        """Tell whether the link opens anything at `at`."""
        return not self.revoked and at < self.expires


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is asked for: a place, whose it is, and the state of its owner.

    Without a `person` it is nobody's: a page of the desk, an overview of `group`.
    """

    place: Place
    person: str = ""
    group: str = ""
    owner_is_open: bool = True
    owner_is_frozen: bool = False
    purposes: frozenset[Purpose] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer: the rule, and the projection to show when it allows."""

    rule: Rule
    projection: ProjectionKind | None = None
    is_allowed: bool = False


_ACADEMY_WIDE = frozenset({Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR})
_PURPOSES = {
    Need.PLACEMENT: Purpose.PLACEMENT,
    Need.PARTICIPANTS: Purpose.PARTICIPANTS,
    Need.OUTSIDERS: Purpose.OUTSIDERS,
}


def decide(
    visitor: Visitor | None,
    resource: Resource,
    at: datetime,
    link: ShareLink | None = None,
) -> Decision:
    """Decide whether `visitor` (None: not signed in) may have `resource` at `at`."""
    if resource.place in (Place.PUBLIC, Place.ASSETS):
        return Decision(rule=Rule.PUBLIC, is_allowed=True)
    if resource.place is Place.SHARE_LINK:
        return _decide_link(resource, at, link)
    if visitor is None:
        return Decision(rule=Rule.NOT_SIGNED_IN)
    if visitor.is_blocked:
        return Decision(rule=Rule.BLOCKED)
    if resource.place is Place.ACCOUNT:
        # Here the password is changed and the rules are acknowledged.
        return Decision(rule=Rule.OWN_ACCOUNT, is_allowed=True)
    if visitor.must_change_password:
        return Decision(rule=Rule.PASSWORD_NOT_CHANGED)
    if not visitor.has_acknowledged_rules:
        return Decision(rule=Rule.RULES_NOT_ACKNOWLEDGED)
    return _decide_by_table(visitor, resource)


def _decide_by_table(visitor: Visitor, resource: Resource) -> Decision:
    for grant in GRANTS.get(resource.place, ()):
        if _fits(grant.who, visitor, resource):
            for need in grant.needs:
                missing = _missing(need, visitor, resource)
                if missing is not None:
                    return Decision(rule=missing)
            return Decision(rule=grant.rule, projection=grant.projection, is_allowed=True)
    return Decision(rule=Rule.NO_RULE)


def _decide_link(resource: Resource, at: datetime, link: ShareLink | None) -> Decision:
    if link is None or link.person != resource.person or not link.is_valid(at):
        return Decision(rule=Rule.LINK_NOT_VALID)
    if not resource.owner_is_open:
        return Decision(rule=Rule.BLOCKED)
    if not {Purpose.PLACEMENT, Purpose.OUTSIDERS} <= resource.purposes:
        return Decision(rule=Rule.NO_CONSENT)
    return Decision(rule=Rule.SHARE_LINK, projection=ProjectionKind.SHARE, is_allowed=True)


def _fits(who: Who, visitor: Visitor, resource: Resource) -> bool:
    match who:
        case Who.OWNER:
            return Role.LISTENER in visitor.roles and _is_own(visitor, resource)
        case Who.REVIEWER_OF_GROUP:
            in_group = bool(resource.group) and resource.group in visitor.groups
            return Role.REVIEWER in visitor.roles and in_group
        case Who.ACADEMY_WIDE:
            return bool(visitor.roles & _ACADEMY_WIDE)
        case Who.ANY_ROLE:
            return bool(visitor.roles)
        case _:
            return Role(who.value) in visitor.roles


def _missing(need: Need, visitor: Visitor, resource: Resource) -> Rule | None:
    """Give the rule that refuses, when what is needed is not there."""
    match need:
        case Need.OPEN:
            return None if resource.owner_is_open else Rule.BLOCKED
        case Need.NOT_FROZEN:
            return Rule.FROZEN if resource.owner_is_frozen else None
        case Need.NOT_OWN:
            return Rule.OWN_WORDS if _is_own(visitor, resource) else None
        case _:
            return None if _PURPOSES[need] in resource.purposes else Rule.NO_CONSENT


def _is_own(visitor: Visitor, resource: Resource) -> bool:
    return bool(resource.person) and visitor.account == resource.person
