"""Accounts: one for every service of the academy, made by staff only (clauses 1, 4.2, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from academy.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account: who may sign in, and as what.

    A listener's account has the listener's person id, a worker's that of
    `staff.yml`: both are pseudonyms, and both are Git authors. `groups` are
    those a reviewer answers for. `password_digest` is empty as long as only
    an outside provider lets this account in.
    """

    id: str
    user_name: str
    created: datetime
    person: str | None = None
    roles: frozenset[Role] = frozenset()
    groups: frozenset[str] = frozenset()
    is_blocked: bool = False
    must_change_password: bool = False
    password_digest: str = field(default="", repr=False)
    password_changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser: `id` names it to its owner and is no secret.

    It ends at `expires`, and before that when nobody has used it for `idle_seconds`.
    `provider`, `subject` and `provider_session` tell who signed it in.
    """

    id: str
    account: str
    created: datetime
    touched: datetime
    expires: datetime
    idle_seconds: int
    label: str = ""
    provider: str = ""
    subject: str = ""
    provider_session: str = ""
    id_token: str = field(default="", repr=False)

    def is_alive(self, at: datetime) -> bool:
        """Tell whether the session still holds at `at`."""
        return at < self.expires and (at - self.touched).total_seconds() < self.idle_seconds
