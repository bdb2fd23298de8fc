"""The accounts of the demo: one for each role, with passwords that everybody may know.

On a demo that others can reach they have passwords that are made for its home.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from academy.access import Role
from academy.account import Account
from academy.audit import Action
from auth_proxy.identity.passwords import Passwords
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
        """The password on this machine: fixed, and therefore of use in a demo only."""
        return f"demo-{self.role.value}-2026"


PasswordOf = Callable[[DemoPerson], str]

_LANDSCAPE = frozenset({"ld-25-2", "ld-26-1", "ld-26-2"})

PEOPLE = (
    DemoPerson(role=Role.LISTENER, listener="AL-2026-0011"),
    DemoPerson(role=Role.REVIEWER, staff="s-4k7d", groups=_LANDSCAPE),
    DemoPerson(role=Role.VERIFIER, staff="s-9d6m"),
    DemoPerson(role=Role.REGISTRAR, staff="s-7f3k"),
    DemoPerson(role=Role.AUDITOR, staff="s-3x5c"),
    DemoPerson(role=Role.PARTICIPANT, staff="s-6b7h"),
)


def well_known(one: DemoPerson) -> str:
    """Give the password that everybody may know."""
    return one.password


def of_home(secret: bytes) -> PasswordOf:
    """Give passwords that nobody can guess, the same at each start of one home.

    `secret` is made at random for the home; a password is 100 bits of it.
    """

    def password(one: DemoPerson) -> str:
        made = b32encode(hmac.digest(secret, one.user_name.encode(), "sha256")).decode().lower()
        return "-".join(made[place : place + 5] for place in range(0, 20, 5))

    return password


def add_accounts(
    office: Office,
    digest: Callable[[str], str],
    at: datetime,
    password_of: PasswordOf = well_known,
) -> None:
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
                    password_digest=digest(password_of(one)),
                    password_changed=at,
                )
            )


def change_passwords(
    office: Office, passwords: Passwords, at: datetime, password_of: PasswordOf
) -> None:
    """Give each account the password that will be printed; with another one everything ends."""
    accounts, tokens = office.ledger.accounts, office.ledger.tokens
    for one in PEOPLE:
        account = accounts.by_user_name(one.user_name)
        password = password_of(one)
        if account is None or passwords.is_right_now(account.password_digest, password):
            continue
        entry = office.clerk.entry(Action.PASSWORD_RESET, at, account.person or "", of=account.id)
        office.ledger.audit.record_now(entry)
        digest = passwords.digest_now(password)
        accounts.reset_password(account.id, digest, at)
        for token in tokens.of_account(account.id):
            tokens.revoke(token.id, account.id)
        accounts.set_password_digest(account.id, digest, at)


def say_who_is_who(session: Session, address: str, password_of: PasswordOf) -> None:
    """Print each account with its password and what to try with it."""
    session.say("demo-people", address=f"{address}/c/")
    for one in PEOPLE:
        words = session.words.text(f"command_line.demo-{one.role.value}")
        print(f"  {one.user_name:<12} {password_of(one):<24} {words}")
