"""Import of central data: files in, a plan out (clauses 5.1, 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from academy.institution import Academy
from academy.issue import Location, in_order
from catalogue.listed import Listed
from registry.cells import code_likeness
from registry.central import ReadStored
from registry.columns import Headings, match_columns
from registry.fields import Column
from registry.findings import Findings
from registry.incoming import IncomingListener, read_rows
from registry.mapping import ColumnMapping
from registry.plan import ImportPlan, Planned, plan_listener
from registry.reading import read_tables
from registry.tables import Source
from registry.values import Reading


def prepare(
    sources: Sequence[Source],
    mapping: ColumnMapping,
    academy: Academy,
    listed: Sequence[Listed],
    read: ReadStored,
    today: date,
) -> ImportPlan:
    """Read files and compare them with what is stored; nothing is written.

    `listed` is everyone there is, fresh from the index; `read` gives the
    stored results and documents of one of them. A listener about whom the
    files say nothing is left as they are: a missing row never expels anybody.
    """
    findings = Findings()
    incoming = _read(sources, Headings(mapping), Reading(academy, today), findings)
    people = _People(listed, findings)
    planned = []
    for one in incoming.values():
        if people.is_certain(one, findings):
            found = people.find(one.external_id)
            plan = plan_listener(one, found, academy, read, findings)
            if plan is not None:
                planned.append(plan)
                people.note(plan)
    return ImportPlan(
        academy=academy,
        listeners=tuple(planned),
        open_listeners=sum(one.card is not None and one.card.is_open for one in listed),
        issues=in_order(findings.issues),
        read=read,
    )


def _read(
    sources: Sequence[Source], headings: Headings, reading: Reading, findings: Findings
) -> dict[str, IncomingListener]:
    listeners: dict[str, IncomingListener] = {}
    for source in sources:
        for table in read_tables(source, headings.is_known, findings):
            matched = match_columns(table, headings, findings)
            if matched is not None:
                dated = min(source.dated or reading.today, reading.today)
                read_rows(matched, dated, reading, listeners, findings)
    return listeners


class _People:
    """Whom a code means: the key is the code, never the name."""

    def __init__(self, listed: Sequence[Listed], findings: Findings) -> None:
        self._by_code: dict[str, Listed] = {}
        self._doubled: set[str] = set()
        self._likeness: dict[str, str] = {}
        self._has_unreadable = False
        for one in listed:
            if one.card is None:
                self._has_unreadable = True
                findings.error("listener-unreadable", Location(f"{one.person}/card.yml"))
                continue
            code = one.card.external_id
            if code in self._by_code:
                self._doubled.add(code)
            self._by_code[code] = one
            self._likeness[code_likeness(code)] = code

    def find(self, code: str) -> Listed | None:
        """Find the listener of a code."""
        return self._by_code.get(code)

    def note(self, planned: Planned) -> None:
        """Remember the code of a listener who will be new."""
        code = planned.incoming.external_id
        self._likeness.setdefault(code_likeness(code), code)

    def is_certain(self, incoming: IncomingListener, findings: Findings) -> bool:
        """Tell whether a code means one listener, or surely a new one."""
        code = incoming.external_id
        rows = (*incoming.card, *incoming.results, *incoming.documents)
        if not rows:
            return False
        place = rows[0].place(Column.EXTERNAL_ID)
        if code in self._doubled:
            findings.error("listener-doubled", place, external_id=code)
        elif code in self._by_code:
            return True
        elif code_likeness(code) in self._likeness:
            known = self._likeness[code_likeness(code)]
            findings.error("code-almost-known", place, external_id=code, known=known)
        elif self._has_unreadable and incoming.card:
            findings.error("listener-held", place, external_id=code)
        else:
            return True
        return False
