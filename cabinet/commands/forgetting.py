"""`cabinet forget`: everything about one person is erased (152-FZ)."""

from __future__ import annotations

from collections.abc import Callable

from academy.identifiers import is_person_id
from administration.forgetting import forget
from cabinet.parser import Parser
from cabinet.session import OK, WRONG_USE, Session, title
from ledger.database import NotWipedError


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("forget")
    words = parser.words
    parser.add_argument("listener", help=words.text("command_line.help-listener"))
    parser.add_argument(
        "--yes", action="store_true", help=words.text("command_line.help-forget-yes")
    )
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Erase a listener, if that is what is meant."""
    office, arguments = session.office, session.arguments
    person, name = _whom(session)
    if not arguments.yes:
        session.warn("forget-needs-yes", name=name, person=person)
        return WRONG_USE
    try:
        forget(
            person,
            office.ledger,
            office.repositories,
            office.sites.remove,
            office.clerk,
            session.now(),
        )
    except NotWipedError:
        session.warn("forget-again", person=person)
        return WRONG_USE
    office.catalogue.refresh()
    office.queue.refresh()
    office.summaries.forget(person)
    # Places in the rating are counted anew by the next build.
    office.home.standings.unlink(missing_ok=True)
    session.say("forgotten", person=person)
    return OK


def _whom(session: Session) -> tuple[str, str]:
    """Find the listener; a number whose repository is gone finishes what was cut off."""
    wanted = session.arguments.listener
    session.office.catalogue.refresh()
    if is_person_id(wanted) and session.office.catalogue.by_person(wanted) is None:
        return wanted, wanted
    [listed] = session.listeners([wanted])
    return listed.person, title(listed)
