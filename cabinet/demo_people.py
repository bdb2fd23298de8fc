"""The accounts of the demo: one for each role, with passwords that everybody may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from academy.access import Role
from academy.account import Account
from cabinet.office import Office
from cabinet.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """An account of the demo. A worker has an id of `staff.yml`, a listener one of the records."""

    role: Role
    staff: str = ""
    listener: str = ""
    groups: frozenset[str] = frozenset()

    @property
    def user_name(self) -> str:
        """The name that signs in."""
        return self.role.value

    @property
    def password(self) -> str:
        """The password: fixed, and therefore of use in a demo only."""
        return f"demo-{self.role.value}-2026"


_LANDSCAPE = frozenset({"ld-25-2", "ld-26-1", "ld-26-2"})

PEOPLE = (
    DemoPerson(role=Role.LISTENER, listener="AL-2026-0011"),
    DemoPerson(role=Role.REVIEWER, staff="s-4k7d", groups=_LANDSCAPE),
    DemoPerson(role=Role.VERIFIER, staff="s-9d6m"),
    DemoPerson(role=Role.REGISTRAR, staff="s-7f3k"),
    DemoPerson(role=Role.AUDITOR, staff="s-3x5c"),
    DemoPerson(role=Role.PARTICIPANT, staff="s-6b7h"),
)


def add_accounts(office: Office, digest: Callable[[str], str], at: datetime) -> None:
    """Make the accounts that are not there yet; `digest` is what is kept of a password."""
    for one in PEOPLE:
        listed = office.catalogue.by_external_id(one.listener) if one.listener else None
        account = listed.person if listed else one.staff
        if account and office.ledger.accounts.get(account) is None:
            office.ledger.accounts.add(
                Account(
                    id=account,
                    user_name=one.user_name,
                    created=at,
                    person=listed.person if listed else None,
                    roles=frozenset({one.role}),
                    groups=one.groups,
                    password_digest=digest(one.password),
                    password_changed=at,
                )
            )


def say_who_is_who(session: Session, address: str) -> None:
    """Print each account with its password and what to try with it."""
    session.say("demo-people", address=f"{address}/c/")
    for one in PEOPLE:
        words = session.words.text(f"command_line.demo-{one.role.value}")
        print(f"  {one.user_name:<12} {one.password:<22} {words}")
