"""`cabinet share`: links for outside readers (clause 7.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from academy.calendar import academy_day
from administration.sharing import ShareDesk, ShareRefusedError
from cabinet.doors_file import read_doors_file
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import OK, Session, title
from generator.reading import read_portfolio
from ledger.shares import Share
from messages.dates import day_in_words

_DAYS = 30


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command with its own commands."""
    add_command = subparsers(add("share"), "share-")
    create = add_command("create")
    words = create.words
    create.add_argument("listener", help=words.text("command_line.help-listener"))
    create.add_argument("items", nargs="+", help=words.text("command_line.help-items"))
    create.add_argument(
        "--days", type=int, default=_DAYS, help=words.text("command_line.help-days")
    )
    create.add_argument("--label", default="", help=words.text("command_line.help-label"))
    create.set_defaults(run=_run_create)
    revoke = add_command("revoke")
    revoke.add_argument("share", help=words.text("command_line.help-share"))
    revoke.set_defaults(run=_run_revoke)
    listing = add_command("list")
    listing.add_argument("listener", help=words.text("command_line.help-listener"))
    listing.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))
    listing.set_defaults(run=_run_list)


def _run_create(session: Session) -> int:
    """Make a link; its secret address is shown this once."""
    arguments, office = session.arguments, session.office
    [listed] = session.listeners([arguments.listener])
    office.reconcile(session.now())
    known = _items(session, listed.person)
    if not known:
        raise NotReadyError("share-nothing-there")
    for item in arguments.items:
        if item not in known:
            raise NotReadyError("share-item-unknown", item=item, known=", ".join(sorted(known)))
    at = session.now()
    try:
        token, share = ShareDesk(office.ledger, session.office.clerk).create(
            listed.person, arguments.items, at, at + timedelta(days=arguments.days), arguments.label
        )
    except ShareRefusedError as error:
        raise NotReadyError(str(error)) from None
    office.builder().build(listed.person, at)
    session.say("share-created", share=share.id, name=title(listed), until=_until(session, share))
    print(f"{read_doors_file(office.home.doors).address or ''}/s/{token}/")
    return OK


def _run_revoke(session: Session) -> int:
    """Close a link at once."""
    share, at = session.arguments.share, session.now()
    if not ShareDesk(session.office.ledger, session.office.clerk).revoke(share, at):
        raise NotReadyError("share-unknown", share=share)
    session.say("share-revoked", share=share)
    return OK


def _run_list(session: Session) -> int:
    """Print the links of a listener."""
    [listed] = session.listeners([session.arguments.listener])
    shares = session.office.ledger.shares.of(listed.person)
    if session.arguments.json:
        session.print_json([_data(one) for one in shares])
        return OK
    at = session.now()
    for one in shares:
        key = "share-line" if one.is_open(at) else "share-line-closed"
        items = ", ".join(sorted(one.items))
        session.say(key, share=one.id, label=one.label, items=items, until=_until(session, one))
    print(session.count("shares-count", len(shares)))
    return OK


def _items(session: Session, person: str) -> frozenset[str]:
    office = session.office
    heads = office.repositories.heads(person)
    dossier = read_portfolio(office.repositories, person, heads, office.academy()).dossier
    return frozenset(item.id for item in dossier.portfolio.items()) if dossier else frozenset()


def _until(session: Session, share: Share) -> str:
    day = academy_day(share.expires, session.office.academy().time_zone)
    return day_in_words(day, session.words.language)


def _data(one: Share) -> dict[str, object]:
    return {
        "id": one.id,
        "items": sorted(one.items),
        "label": one.label,
        "created": one.created,
        "created_by": one.created_by,
        "expires": one.expires,
        "revoked": one.revoked,
    }
