"""The inbox: exports that the training-records system puts into a folder (clause 5.5)."""

from __future__ import annotations

import time
from pathlib import Path

from cabinet.commands.importing import Imported, carry_out, plan_import, report_lines
from cabinet.session import Session

_SETTLED_SECONDS = 1.0
_ENDINGS = {".csv", ".tsv", ".txt", ".xlsx"}


def take_in(session: Session) -> None:
    """Import every file that waits and is not being written any more.

    A file moves to `done/`; one that would block too many at once moves to
    `held/`, and nothing of it is written. The report is beside it.
    """
    inbox = session.home.inbox
    if not inbox.is_dir():
        return
    for file in sorted(inbox.iterdir()):
        if file.is_file() and file.suffix.lower() in _ENDINGS and _is_settled(file):
            _take(session, file)


def _is_settled(file: Path) -> bool:
    """Whether nobody has written to a file for a moment."""
    return time.time() - file.stat().st_mtime > _SETTLED_SECONDS


def _take(session: Session, file: Path) -> None:
    plan = plan_import(session.office, [file], session.now())
    outcome = carry_out(session.office, plan, session.now())
    folder = file.parent / ("done" if outcome.is_applied else "held")
    folder.mkdir(exist_ok=True)
    target = _free(folder / file.name)
    report = target.with_name(f"{target.name}.report.txt")
    report.write_text(_report(session, Imported(plan, outcome)), encoding="utf-8")
    file.rename(target)
    key = "inbox-imported" if outcome.is_applied else "inbox-held"
    session.say(key, file=file.name, report=report)


def _free(path: Path) -> Path:
    """A name nothing has yet: exports often come under the same one."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _report(session: Session, imported: Imported) -> str:
    lines = report_lines(session, imported)
    for issue in imported.issues:
        lines += session.issue_lines(issue)
    return "\n".join(lines) + "\n"
