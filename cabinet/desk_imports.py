"""Imports for the desk: the same plan and the same writing as on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from academy.issue import in_order
from cabinet.commands.importing import carry_out, plan_sources
from cabinet.office import Office
from desk.importing import Files, ImportReport, Imports
from registry.describing import describe_outcome, outline
from registry.plan import ImportPlan
from registry.tables import Source


def imports_of(office: Office, now: Callable[[], datetime]) -> Imports:
    """Make what the desk plans and carries out imports with."""

    def planned(files: Files) -> ImportPlan:
        return plan_sources(office, [Source(name, content) for name, content in files], now())

    def plan(files: Files, language: str) -> ImportReport:
        found = planned(files)
        return ImportReport(
            outline=outline(found, language),
            issues=found.issues,
            needs_yes=found.needs_yes,
            changes_nothing=not (found.created or found.changed),
        )

    def carry(files: Files, language: str, confirmed: bool) -> ImportReport:
        found = planned(files)
        outcome = carry_out(office, found, now(), confirmed=confirmed)
        return ImportReport(
            outline=outline(found, language),
            done=tuple(describe_outcome(outcome, language)),
            issues=in_order((*found.issues, *outcome.issues)),
            needs_yes=found.needs_yes,
            is_applied=outcome.is_applied,
        )

    return Imports(plan=plan, carry_out=carry)
