"""`cabinet listeners`: who is in the academy."""

from __future__ import annotations

from collections.abc import Callable

from cabinet.parser import Parser
from cabinet.session import OK, Session, title
from catalogue.listed import Listed
from formats.record import CARD


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("listeners")
    words = parser.words
    parser.add_argument("text", nargs="?", help=words.text("command_line.help-find"))
    parser.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Print the listeners, or those that a text finds."""
    office = session.office
    office.academy_commit()
    office.catalogue.refresh()
    text = session.arguments.text
    found = office.catalogue.find(text) if text else office.catalogue.listeners()
    if session.arguments.json:
        session.print_json([_data(one) for one in found])
        return OK
    for one in sorted(found, key=title):
        print("  ".join(_columns(one, session)))
    print(session.count("listeners-count", len(found)))
    return OK


def _columns(one: Listed, session: Session) -> list[str]:
    if one.card is None:
        return [one.person, "—"]
    status = session.words.text(f"domain.Status.{one.card.status.value}")
    return [one.person, one.card.external_id, one.card.full_name, one.card.group, status]


def _data(one: Listed) -> dict[str, object]:
    return {"person": one.person, "card": CARD.write(one.card) if one.card else None}
