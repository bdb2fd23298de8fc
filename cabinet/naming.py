"""Whom and what the arguments of a command name: an account, a listener, groups, roles."""

from __future__ import annotations

import argparse

from academy.access import Role
from academy.account import Account
from cabinet.office import NotReadyError
from cabinet.session import Session, title
from catalogue.listed import Listed


def find_account(session: Session) -> Account:
    """Find an account by user name or id, or by the listener it belongs to."""
    who, accounts = session.arguments.who, session.office.ledger.accounts
    found = accounts.by_user_name(who) or accounts.get(who)
    if found is None and session.office.academy().employee(who) is None:
        found = accounts.get(find_listener(session, who).person)
    if found is None:
        raise NotReadyError("account-unknown", text=who)
    return found


def find_listener(session: Session, who: str) -> Listed:
    """Find a listener, where it could have been a worker too."""
    session.office.catalogue.refresh()
    if not session.office.catalogue.find(who):
        raise NotReadyError("who-unknown", text=who)
    return session.listeners([who])[0]


def named_groups(session: Session) -> tuple[str, ...] | None:
    """The groups that were named, by id or as people write them; None when none were.

    Raises `NotReadyError` for one that there is not: whoever answers for it would see nobody.
    """
    named: tuple[str, ...] | None = session.arguments.groups
    if named is None:
        return None
    groups = session.office.academy().groups
    known = {one.title.casefold(): one.id for one in groups} | {one.id: one.id for one in groups}
    for text in named:
        if text.casefold() not in known:
            there = ", ".join(sorted(one.id for one in groups))
            raise NotReadyError("group-unknown", text=text, known=there)
    return tuple(known[text.casefold()] for text in named)


def owner_name(session: Session, account: Account) -> str:
    """What the owner of an account is called."""
    employee = session.office.academy().employee(account.id)
    if employee is not None:
        return employee.name
    listed: Listed | None = session.office.catalogue.by_person(account.id)
    return title(listed) if listed else account.user_name


def read_roles(text: str) -> frozenset[Role]:
    """Read roles with commas between. Raises `ArgumentTypeError`, which the parser tells."""
    try:
        return frozenset(Role(word) for word in split(text))
    except ValueError:
        known = ", ".join(role.value for role in Role)
        raise argparse.ArgumentTypeError(f"{text} ({known})") from None


def split(text: str) -> tuple[str, ...]:
    """Read words with commas between."""
    return tuple(word for word in (part.strip() for part in text.split(",")) if word)
