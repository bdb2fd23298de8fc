"""Who acts for the academy, and how that is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from academy.audit import Action, AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Who acts: the account, the role they act in, from where, and the rule that lets them.

    A listener is the clerk of their own links.
    """

    account: str
    role: str
    how: str
    rule: str = "registrar"

    def entry(self, action: Action, at: datetime, person: str = "", **details: str) -> AuditEntry:
        """Make the entry of something the clerk does; `person` is whom it is about."""
        return AuditEntry(
            moment=at,
            action=action,
            actor=self.account,
            role=self.role,
            how=self.how,
            person=person,
            rule=self.rule,
            details=details,
        )
