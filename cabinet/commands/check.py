"""`cabinet check`: what is wrong in portfolios, records and the academy's content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from academy.dossier import Dossier
from academy.issue import Issue, has_errors, in_order
from cabinet.office import content_of, files_below
from cabinet.parser import Parser
from cabinet.session import CONTENT_HAS_ERRORS, OK, Session, title
from forge.gate.admission import FILE, Incoming, admit
from forge.port import MAIN
from formats.items import read_portfolio as read_items
from formats.lines import with_lines
from formats.prose.checking import prose_issues
from generator.reading import portfolio_of, read_portfolio
from sites.manifest import issue_data


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("check")
    words = parser.words
    parser.add_argument("what", nargs="?", help=words.text("command_line.help-check"))
    parser.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Check a folder, a listener, or everything there is."""
    what = session.arguments.what
    if what and Path(what).is_dir():
        found = {what: _check_folder(Path(what), session)}
    else:
        found = _check_listeners(session, [what] if what else [])
    if session.arguments.json:
        session.print_json(
            [
                {"what": name, "issues": [issue_data(issue) for issue in issues]}
                for name, issues in found.items()
            ]
        )
    else:
        _print(session, found)
    every = [issue for issues in found.values() for issue in issues]
    return CONTENT_HAS_ERRORS if has_errors(every) else OK


def _print(session: Session, found: dict[str, tuple[Issue, ...]]) -> None:
    for name, issues in found.items():
        if issues:
            print(name)
            session.print_issues(issues)
    count = sum(map(len, found.values()))
    print(
        session.count("issues-count", count)
        if count
        else session.words.text("command_line.no-issues")
    )


def _check_listeners(session: Session, wanted: list[str]) -> dict[str, tuple[Issue, ...]]:
    content = session.office.content()
    if content.academy is None:
        return {"academy": content.issues}
    found = {} if wanted else {"academy": content.issues}
    session.office.catalogue.refresh()
    people = session.listeners(wanted) if wanted else session.office.catalogue.listeners()
    for one in people:
        heads = session.office.repositories.heads(one.person)
        read = read_portfolio(session.office.repositories, one.person, heads, content.academy)
        issues = read.issues + _prose(read.dossier)
        found[f"{title(one)} ({one.person})"] = in_order(issues)
    return found


def _check_folder(folder: Path, session: Session) -> tuple[Issue, ...]:
    """A folder is an academy's content, both branches of a listener, or a checkout of one's own."""
    files = {
        path: content
        for path, content in files_below(folder).items()
        if not path.startswith(".git/")
    }
    if "academy.yml" in files:
        return content_of(files, "").issues
    main = {p.removeprefix("main/"): c for p, c in files.items() if p.startswith("main/")}
    record = {p.removeprefix("record/"): c for p, c in files.items() if p.startswith("record/")}
    if "card.yml" in record:
        academy = session.office.academy()
        read = portfolio_of("folder", main, record, academy)
        return in_order((*_gate(main), *read.issues, *_prose(read.dossier)))
    main = main or files
    issues: list[Issue] = list(_gate(main))
    items = read_items(main, issues)
    return in_order((*with_lines(issues, main), *prose_issues(items, main)))


def _prose(dossier: Dossier | None) -> tuple[Issue, ...]:
    return prose_issues(dossier.portfolio, dossier.files) if dossier else ()


def _gate(main: dict[str, bytes]) -> tuple[Issue, ...]:
    """What the gate would say to these files."""
    return admit([Incoming(path, FILE, content) for path, content in main.items()], MAIN).issues
