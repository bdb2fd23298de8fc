"""`cabinet demo`: an academy with listeners, ready to look at."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from academy.issue import has_errors
from auth_proxy.identity.passwords import Passwords
from cabinet.clock import mark_demo
from cabinet.commands.build import build, build_public_pages, everyone, report
from cabinet.commands.importing import import_files
from cabinet.commands.init import SYSTEM, initialise
from cabinet.commands.rank import count_places
from cabinet.commands.serve import add_address, may_listen, serve_until_stopped
from cabinet.demo_life import held_back, live
from cabinet.demo_people import (
    add_accounts,
    change_passwords,
    of_home,
    say_who_is_who,
    well_known,
)
from cabinet.doors_file import read_doors_file
from cabinet.office import ACADEMY, NotReadyError, files_below
from cabinet.parser import Parser
from cabinet.session import OK, WRONG_USE, Session
from cabinet.settings import PROGRAM, Home, home_of
from forge.gate.admission import FILE, Incoming, admit
from forge.port import MAIN, RECORD, Change
from messages.dates import moment_in_words

DEMO = PROGRAM / "portfolios" / "demo"
MOMENT = datetime.fromisoformat("2026-11-24T12:00:00+03:00")
_HOME = "var/demo"


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("demo")
    words = parser.words
    add_address(parser)
    parser.add_argument(
        "--no-serve", action="store_true", help=words.text("command_line.help-no-serve")
    )
    parser.set_defaults(run=run, json=False)


def run(session: Session) -> int:
    """Make the demo academy, unless it is there, build it and serve it."""
    if session.arguments.home is None:
        session.home = home_of(_HOME, {})
    settings = read_doors_file(session.home.doors)
    if not may_listen(session, session.arguments.host, settings):
        return WRONG_USE
    if not session.home.demo_mark.exists():
        _make(session)
    office = session.office
    office.reconcile(session.now())
    # Whoever is named by an address can be reached by others, who have read the README too.
    is_open = settings.address is not None
    password_of = of_home(office.ledger.secret("demo-passwords")) if is_open else well_known
    passwords = Passwords()
    add_accounts(office, passwords.digest_now, MOMENT, password_of)
    change_passwords(office, passwords, session.now(), password_of)
    when = moment_in_words(session.now(), session.words.language, "Europe/Moscow")
    session.say("demo-moment", moment=when)
    first = build_public_pages(session)
    report(session, [first, *build(session, everyone(session.office))])
    if session.arguments.no_serve:
        return OK
    return serve_until_stopped(
        session, lambda address: say_who_is_who(session, address, password_of)
    )


def _make(session: Session) -> None:
    home = session.home
    if (home.repositories / f"{ACADEMY}.git").exists() and not _is_half_made(home):
        raise NotReadyError("demo-taken", home=str(home.root))
    session.say("demo-making", home=home.root)
    _half_made(home).parent.mkdir(parents=True, exist_ok=True)
    mark_demo(_half_made(home), MOMENT)
    make_demo(session)
    _half_made(home).rename(home.demo_mark)


def _half_made(home: Home) -> Path:
    return home.demo_mark.with_suffix(".half")


def _is_half_made(home: Home) -> bool:
    """A demo that was interrupted while it was made is made on."""
    return _half_made(home).exists()


def make_demo(session: Session) -> None:
    """Import the demo's records and put the listeners' portfolios beside them."""
    office = session.office
    if ACADEMY not in office.repositories.names():
        initialise(office, files_below(PROGRAM / "content"), MOMENT)
    exports = sorted((DEMO / "import").glob("*.[cx][sl][vs]*"))
    # The ids of the demo are the same on every machine, so that addresses can be told to others.
    choose = random.Random(2026).choice  # noqa: S311
    import_files(session, exports, MOMENT, choose)
    office.catalogue.refresh()
    for folder in sorted(DEMO.iterdir()):
        listed = office.catalogue.by_external_id(folder.name)
        if listed is not None:
            _put(session, listed.person, folder)
    live(office, DEMO)
    count_places(session, MOMENT)


def _put(session: Session, person: str, folder: Path) -> None:
    repositories = session.office.repositories
    heads = repositories.heads(person)
    late = held_back(folder.name)
    changes = []
    for ref, name in ((MAIN, "main"), (RECORD, "record")):
        present = {p: c for p, c in files_below(folder / name).items() if p not in late}
        entries = [Incoming(path, FILE, content) for path, content in present.items()]
        admission = admit(entries, ref)
        if has_errors(admission.issues):
            session.print_issues(admission.issues)
        changes.append(
            Change(ref=ref, expected=heads.get(ref), files=admission.files, message="Demo")
        )
    repositories.commit(person, changes, SYSTEM, MOMENT)
