"""`cabinet accounts`: who may sign in, made by staff only (clause 4.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from academy.access import Role
from academy.account import Account
from administration.accounts import AccountDesk, Slip, UserNameWrongError
from administration.linking import NotLinkedError, Outsider, link, unlink
from auth_proxy.identity.passwords import Passwords
from cabinet.naming import find_account, find_listener, named_groups, owner_name, read_roles, split
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import OK, Session, title
from cabinet.slip_files import write_slips
from ledger.accounts import NameTakenError


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command with its own commands."""
    add_command = subparsers(add("accounts"), "accounts-")
    for name, run in (
        ("add", _run_add),
        ("import", _run_import),
        ("reset", _run_reset),
        ("block", _run_block),
        ("unblock", _run_unblock),
        ("list", _run_list),
        ("roles", _run_roles),
        ("link", _run_link),
        ("unlink", _run_unlink),
    ):
        parser = add_command(name)
        words = parser.words
        if name not in ("import", "list"):
            parser.add_argument("who", help=words.text("command_line.help-who"))
        if name in ("add", "import", "reset"):
            parser.add_argument("--slips", type=Path, help=words.text("command_line.help-slips"))
            parser.add_argument("--address", help=words.text("command_line.help-address"))
        if name in ("add", "roles"):
            _rights(parser)
        if name == "add":
            parser.add_argument("--user-name", help=words.text("command_line.help-user-name"))
        if name in ("link", "unlink"):
            parser.add_argument("issuer", help=words.text("command_line.help-issuer"))
            parser.add_argument("subject", help=words.text("command_line.help-subject"))
        if name == "list":
            parser.add_argument(
                "--json", action="store_true", help=words.text("command_line.help-json")
            )
        parser.set_defaults(run=run)


def _rights(parser: Parser) -> None:
    words = parser.words
    parser.add_argument(
        "--roles", type=read_roles, metavar="a,b", help=words.text("command_line.help-roles")
    )
    parser.add_argument(
        "--groups", type=split, metavar="a,b", help=words.text("command_line.help-groups")
    )


def _run_add(session: Session) -> int:
    """Make one account, of a worker or of a listener."""
    arguments, desk = session.arguments, _desk(session)
    employee = session.office.academy().employee(arguments.who)
    at = session.now()
    try:
        if employee is not None:
            roles, groups = arguments.roles or (), named_groups(session) or ()
            slip = desk.for_employee(employee, roles, groups, at, arguments.user_name or "")
        else:
            listed = find_listener(session, arguments.who)
            if listed.card is None:
                raise NotReadyError("listener-closed", text=arguments.who)
            slip = desk.for_listener(listed.person, listed.card, at, arguments.user_name or "")
    except UserNameWrongError:
        raise NotReadyError("user-name-wrong", name=arguments.user_name) from None
    if not _make(session, desk, [slip]):
        raise NotReadyError("account-there", name=slip.account.user_name)
    return OK


def _run_import(session: Session) -> int:
    """Make an account for each listener who studies and has none."""
    office, desk = session.office, _desk(session)
    office.catalogue.refresh()
    listeners = sorted(office.catalogue.listeners(), key=title)
    slips = desk.missing(listeners, session.now())
    if slips:
        _make(session, desk, slips)
    else:
        session.say("accounts-complete")
    return OK


def _run_reset(session: Session) -> int:
    """Replace a forgotten password by a one-time password."""
    account = find_account(session)
    desk = _desk(session)
    slip = desk.reset_slip(account.id, owner_name(session, account))
    write_slips(session, [slip])
    desk.reset(slip, session.now())
    session.say("password-reset", name=account.user_name)
    return OK


def _run_block(session: Session) -> int:
    """Close an account at once."""
    account = find_account(session)
    was_open = _desk(session).block(account.id, session.now())
    session.say(
        "account-blocked" if was_open else "account-blocked-already", name=account.user_name
    )
    return OK


def _run_unblock(session: Session) -> int:
    """Open an account again."""
    account = find_account(session)
    known = session.office.ledger.people.get(account.id)
    if known is not None and not known.is_open:
        raise NotReadyError("account-expelled", name=account.user_name)
    _desk(session).unblock(account.id, session.now())
    session.say("account-unblocked", name=account.user_name)
    return OK


def _run_list(session: Session) -> int:
    """Print every account."""
    accounts = session.office.ledger.accounts.all()
    if session.arguments.json:
        session.print_json([_data(one) for one in accounts])
        return OK
    for one in accounts:
        print("  ".join(_columns(session, one)))
    print(session.count("accounts-count", len(accounts)))
    return OK


def _run_roles(session: Session) -> int:
    """Replace roles or groups, or show them."""
    account, arguments = find_account(session), session.arguments
    groups = named_groups(session)
    if arguments.roles is not None or groups is not None:
        account = _desk(session).set_rights(
            account.id, session.now(), roles=arguments.roles, groups=groups
        )
    print("  ".join(_columns(session, account)))
    return OK


def _run_link(session: Session) -> int:
    """Let a person of an outside provider use an account."""
    office, account, outsider = session.office, find_account(session), _outsider(session)
    said = {"issuer": outsider.issuer, "subject": outsider.subject, "name": account.user_name}
    try:
        link(office.ledger, office.clerk, account, outsider, session.now())
    except NameTakenError:
        raise NotReadyError("account-linked-elsewhere", **said) from None
    session.say("account-linked", **said)
    return OK


def _run_unlink(session: Session) -> int:
    """Undo such a link."""
    office, account, outsider = session.office, find_account(session), _outsider(session)
    said = {"issuer": outsider.issuer, "subject": outsider.subject, "name": account.user_name}
    try:
        unlink(office.ledger, office.clerk, account, outsider, session.now())
    except NotLinkedError:
        raise NotReadyError("account-not-linked", **said) from None
    session.say("account-unlinked", **said)
    return OK


def _outsider(session: Session) -> Outsider:
    return Outsider(session.arguments.issuer, session.arguments.subject)


def _desk(session: Session) -> AccountDesk:
    return AccountDesk(session.office.ledger, session.office.clerk, Passwords().digest_now)


def _make(session: Session, desk: AccountDesk, slips: Sequence[Slip]) -> int:
    """Put slips on the disk, then make their accounts; gives how many were made."""
    write_slips(session, slips)
    made = len(desk.add(slips, session.now()))
    if made:
        print(session.count("accounts-made-count", made))
    return made


def _columns(session: Session, one: Account) -> list[str]:
    words = session.words
    roles = ", ".join(words.text(f"domain.Role.{role.value}") for role in Role if role in one.roles)
    columns = [one.id, one.user_name, roles or "—", ", ".join(sorted(one.groups))]
    if one.is_blocked:
        columns.append(words.text("command_line.account-is-blocked"))
    if one.must_change_password:
        columns.append(words.text("command_line.account-has-initial-password"))
    return [column for column in columns if column]


def _data(one: Account) -> dict[str, object]:
    return {
        "id": one.id,
        "user_name": one.user_name,
        "roles": sorted(role.value for role in one.roles),
        "groups": sorted(one.groups),
        "is_blocked": one.is_blocked,
        "must_change_password": one.must_change_password,
        "created": one.created,
    }
