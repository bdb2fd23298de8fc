"""`cabinet consent`: written consents of listeners (clause 7.2)."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from academy.calendar import academy_day
from academy.consent import Consent, Purpose, destruction_due, purposes_in_force
from administration.consents import ConsentDesk, ConsentWrongError
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import OK, Session, title
from catalogue.listed import Listed
from messages import catalogue
from messages.dates import day_in_words


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command with its own commands."""
    add_command = subparsers(add("consent"), "consent-")
    for name, run in (
        ("register", _run_register),
        ("withdraw", _run_withdraw),
        ("show", _run_show),
    ):
        parser = add_command(name)
        words = parser.words
        parser.add_argument("listener", help=words.text("command_line.help-listener"))
        if name != "show":
            parser.add_argument("consent", help=words.text("command_line.help-consent"))
        if name == "register":
            _declare_register(parser)
        if name == "show":
            parser.add_argument(
                "--json", action="store_true", help=words.text("command_line.help-json")
            )
        parser.set_defaults(run=run)


def _declare_register(parser: Parser) -> None:
    words = parser.words
    parser.add_argument(
        "--purposes",
        type=_purposes,
        required=True,
        metavar="a,b",
        help=words.text("command_line.help-purposes"),
    )
    parser.add_argument("--text", required=True, help=words.text("command_line.help-consent-text"))
    parser.add_argument(
        "--signed", type=_day, required=True, help=words.text("command_line.help-signed")
    )
    parser.add_argument("--document", type=Path, help=words.text("command_line.help-document"))


def _run_register(session: Session) -> int:
    """Register a consent; it is in force at once."""
    [listed] = session.listeners([session.arguments.listener])
    arguments, at = session.arguments, session.now()
    consent = Consent(
        id=arguments.consent,
        purposes=arguments.purposes,
        version=arguments.text,
        signed=arguments.signed,
        registered=at,
        registered_by="",
        digest=_digest(arguments.document) if arguments.document else None,
    )
    try:
        _desk(session).register(listed.person, consent, at)
    except ConsentWrongError as error:
        raise NotReadyError(str(error), consent=consent.id) from None
    session.say("consent-registered", consent=consent.id, name=title(listed))
    _show_effect(session, listed)
    return OK


def _run_withdraw(session: Session) -> int:
    """Withdraw a consent; it has no effect any more from now on."""
    [listed] = session.listeners([session.arguments.listener])
    consent_id = session.arguments.consent
    try:
        _desk(session).withdraw(listed.person, consent_id, session.now())
    except ConsentWrongError as error:
        raise NotReadyError(str(error), consent=consent_id) from None
    session.say("consent-withdrawn", consent=consent_id, name=title(listed))
    _show_effect(session, listed)
    return OK


def _run_show(session: Session) -> int:
    """Print the consents of a listener and what they come to."""
    [listed] = session.listeners([session.arguments.listener])
    session.office.reconcile(session.now())
    consents = session.office.ledger.consents.of(listed.person)
    if session.arguments.json:
        session.print_json([_data(one) for one in consents])
        return OK
    for one in consents:
        key = "consent-line" if one.withdrawn is None else "consent-line-withdrawn"
        session.say(
            key,
            consent=one.id,
            purposes=_in_words(session, one.purposes),
            text=one.version,
            signed=day_in_words(one.signed, session.words.language),
            withdrawn=_day_in_words(session, one),
        )
    _show_effect(session, listed)
    return OK


def _show_effect(session: Session, listed: Listed) -> None:
    """Say what a listener's consents allow now, and what has to be destroyed by when."""
    consents, at = session.office.ledger.consents.of(listed.person), session.now()
    in_force = tuple(one for one in Purpose if one in purposes_in_force(consents, at))
    session.say("consent-in-force", purposes=_in_words(session, in_force) or "—")
    due = destruction_due(consents, at)
    if due is not None:
        session.say("consent-destruction", day=day_in_words(due, session.words.language))


def _desk(session: Session) -> ConsentDesk:
    office = session.office
    words = catalogue(office.academy().language)
    return ConsentDesk(office.ledger, office.repositories, session.office.clerk, words)


def _in_words(session: Session, purposes: tuple[Purpose, ...]) -> str:
    return ", ".join(session.words.text(f"domain.Purpose.{one.value}") for one in purposes)


def _day_in_words(session: Session, consent: Consent) -> str:
    if consent.withdrawn is None:
        return ""
    day = academy_day(consent.withdrawn, session.office.academy().time_zone)
    return day_in_words(day, session.words.language)


def _digest(file: Path) -> str:
    """The SHA-256 of the signed document; the document itself is not kept."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        raise NotReadyError("file-missing", file=str(file)) from None


def _data(one: Consent) -> dict[str, object]:
    return {
        "id": one.id,
        "purposes": [purpose.value for purpose in one.purposes],
        "version": one.version,
        "signed": one.signed,
        "registered": one.registered,
        "registered_by": one.registered_by,
        "digest": one.digest,
        "withdrawn": one.withdrawn,
    }


def _purposes(text: str) -> tuple[Purpose, ...]:
    words = {word.strip() for word in text.split(",")}
    if not words <= {one.value for one in Purpose}:
        known = ", ".join(one.value for one in Purpose)
        raise argparse.ArgumentTypeError(f"{text} ({known})")
    return tuple(one for one in Purpose if one.value in words)


def _day(text: str) -> date:
    return date.fromisoformat(text)
