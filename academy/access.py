"""The access table: who may read what, and by which rule (clauses 3.1, 4.5, 7.2, 7.4).

One pure function, asked on every request. What no rule allows is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from academy.consent import Purpose
from academy.projection import ProjectionKind


class Role(Enum):
    """What an account may act as."""

    LISTENER = "listener"
    REVIEWER = "reviewer"
    VERIFIER = "verifier"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    PARTICIPANT = "participant"


class Place(Enum):
    """What is asked for."""

    PUBLIC = "public"
    ASSETS = "assets"
    CABINET = "cabinet"
    SHARED_PORTFOLIO = "shared_portfolio"
    SHARE_LINK = "share_link"


class Rule(Enum):
    """The rule a decision was made by; it stands in the record of access."""

    PUBLIC = "public"
    OWN_CABINET = "own_cabinet"
    RESPONSIBLE_FOR_GROUP = "responsible_for_group"
    WHOLE_ACADEMY = "whole_academy"
    SHARED_WITH_PARTICIPANTS = "shared_with_participants"
    SHARE_LINK = "share_link"
    NOT_SIGNED_IN = "not_signed_in"
    BLOCKED = "blocked"
    PASSWORD_NOT_CHANGED = "password_not_changed"  # noqa: S105 - the name of a rule
    RULES_NOT_ACKNOWLEDGED = "rules_not_acknowledged"
    NO_CONSENT = "no_consent"
    LINK_NOT_VALID = "link_not_valid"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: an account with its roles and groups, as the ledger has it now."""

    account: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()
    is_blocked: bool = False
    has_acknowledged_rules: bool = True
    must_change_password: bool = False


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
    """What is asked for: a place, whose it is, and the state of its owner."""

    place: Place
    person: str = ""
    group: str = ""
    owner_is_open: bool = True
    purposes: frozenset[Purpose] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer: the rule, and the projection to show when it allows."""

    rule: Rule
    projection: ProjectionKind | None = None
    is_allowed: bool = False


_ACADEMY_WIDE = frozenset({Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR})


def decide(
    visitor: Visitor | None,
    resource: Resource,
    at: datetime,
    link: ShareLink | None = None,
) -> Decision:
    """Decide whether `visitor` (None: not signed in) may read `resource` at `at`."""
    if resource.place in (Place.PUBLIC, Place.ASSETS):
        return Decision(rule=Rule.PUBLIC, is_allowed=True)
    if resource.place is Place.SHARE_LINK:
        return _decide_link(resource, at, link)
    if visitor is None:
        return Decision(rule=Rule.NOT_SIGNED_IN)
    if visitor.is_blocked:
        return Decision(rule=Rule.BLOCKED)
    if visitor.must_change_password:
        return Decision(rule=Rule.PASSWORD_NOT_CHANGED)
    if not visitor.has_acknowledged_rules:
        return Decision(rule=Rule.RULES_NOT_ACKNOWLEDGED)
    if resource.place is Place.CABINET:
        return _decide_cabinet(visitor, resource)
    return _decide_shared(visitor, resource)


def _decide_link(resource: Resource, at: datetime, link: ShareLink | None) -> Decision:
    if link is None or link.person != resource.person or not link.is_valid(at):
        return Decision(rule=Rule.LINK_NOT_VALID)
    if not resource.owner_is_open:
        return Decision(rule=Rule.BLOCKED)
    if not {Purpose.PLACEMENT, Purpose.OUTSIDERS} <= resource.purposes:
        return Decision(rule=Rule.NO_CONSENT)
    return Decision(rule=Rule.SHARE_LINK, projection=ProjectionKind.SHARE, is_allowed=True)


def _decide_cabinet(visitor: Visitor, resource: Resource) -> Decision:
    if Role.LISTENER in visitor.roles and visitor.account == resource.person:
        if not resource.owner_is_open:
            return Decision(rule=Rule.BLOCKED)
        return Decision(rule=Rule.OWN_CABINET, projection=ProjectionKind.OWNER, is_allowed=True)
    if visitor.roles & _ACADEMY_WIDE:
        return Decision(
            rule=Rule.WHOLE_ACADEMY, projection=ProjectionKind.RESPONSIBLE, is_allowed=True
        )
    if Role.REVIEWER in visitor.roles and resource.group and resource.group in visitor.groups:
        return Decision(
            rule=Rule.RESPONSIBLE_FOR_GROUP,
            projection=ProjectionKind.RESPONSIBLE,
            is_allowed=True,
        )
    return Decision(rule=Rule.NO_RULE)


def _decide_shared(visitor: Visitor, resource: Resource) -> Decision:
    if not visitor.roles:
        return Decision(rule=Rule.NO_RULE)
    if not resource.owner_is_open:
        return Decision(rule=Rule.BLOCKED)
    if not {Purpose.PLACEMENT, Purpose.PARTICIPANTS} <= resource.purposes:
        return Decision(rule=Rule.NO_CONSENT)
    return Decision(
        rule=Rule.SHARED_WITH_PARTICIPANTS,
        projection=ProjectionKind.PARTICIPANTS,
        is_allowed=True,
    )
