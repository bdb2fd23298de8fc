"""`cabinet keys`: the keys that the embedded provider signs with (after a leak, or to be sure)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from academy.audit import Action
from auth_proxy.identity.keys import SigningKeys
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import OK, WRONG_USE, Session
from cabinet.sign_in_file import read_sign_in_file
from ledger.database import NotWipedError
from ledger.keys import SigningKey
from messages.dates import moment_in_words


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command with its own commands."""
    add_command = subparsers(add("keys"), "keys-")
    listing = add_command("list")
    words = listing.words
    listing.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))
    listing.set_defaults(run=_run_list)
    rotate = add_command("rotate")
    rotate.add_argument("--now", action="store_true", help=words.text("command_line.help-keys-now"))
    rotate.set_defaults(run=_run_rotate)


def _run_list(session: Session) -> int:
    """Print the keys that are shown to other services."""
    _refuse_outside(session)
    at = session.now()
    kept = session.office.ledger.keys
    shown, signing = kept.published(at), kept.signing(at)
    if session.arguments.json:
        session.print_json([_data(one, signing) for one in shown])
        return OK
    for one in shown:
        session.say(
            f"keys-line-{_state(one, signing, at)}",
            id=one.id,
            since=_words(session, one.signs_from),
            until=_words(session, one.published_until),
        )
    print(session.count("keys-count", len(shown)))
    return OK


def _run_rotate(session: Session) -> int:
    """Make a new key; with `--now` the others are destroyed."""
    _refuse_outside(session)
    office, at, is_leak = session.office, session.now(), session.arguments.now
    entry = office.clerk.entry(Action.KEYS_ROTATED, at, others="destroyed" if is_leak else "shown")
    office.ledger.audit.record_now(entry)
    keys = SigningKeys(office.ledger.keys)
    try:
        key = keys.replace(at) if is_leak else keys.rotate(at)
    except NotWipedError:
        session.warn("keys-again")
        return WRONG_USE
    session.say(
        "keys-replaced" if is_leak else "keys-rotated",
        id=key.id,
        since=_words(session, key.signs_from),
    )
    return OK


def _refuse_outside(session: Session) -> None:
    """An outside provider has keys of its own. Raises `NotReadyError`."""
    provider = read_sign_in_file(session.home.sign_in).provider
    if provider is not None:
        raise NotReadyError("keys-outside", issuer=provider.issuer)


def _state(key: SigningKey, signing: SigningKey | None, at: datetime) -> str:
    if signing is not None and key.id == signing.id:
        return "signing"
    return "next" if key.signs_from > at else "over"


def _words(session: Session, moment: datetime) -> str:
    academy = session.office.academy()
    return moment_in_words(moment, session.words.language, academy.time_zone)


def _data(key: SigningKey, signing: SigningKey | None) -> dict[str, object]:
    return {
        "id": key.id,
        "is_signing": signing is not None and key.id == signing.id,
        "created": key.created,
        "signs_from": key.signs_from,
        "published_until": key.published_until,
    }
