"""`cabinet import`: exports of the training records and the CRM."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from academy.audit import Action
from academy.calendar import academy_day
from academy.issue import Issue, has_errors, in_order
from administration.reconciling import close
from cabinet.office import NotReadyError, Office, files_below
from cabinet.parser import Parser
from cabinet.session import CONTENT_HAS_ERRORS, OK, Session
from cabinet.settings import PROGRAM
from registry.applying import Hand, ImportOutcome, Workplace, apply
from registry.central import stored_reader
from registry.describing import as_data, describe, describe_outcome
from registry.importing import prepare
from registry.lock import ImportRunningError
from registry.mapping import ColumnMapping, read_mapping
from registry.plan import ImportPlan
from registry.tables import Source
from sites.manifest import issue_data

AUTHOR = "registrar"
_NO_MAPPING = ColumnMapping()


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the plan, what was done of it (None: nothing), every mistake."""

    plan: ImportPlan
    outcome: ImportOutcome | None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The mistakes of the files, and what stood in the way of writing."""
        later = self.outcome.issues if self.outcome else []
        return in_order((*self.plan.issues, *later))


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("import")
    words = parser.words
    parser.add_argument("files", nargs="+", type=Path, help=words.text("command_line.help-files"))
    parser.add_argument("--mapping", type=Path, help=words.text("command_line.help-mapping"))
    parser.add_argument(
        "--dry-run", action="store_true", help=words.text("command_line.help-dry-run")
    )
    parser.add_argument("--yes", action="store_true", help=words.text("command_line.help-yes"))
    parser.add_argument("--at", help=words.text("command_line.help-at"))
    parser.add_argument("--json", action="store_true", help=words.text("command_line.help-json"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Import files, or show what importing them would change."""
    arguments = session.arguments
    mapping, mistakes = _mapping(arguments.mapping)
    if mapping is None or has_errors(mistakes):
        session.print_issues(mistakes)
        return CONTENT_HAS_ERRORS
    plan = plan_import(session.office, arguments.files, session.at, mapping)
    outcome = None
    if not arguments.dry_run:
        outcome = carry_out(session.office, plan, session.at, confirmed=arguments.yes)
    imported = Imported(plan, outcome)
    if arguments.json:
        session.print_json(_data(imported))
    else:
        print("\n".join(report_lines(session, imported)))
        session.print_issues(imported.issues)
    held = outcome is not None and not outcome.is_applied
    return CONTENT_HAS_ERRORS if held or has_errors(imported.issues) else OK


def import_files(
    session: Session, files: Sequence[Path], at: datetime, choose: Callable[[str], str]
) -> Imported:
    """Import files without asking anybody."""
    plan = plan_import(session.office, files, at)
    return Imported(plan, carry_out(session.office, plan, at, choose=choose))


def plan_import(
    office: Office, files: Sequence[Path], at: datetime, mapping: ColumnMapping = _NO_MAPPING
) -> ImportPlan:
    """Read files and compare them with what is stored. Raises `NotReadyError` for a missing one."""
    return plan_sources(office, [Source(file.name, _content(file)) for file in files], at, mapping)


def plan_sources(
    office: Office, sources: Sequence[Source], at: datetime, mapping: ColumnMapping = _NO_MAPPING
) -> ImportPlan:
    """Compare what files hold with what is stored."""
    academy = office.academy()
    office.catalogue.refresh()
    return prepare(
        sources,
        mapping,
        academy,
        office.catalogue.listeners(),
        stored_reader(office.repositories),
        academy_day(at, academy.time_zone),
    )


def carry_out(
    office: Office,
    plan: ImportPlan,
    at: datetime,
    *,
    confirmed: bool = False,
    choose: Callable[[str], str] = secrets.choice,
) -> ImportOutcome:
    """Write a plan. Raises `NotReadyError` when another import does not end."""
    workplace = Workplace(
        repositories=office.repositories,
        catalogue=office.catalogue,
        starter=files_below(PROGRAM / "portfolios" / "starter"),
        lock=office.home.import_lock,
    )
    hand = Hand(author=AUTHOR, at=at, choose=choose)
    clerk = office.clerk
    if confirmed or not plan.needs_yes:
        # The ledger first: whoever is expelled is refused before anything else is written.
        for planned in plan.blocked:
            if planned.person is not None:
                close(office.ledger, clerk, planned.person, at)
    try:
        outcome = apply(plan, workplace, hand, confirmed=confirmed)
    except ImportRunningError:
        raise NotReadyError("import-running") from None
    finally:
        office.reconcile(at)
    _record(office, outcome, at)
    return outcome


def _record(office: Office, outcome: ImportOutcome, at: datetime) -> None:
    """Write down whose data have come from outside."""
    entries = [
        office.clerk.entry(Action.IMPORTED, at, person, what=what)
        for what, people in (("created", outcome.created), ("changed", outcome.changed))
        for person in people.values()
    ]
    office.ledger.audit.record_many(entries)


def report_lines(session: Session, imported: Imported) -> list[str]:
    """What an import changes, and what was done, in words."""
    lines = describe(imported.plan, session.words.language)
    if imported.outcome is not None:
        lines += describe_outcome(imported.outcome, session.words.language)
    return lines


def _mapping(file: Path | None) -> tuple[ColumnMapping | None, tuple[Issue, ...]]:
    return read_mapping(file.name, _content(file)) if file else (_NO_MAPPING, ())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise NotReadyError("file-missing", file=str(file)) from None


def _data(imported: Imported) -> dict[str, object]:
    outcome = imported.outcome
    return {
        "plan": as_data(imported.plan),
        "applied": outcome is not None and outcome.is_applied,
        "created": outcome.created if outcome else {},
        "changed": outcome.changed if outcome else {},
        "issues": [issue_data(issue) for issue in imported.issues],
    }
