"""One account: its roles and groups, a new one-time password, blocking."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Role
from academy.account import Account
from desk.staff.accounts import desk_of, slips_page
from desk.web.call import Call

CONFLICT = 409
NOT_FOUND = 404


def account(call: Call) -> Response:
    """Show an account and what can be done with it."""
    return _page(call)


def change_account(call: Call) -> Response:
    """Do what the button says. Nobody changes or closes their own account here."""
    found, desk = _wanted(call), desk_of(call)
    if found.id == call.visitor.account:
        return _page(call, status=CONFLICT, problem="own-account")
    match call.form.get("do"):
        case "reset":
            slip = desk.reset_slip(found.id, call.names.of(found.id))
            desk.reset(slip, call.at)
            return slips_page(call, (slip,))
        case "block":
            desk.block(found.id, call.at)
            return call.go(call.path, "account-blocked")
        case "unblock":
            person = call.workplace.ledger.people.get(found.id)
            if person is not None and not person.is_open:
                return _page(call, status=CONFLICT, problem="account-expelled")
            desk.unblock(found.id, call.at)
            return call.go(call.path, "account-unblocked")
        case "rights":
            desk.set_rights(found.id, call.at, roles=_roles(call, found), groups=_groups(call))
            return call.go(call.path, "rights-saved")
    raise HTTPException(NOT_FOUND)


def _wanted(call: Call) -> Account:
    found = call.workplace.ledger.accounts.get(call.params["account"])
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found


def _roles(call: Call, found: Account) -> frozenset[Role]:
    """The roles that were ticked; that of a listener comes with a portfolio and stays with it."""
    ticked = call.form.lists.get("roles", ())
    chosen = {role for role in _choices() if role.value in ticked}
    return frozenset(chosen | (found.roles & {Role.LISTENER}))


def _groups(call: Call) -> frozenset[str]:
    known = {one.id for one in call.workplace.academy().groups}
    return frozenset(known & set(call.form.lists.get("groups", ())))


def _choices() -> tuple[Role, ...]:
    return tuple(role for role in Role if role is not Role.LISTENER)


def _page(call: Call, *, status: int = 200, problem: str = "") -> Response:
    found = _wanted(call)
    return call.page(
        "staff/account.html",
        status=status,
        problem=problem,
        account=found,
        who=call.names.of(found.id),
        choices=_choices(),
        groups=call.workplace.academy().groups,
        is_own=found.id == call.visitor.account,
    )
