"""The rows of the access table: for each thing asked for, who may have it and what it takes.

Whatever has no row is refused. The first row that fits the visitor decides, so
that an owner whose cabinet is closed does not come in by another role.
`docs/access.md` shows the same table; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from academy.projection import ProjectionKind


class Place(Enum):
    """What is asked for: something to read, or something to do."""

    PUBLIC = "public"
    ASSETS = "assets"
    ACCOUNT = "account"
    CABINET = "cabinet"
    SHARED_PORTFOLIO = "shared_portfolio"
    SHARE_LINK = "share_link"
    ACCESS_RECORD = "access_record"
    UPSTREAM = "upstream"
    DESK = "desk"
    EDIT = "edit"
    SHARE = "share"
    GIT = "git"
    SUBMISSION = "submission"
    REVIEW = "review"
    SHARED_REVIEW = "shared_review"
    REPORT = "report"
    VERIFY = "verify"
    OVERVIEW = "overview"
    NOTE = "note"
    REGISTER = "register"
    CONTENT = "content"
    AUDIT = "audit"


class Rule(Enum):
    """The rule a decision was made by; it stands in the record of access."""

    PUBLIC = "public"
    OWN_ACCOUNT = "own_account"
    ANY_ROLE = "any_role"
    OWN_CABINET = "own_cabinet"
    RESPONSIBLE_FOR_GROUP = "responsible_for_group"
    WHOLE_ACADEMY = "whole_academy"
    VERIFIER = "verifier"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    SHARED_WITH_PARTICIPANTS = "shared_with_participants"
    SHARE_LINK = "share_link"
    NOT_SIGNED_IN = "not_signed_in"
    BLOCKED = "blocked"
    PASSWORD_NOT_CHANGED = "password_not_changed"  # noqa: S105 - the name of a rule
    RULES_NOT_ACKNOWLEDGED = "rules_not_acknowledged"
    NO_CONSENT = "no_consent"
    FROZEN = "frozen"
    OWN_WORDS = "own_words"
    LINK_NOT_VALID = "link_not_valid"
    NO_RULE = "no_rule"


class Who(Enum):
    """Whom a row fits."""

    OWNER = "owner"
    REVIEWER_OF_GROUP = "reviewer_of_group"
    ACADEMY_WIDE = "academy_wide"
    VERIFIER = "verifier"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    ANY_ROLE = "any_role"


class Need(Enum):
    """What else a row takes; what is missing is the rule of the refusal."""

    OPEN = "open"
    NOT_FROZEN = "not_frozen"
    NOT_OWN = "not_own"
    PLACEMENT = "placement"
    PARTICIPANTS = "participants"
    OUTSIDERS = "outsiders"


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: whom it fits, by which rule it allows, what it takes, what it shows."""

    who: Who
    rule: Rule
    needs: tuple[Need, ...] = ()
    projection: ProjectionKind | None = None


_OWN = (Need.OPEN, Need.PLACEMENT)
_OWN_CHANGES = (Need.OPEN, Need.NOT_FROZEN, Need.PLACEMENT)
_JUDGING = (Need.NOT_OWN, Need.OPEN, Need.PLACEMENT)
_SHOWN = (Need.OPEN, Need.PLACEMENT, Need.PARTICIPANTS)

_GROUP = Who.REVIEWER_OF_GROUP, Rule.RESPONSIBLE_FOR_GROUP
_WIDE = Who.ACADEMY_WIDE, Rule.WHOLE_ACADEMY
_OWNER = Who.OWNER, Rule.OWN_CABINET

GRANTS: Mapping[Place, tuple[Grant, ...]] = MappingProxyType(
    {
        Place.CABINET: (
            Grant(*_OWNER, (Need.OPEN,), ProjectionKind.OWNER),
            Grant(*_WIDE, (), ProjectionKind.RESPONSIBLE),
            Grant(*_GROUP, (), ProjectionKind.RESPONSIBLE),
        ),
        Place.SHARED_PORTFOLIO: (
            Grant(Who.ANY_ROLE, Rule.SHARED_WITH_PARTICIPANTS, _SHOWN, ProjectionKind.PARTICIPANTS),
        ),
        Place.ACCESS_RECORD: (
            Grant(*_OWNER, (Need.OPEN,)),
            Grant(Who.AUDITOR, Rule.AUDITOR),
        ),
        Place.UPSTREAM: (Grant(Who.ANY_ROLE, Rule.ANY_ROLE),),
        Place.DESK: (Grant(Who.ANY_ROLE, Rule.ANY_ROLE),),
        Place.EDIT: (Grant(*_OWNER, _OWN_CHANGES),),
        Place.SHARE: (Grant(*_OWNER, (*_OWN, Need.OUTSIDERS)),),
        Place.GIT: (Grant(*_OWNER, _OWN),),
        Place.SUBMISSION: (
            Grant(*_OWNER, _OWN),
            Grant(*_WIDE, (Need.PLACEMENT,)),
            Grant(*_GROUP, (Need.PLACEMENT,)),
        ),
        Place.REVIEW: (Grant(*_GROUP, _JUDGING),),
        Place.SHARED_REVIEW: (
            Grant(Who.ANY_ROLE, Rule.SHARED_WITH_PARTICIPANTS, (Need.NOT_OWN, *_SHOWN)),
        ),
        # An error in the academy's data is reported without a portfolio too, and at any time.
        Place.REPORT: (Grant(*_OWNER, (Need.OPEN,)),),
        Place.VERIFY: (Grant(Who.VERIFIER, Rule.VERIFIER, _JUDGING),),
        # Staff who study here do not read the notes about themselves, nor register own consents.
        Place.OVERVIEW: (Grant(*_WIDE, (Need.NOT_OWN,)), Grant(*_GROUP, (Need.NOT_OWN,))),
        # An auditor reads everything and writes nothing.
        Place.NOTE: (
            Grant(Who.REGISTRAR, Rule.REGISTRAR, (Need.NOT_OWN,)),
            Grant(Who.VERIFIER, Rule.VERIFIER, (Need.NOT_OWN,)),
            Grant(*_GROUP, (Need.NOT_OWN,)),
        ),
        Place.REGISTER: (Grant(Who.REGISTRAR, Rule.REGISTRAR, (Need.NOT_OWN,)),),
        Place.CONTENT: (Grant(Who.REGISTRAR, Rule.REGISTRAR),),
        Place.AUDIT: (Grant(Who.AUDITOR, Rule.AUDITOR),),
    }
)
