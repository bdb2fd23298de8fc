"""Accounts (clauses 4.3, 4.5): who may sign in, who has none yet, and slips for new ones."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from academy.access import Role, Rule
from academy.account import Account
from administration.accounts import AccountDesk, Slip
from catalogue.listed import Listed
from desk.web.call import Call

WRONG = 422
MOST_AT_ONCE = 40
"""How many accounts are made by one form: the digest of each password takes its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An account in the list."""

    account: Account
    name: str

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles, in the order of the domain."""
        return tuple(role for role in Role if role in self.account.roles)


def accounts(call: Call) -> Response:
    """Show the accounts there are, and who has none."""
    return _page(call)


def make_accounts(call: Call) -> Response:
    """Make an account for one worker or listener, or for a whole group; show the slips once."""
    slips = _wanted(call)
    made = desk_of(call).add(slips, call.at)
    if not made:
        return _page(call, status=WRONG, problem="accounts-none-made")
    return slips_page(call, made)


def slips_page(call: Call, slips: tuple[Slip, ...]) -> Response:
    """Show slips with one-time passwords: this once, to be printed and handed out."""
    return call.page(
        "staff/slips.html", slips=slips, academy=call.workplace.academy(), address=call.origin
    )


def desk_of(call: Call) -> AccountDesk:
    """The administration of accounts, with the visitor as its clerk."""
    clerk = call.clerk(Role.REGISTRAR, Rule.REGISTRAR)
    return AccountDesk(call.workplace.ledger, clerk, call.workplace.digest)


def _wanted(call: Call) -> tuple[Slip, ...]:
    """Prepare the slips of those whom the form names and who have no account."""
    desk, who, group = desk_of(call), call.form.get("who"), call.form.get("group")
    without = _without(call)
    if group:
        of_group = [one for one in without if one.card and one.card.group == group]
        return desk.missing(of_group[:MOST_AT_ONCE], call.at)
    known = {one.id for one in call.workplace.ledger.accounts.all()}
    employee = call.workplace.academy().employee(who)
    if employee is not None and employee.id not in known:
        return (desk.for_employee(employee, (), (), call.at),)
    return desk.missing([one for one in without if one.person == who], call.at)


def _without(call: Call) -> list[Listed]:
    """Listeners who study and have no account, by name."""
    call.workplace.people.refresh()
    known = {one.id for one in call.workplace.ledger.accounts.all()}
    found = [
        one
        for one in call.workplace.people.listeners()
        if one.person not in known and one.card and one.card.is_open
    ]
    return sorted(found, key=lambda one: one.card.full_name if one.card else "")


def _page(call: Call, *, status: int = 200, problem: str = "") -> Response:
    academy, names = call.workplace.academy(), call.names
    accounts = call.workplace.ledger.accounts.all()
    known = {one.id for one in accounts}
    lines = sorted(
        (Line(account=one, name=names.of(one.id)) for one in accounts), key=lambda one: one.name
    )
    asked = call.query.get("q", "").strip()[:100]
    words = asked.casefold()
    without = _without(call)
    groups = {one.card.group for one in without if one.card}
    return call.page(
        "staff/accounts.html",
        status=status,
        problem=problem,
        lines=[
            one
            for one in lines
            if words in one.name.casefold() or words in one.account.user_name.casefold()
        ],
        asked=asked,
        workers=[one for one in academy.staff if one.id not in known],
        without=without,
        groups=[one for one in academy.groups if one.id in groups],
        at_once=MOST_AT_ONCE,
    )
