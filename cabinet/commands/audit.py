"""`cabinet audit`: the record of access, read, verified, exported (clause 7.4, 152-FZ)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime

from academy.audit import Action
from cabinet.office import NotReadyError
from cabinet.parser import Parser
from cabinet.session import CONTENT_HAS_ERRORS, OK, Session, moment
from ledger.audit.entries import Written
from ledger.audit.verifying import AuditCheck
from messages.dates import moment_in_words

_COLUMNS = (
    "number", "moment", "action", "allowed", "rule", "actor", "role", "how", "person",
    "projection", "path", "commit", "details",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("audit")
    words = parser.words
    parser.add_argument("--listener", help=words.text("command_line.help-audit-listener"))
    parser.add_argument("--account", help=words.text("command_line.help-audit-account"))
    parser.add_argument("--since", help=words.text("command_line.help-since"))
    parser.add_argument("--limit", type=_count, help=words.text("command_line.help-limit"))
    parser.add_argument(
        "--verify", action="store_true", help=words.text("command_line.help-verify")
    )
    parser.add_argument("--head", help=words.text("command_line.help-head"))
    parser.add_argument("--csv", action="store_true", help=words.text("command_line.help-csv"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Print entries, or verify the whole record."""
    arguments = session.arguments
    if arguments.verify or arguments.head:
        return _verify(session)
    found = session.office.ledger.audit.query(
        person=_person(session),
        actor=_actor(session),
        since=_since(arguments.since),
        limit=arguments.limit,
    )
    entry = session.office.clerk.entry(
        Action.AUDIT_READ,
        session.now(),
        _person(session) or "",
        account=arguments.account or "",
        since=arguments.since or "",
        form="csv" if arguments.csv else "text",
    )
    session.office.ledger.audit.record_now(entry)
    if arguments.csv:
        session.write(csv_lines(found))
        return OK
    is_empty = True
    for line in map(_Line(session), found):
        is_empty = False
        print(line)
    if is_empty:
        session.warn("audit-none")
    return OK


def csv_lines(entries: Iterator[Written]) -> Iterator[str]:
    """Write entries as CSV that a spreadsheet takes for text and never for formulas.

    A cell that could begin a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    yield _csv_line(_COLUMNS)
    for one in entries:
        entry = one.entry
        details = "; ".join(f"{key}={value}" for key, value in entry.details.items())
        cells = (
            str(one.number), entry.moment.isoformat(), entry.action.value,
            "yes" if entry.is_allowed else "no", entry.rule, entry.actor, entry.role, entry.how,
            entry.person, entry.projection, entry.path, entry.commit, details,
        )  # fmt: skip
        yield _csv_line(cells)


def _csv_line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(safe)
    return text.getvalue()


class _Line:
    """Writes an entry as a line for people."""

    def __init__(self, session: Session) -> None:
        self._words = session.words
        self._zone = session.office.academy().time_zone

    def __call__(self, one: Written) -> str:
        """Write one entry."""
        entry, words = one.entry, self._words
        gone = words.text("command_line.audit-forgotten") if one.is_forgotten else "—"
        when = moment_in_words(entry.moment, words.language, self._zone)
        what = words.text(f"domain.Action.{entry.action.value}")
        refused = "" if entry.is_allowed else words.text("command_line.audit-refused")
        parts = [
            str(one.number), when, entry.actor or gone, entry.role, entry.how, what, refused,
            entry.person, entry.projection, entry.path, entry.commit[:10], entry.rule,
            *(f"{key}={value}" for key, value in entry.details.items()),
        ]  # fmt: skip
        return "  ".join(_plain(part) for part in parts if part)


def _plain(text: str) -> str:
    """Keep what others have sent from moving the cursor of a terminal."""
    return "".join(one if one.isprintable() else "�" for one in text)


def _verify(session: Session) -> int:
    """Look through the whole record, and at a head that was kept elsewhere."""
    audit, kept = session.office.ledger.audit, session.arguments.head
    try:
        check = audit.verify(*([kept] if kept else []))
    except ValueError:
        raise NotReadyError("audit-head-wrong") from None
    _report(session, check)
    if check.is_whole:
        session.say("audit-head", head=audit.signed_head() or "—")
    return OK if check.is_whole else CONTENT_HAS_ERRORS


def _report(session: Session, check: AuditCheck) -> None:
    for one in check.findings:
        session.say(f"audit-damage-{one.damage.value}", file=one.file, number=one.number)
    key = "audit-whole-count" if check.is_whole else "audit-damaged-count"
    print(session.count(key, check.entries))


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _person(session: Session) -> str | None:
    """Whose data: a listener, or a worker by the user name or the id."""
    wanted: str | None = session.arguments.listener
    if not wanted:
        return None
    accounts = session.office.ledger.accounts
    account = accounts.by_user_name(wanted) or accounts.get(wanted)
    return account.id if account else session.listeners([wanted])[0].person


def _actor(session: Session) -> str | None:
    """An account by user name, or the id of an actor as the record has it."""
    wanted: str | None = session.arguments.account
    if wanted is None:
        return None
    account = session.office.ledger.accounts.by_user_name(wanted)
    return account.id if account else wanted


def _since(text: str | None) -> datetime | None:
    return moment(text) if text else None
