"""`cabinet build` and `cabinet run-due`: sites of listeners."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

from academy.issue import has_errors
from cabinet.office import Office
from cabinet.parser import Parser
from cabinet.session import CONTENT_HAS_ERRORS, OK, WRONG_USE, Session, title
from cabinet.settings import cores
from generator.outcome import Outcome, State
from generator.parallel import build_all
from generator.public import PUBLIC, build_public
from sites.manifest import issue_data


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare both commands."""
    parser = add("build")
    words = parser.words
    parser.add_argument("listeners", nargs="*", help=words.text("command_line.help-listeners"))
    parser.add_argument("--all", action="store_true", help=words.text("command_line.help-all"))
    parser.add_argument("--anew", action="store_true", help=words.text("command_line.help-anew"))
    parser.set_defaults(run=run)
    _common(parser)
    due = add("run-due")
    due.set_defaults(run=run_due, listeners=[], all=True, anew=False)
    _common(due)


def _common(parser: Parser) -> None:
    words = parser.words
    parser.add_argument(
        "--jobs", type=int, default=cores(), help=words.text("command_line.help-jobs")
    )
    parser.add_argument("--at", help=words.text("command_line.help-at"))
    parser.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))


def run(session: Session) -> int:
    """Build what is not current: some listeners, or all."""
    arguments = session.arguments
    if bool(arguments.listeners) == arguments.all:
        session.warn("build-whom")
        return WRONG_USE
    if arguments.all:
        people = everyone(session.office)
        first = [build_public_pages(session)]
    else:
        people = [one.person for one in session.listeners(arguments.listeners)]
        first = []
    outcomes = [*first, *_with_progress(session, build(session, people), len(people))]
    report(session, outcomes)
    wrong = any(has_errors(one.issues) or one.state is State.FAILED for one in outcomes)
    return CONTENT_HAS_ERRORS if wrong else OK


def run_due(session: Session) -> int:
    """Import what waits in the inbox, then build what time and others have made due."""
    from cabinet.inbox import take_in  # noqa: PLC0415 - `build` starts without spreadsheets

    take_in(session)
    return run(session)


def everyone(office: Office) -> list[str]:
    """Every listener there is, as of now."""
    office.catalogue.refresh()
    return [one.person for one in office.catalogue.listeners()]


def build(session: Session, people: list[str]) -> Iterator[Outcome]:
    """Build the sites of `people` over the cores."""
    jobs = getattr(session.arguments, "jobs", cores())
    anew = getattr(session.arguments, "anew", False)
    office = session.office
    yield from build_all(people, session.at, office.builder(), office.close, jobs, anew=anew)


def build_public_pages(session: Session) -> Outcome:
    """Build the academy's public pages."""
    office = session.office
    content = office.content()
    return build_public(content.files, office.academy(), office.workshop, office.sites, session.at)


def _with_progress(session: Session, outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Draw a progress bar on a terminal's error stream."""
    shown = sys.stderr.isatty() and not session.arguments.json
    for done, outcome in enumerate(outcomes, start=1):
        if shown:
            filled = 30 * done // total
            sys.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total}")
            sys.stderr.flush()
        yield outcome
    if shown:
        sys.stderr.write("\r\033[K")


def report(session: Session, outcomes: list[Outcome]) -> None:
    """Print what was built, and the mistakes found on the way."""
    if session.arguments.json:
        session.print_json([_data(one) for one in outcomes])
        return
    names = {one.person: title(one) for one in session.office.catalogue.listeners()}
    for one in outcomes:
        if one.issues or one.failure:
            name = names.get(one.person, one.person)
            print(f"{name} ({one.person})")
            if one.failure:
                key = "build-failed-card" if one.failure == "card" else "build-failed"
                print("  " + session.words.text(f"command_line.{key}", reason=one.failure))
            session.print_issues(one.issues)
    cabinets = [one for one in outcomes if one.person != PUBLIC]
    for state in State:
        count = sum(one.state is state for one in cabinets)
        if count:
            print(session.count(f"build-{state.value}-count", count))


def _data(one: Outcome) -> dict[str, object]:
    return {
        "person": one.person,
        "state": one.state.value,
        "pages": one.pages,
        "valid_until": one.valid_until,
        "failure": one.failure,
        "issues": [issue_data(issue) for issue in one.issues],
    }
