"""The record of access: who did what to whose data, decided by which rule (152-FZ, clause 7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Action(Enum):
    """What is written down."""

    READ = "read"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    RULES_ACKNOWLEDGED = "rules_acknowledged"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an action
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an action
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_LINKED = "account_linked"
    ACCOUNT_UNLINKED = "account_unlinked"
    ACCOUNT_BLOCKED = "account_blocked"
    ACCOUNT_UNBLOCKED = "account_unblocked"
    ROLES_CHANGED = "roles_changed"
    CONSENT_REGISTERED = "consent_registered"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SHARE_CREATED = "share_created"
    SHARE_REVOKED = "share_revoked"
    IMPORTED = "imported"
    EXPORTED = "exported"
    EDITED = "edited"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    REPORTED = "reported"
    REPORT_SETTLED = "report_settled"
    VERIFIED = "verified"
    FETCHED = "fetched"
    PUSHED = "pushed"
    TOKEN_CREATED = "token_created"  # noqa: S105 - the name of an action
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of an action
    AUDIT_READ = "audit_read"
    KEYS_ROTATED = "keys_rotated"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the record of access.

    `actor` is an account, or empty for somebody without one; `how` says from
    where (an address, the command line). `person` is whose data it is about.
    `details` never hold a secret, nor the text of a portfolio.
    """

    moment: datetime
    action: Action
    actor: str = ""
    role: str = ""
    how: str = ""
    person: str = ""
    projection: str = ""
    path: str = ""
    commit: str = ""
    is_allowed: bool = True
    rule: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
