"""`cabinet rank`: the place of each listener in the rating of their programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from academy.calendar import academy_day
from academy.consent import Purpose, purposes_in_force
from academy.institution import Academy
from academy.rating import rating
from academy.standing import Standing, standings
from cabinet.parser import Parser
from cabinet.session import OK, Session
from cabinet.surroundings import write_standings
from generator.reading import read_portfolio


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("rank")
    parser.add_argument("--at", help=parser.words.text("command_line.help-at"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Count the places and say how many there are."""
    print(session.count("ranked-count", count_places(session, session.at)))
    return OK


def count_places(session: Session, at: datetime) -> int:
    """Count the points of everyone whose portfolio is open at `at`, and write the places down."""
    office = session.office
    academy = office.academy()
    day = academy_day(at, academy.time_zone)
    found: dict[str, Standing] = {}
    for points in _points(session, academy, at).values():
        found |= standings(points, day)
    write_standings(office.home.standings, found, day)
    return len(found)


def _points(session: Session, academy: Academy, at: datetime) -> Mapping[str, Mapping[str, int]]:
    """The points of listeners by programme; without consent to placement nobody is compared."""
    office = session.office
    office.catalogue.refresh()
    today = academy_day(at, academy.time_zone)
    found: dict[str, dict[str, int]] = {}
    for listed in office.catalogue.listeners():
        if listed.card is None or not listed.card.is_open:
            continue
        heads = office.repositories.heads(listed.person)
        dossier = read_portfolio(office.repositories, listed.person, heads, academy).dossier
        if dossier is None:
            continue
        if Purpose.PLACEMENT in purposes_in_force(dossier.consents, at):
            points = rating(dossier, academy.policy, today).points
            found.setdefault(dossier.card.programme, {})[listed.person] = points
    return found
