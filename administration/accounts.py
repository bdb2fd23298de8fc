"""Making, changing and closing accounts (clauses 4.3, 4.5): by staff only, every time on record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from academy.access import Role
from academy.account import Account
from academy.audit import Action
from academy.institution import Employee
from academy.listener import Card
from academy.user_name import initial_password, is_user_name, user_name
from administration.clerk import Clerk
from catalogue.listed import Listed
from ledger import Ledger
from ledger.accounts import AccountUnknownError, NameTakenError

Digest = Callable[[str], str]
"""Makes the digest of a password that is kept instead of it."""


class UserNameWrongError(ValueError):
    """Not a user name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What the owner of an account is handed on paper; the password works once."""

    account: Account
    name: str
    group: str = ""
    password: str = field(repr=False)


class AccountDesk:
    """Accounts as a clerk works with them.

    A new account is made in two steps: first its slip, which is put on paper,
    then `add`. An account whose password nobody has would be of no use.
    """

    def __init__(
        self,
        ledger: Ledger,
        clerk: Clerk,
        digest: Digest,
        choose: Callable[[str], str] = secrets.choice,
    ) -> None:
        self._ledger, self._clerk = ledger, clerk
        self._digest, self._choose = digest, choose

    def for_employee(
        self,
        employee: Employee,
        roles: Iterable[Role],
        groups: Iterable[str],
        at: datetime,
        name: str = "",
    ) -> Slip:
        """Prepare the account of a worker. Raises `UserNameWrongError`."""
        account = Account(
            id=employee.id,
            user_name=_free_name(employee.name.split()[0], name, self._taken()),
            created=at,
            roles=frozenset(roles),
            groups=frozenset(groups),
        )
        return self._slip(account, employee.name)

    def for_listener(self, person: str, card: Card, at: datetime, name: str = "") -> Slip:
        """Prepare the account of a listener. Raises `UserNameWrongError`."""
        account = _of_listener(person, card, at, self._taken(), name)
        return self._slip(account, card.full_name, card.group)

    def missing(self, listeners: Iterable[Listed], at: datetime) -> tuple[Slip, ...]:
        """Prepare an account for each listener who studies and has none."""
        known = self._ledger.accounts.all()
        taken = {one.user_name for one in known}
        ids = {one.id for one in known}
        found: list[tuple[Account, Card]] = []
        for listed in listeners:
            card = listed.card
            if listed.person not in ids and card is not None and card.is_open:
                account = _of_listener(listed.person, card, at, taken)
                taken.add(account.user_name)
                found.append((account, card))

        def slip(one: tuple[Account, Card]) -> Slip:
            return self._slip(one[0], one[1].full_name, one[1].group)

        # A digest takes its time by intention; it is computed outside the interpreter's lock.
        with ThreadPoolExecutor() as pool:
            return tuple(pool.map(slip, found))

    def add(self, slips: Sequence[Slip], at: datetime) -> tuple[Slip, ...]:
        """Make the accounts of slips that are safely on paper; gives those made.

        Whoever got an account in the meantime keeps that one.
        """
        made = []
        for slip in slips:
            try:
                self._ledger.accounts.add(slip.account)
            except NameTakenError:
                continue
            self._record(Action.ACCOUNT_ADDED, slip.account, at, rights=_rights(slip.account))
            made.append(slip)
        return tuple(made)

    def reset_slip(self, account_id: str, name: str) -> Slip:
        """Prepare a one-time password; `reset` puts it in force. Raises `AccountUnknownError`."""
        return self._slip(self._known(account_id), name)

    def reset(self, slip: Slip, at: datetime) -> None:
        """Put a one-time password in force; every session of the account ends."""
        account = slip.account
        self._record(Action.PASSWORD_RESET, account, at)
        self._ledger.accounts.reset_password(account.id, account.password_digest, at)

    def set_rights(
        self,
        account_id: str,
        at: datetime,
        *,
        roles: Iterable[Role] | None = None,
        groups: Iterable[str] | None = None,
    ) -> Account:
        """Replace roles, groups, or both. Raises `AccountUnknownError`."""
        old = self._known(account_id)
        new = replace(
            old,
            roles=old.roles if roles is None else frozenset(roles),
            groups=old.groups if groups is None else frozenset(groups),
        )
        self._record(Action.ROLES_CHANGED, old, at, before=_rights(old), after=_rights(new))
        self._ledger.accounts.set_rights(new.id, new.roles, new.groups)
        return new

    def block(self, account_id: str, at: datetime) -> bool:
        """Close an account at once; False when it was closed. Raises `AccountUnknownError`.

        It is closed first and written down second: whatever ails the record of
        access, nobody stays signed in.
        """
        account = self._known(account_id)
        was_open = self._ledger.accounts.block(account.id, at)
        if was_open:
            self._record(Action.ACCOUNT_BLOCKED, account, at)
        return was_open

    def unblock(self, account_id: str, at: datetime) -> None:
        """Open an account again. Raises `AccountUnknownError`."""
        account = self._known(account_id)
        self._record(Action.ACCOUNT_UNBLOCKED, account, at)
        self._ledger.accounts.unblock(account.id)

    def _slip(self, account: Account, name: str, group: str = "") -> Slip:
        password = initial_password(self._choose)
        account = replace(
            account, password_digest=self._digest(password), must_change_password=True
        )
        return Slip(account=account, name=name, group=group, password=password)

    def _taken(self) -> set[str]:
        return {one.user_name for one in self._ledger.accounts.all()}

    def _known(self, account_id: str) -> Account:
        account = self._ledger.accounts.get(account_id)
        if account is None:
            raise AccountUnknownError(account_id)
        return account

    def _record(self, action: Action, account: Account, at: datetime, **details: str) -> None:
        entry = self._clerk.entry(action, at, account.id, **details)
        self._ledger.audit.record_now(entry)


def _of_listener(
    person: str, card: Card, at: datetime, taken: Container[str], name: str = ""
) -> Account:
    return Account(
        id=person,
        user_name=_free_name(card.last_name, name, taken),
        created=at,
        person=person,
        roles=frozenset({Role.LISTENER}),
    )


def _free_name(last_name: str, wanted: str, taken: Container[str]) -> str:
    if wanted and not is_user_name(wanted):
        raise UserNameWrongError(wanted)
    return wanted or user_name(last_name, taken)


def _rights(account: Account) -> str:
    return " ".join(sorted((*(role.value for role in account.roles), *account.groups)))
