"""Which column of a table is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from academy.issue import Location
from registry.cells import folded
from registry.fields import COLUMNS, HEADINGS, IDLE, Column, TableKind
from registry.findings import Findings
from registry.mapping import ColumnMapping
from registry.sensitive import is_sensitive_heading, sensitive_cells
from registry.tables import Table


@dataclass(frozen=True, slots=True)
class MatchedTable:
    """A table whose columns are known: the kind of its rows and the place of each field.

    `withheld` holds the row number and the index of every cell that must not be read.
    """

    table: Table
    kind: TableKind
    columns: Mapping[Column, int]
    withheld: frozenset[tuple[int, int]] = frozenset()

    def place(self, row: int, column: Column) -> Location:
        """Where a cell is, with the heading that the file itself uses."""
        at = self.columns.get(column)
        heading = HEADINGS[column][0] if at is None else self.table.columns[at]
        return Location(self.table.label, row, heading)


class Headings:
    """The headings we know: those of the mapping file before the built-in ones."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._known: dict[str, list[tuple[int, Column]]] = {}
        for column in Column:
            for rank, heading in enumerate((*mapping.columns.get(column, ()), *HEADINGS[column])):
                self._known.setdefault(_key(heading), []).append((rank, column))
        for column, headings in mapping.columns.items():
            # A heading that the academy has explained has no other meaning.
            for heading in headings:
                self._known[_key(heading)] = [(-1, column)]
        self._ignored = {_key(heading) for heading in (*IDLE, *mapping.ignore)}
        self._sheets = {
            folded(sheet): kind for kind, sheets in mapping.sheets.items() for sheet in sheets
        }

    def is_known(self, heading: str) -> bool:
        """Tell a heading from other text."""
        return _key(heading) in self._known

    def is_ignored(self, heading: str) -> bool:
        """Tell whether a column is passed over without a word."""
        return not heading or _key(heading) in self._ignored

    def meanings(self, heading: str) -> Sequence[tuple[int, Column]]:
        """What a heading can mean, each with its rank: the lower, the surer."""
        return self._known.get(_key(heading), ())

    def kind_of_sheet(self, sheet: str) -> TableKind | None:
        """The kind that the mapping file gives a sheet."""
        return self._sheets.get(folded(sheet))

    def like(self, heading: str, kind: TableKind) -> str:
        """The known heading of a kind of table that is most like an unknown one."""
        known = {
            _key(name): name
            for column in COLUMNS[kind]
            for name in HEADINGS[column]
        }  # fmt: skip
        close = get_close_matches(_key(heading), known, n=1, cutoff=0.75)
        return known[close[0]] if close else ""


def match_columns(table: Table, headings: Headings, findings: Findings) -> MatchedTable | None:
    """Find the fields of a table; None when it lacks the code, or is of no kind we know.

    Columns for what must not be stored are named in a warning, and so are
    columns that nothing is read from.
    """
    open_columns = {
        at: heading
        for at, heading in enumerate(table.columns)
        if not headings.is_ignored(heading) and not is_sensitive_heading(heading)
    }
    possible = {column for h in open_columns.values() for _, column in headings.meanings(h)}
    kind = headings.kind_of_sheet(table.sheet) or _kind(possible)
    columns = _chosen(table, kind, open_columns, headings, findings)
    matched = MatchedTable(table, kind, columns)
    _report_headings(matched, open_columns, headings, findings)
    matched = MatchedTable(table, kind, columns, _withheld(matched, findings))
    needed = _needed(kind)
    missing = [column for column in needed if column not in columns]
    for column in missing:
        place = Location(table.label, table.header)
        findings.error("column-missing", place, column=HEADINGS[column][0])
    return None if missing else matched


def _kind(possible: set[Column]) -> TableKind:
    """Tell the kind of a table by the columns that only this kind has."""
    if Column.MODULE in possible:
        return TableKind.RESULTS
    if Column.DOCUMENT in possible:
        return TableKind.DOCUMENTS
    return TableKind.LISTENERS


def _needed(kind: TableKind) -> tuple[Column, ...]:
    """The columns without which no row of a table can be understood."""
    if kind is TableKind.RESULTS:
        return (Column.EXTERNAL_ID, Column.MODULE)
    if kind is TableKind.DOCUMENTS:
        return (Column.EXTERNAL_ID, Column.DOCUMENT)
    return (Column.EXTERNAL_ID,)


def _chosen(
    table: Table,
    kind: TableKind,
    open_columns: Mapping[int, str],
    headings: Headings,
    findings: Findings,
) -> dict[Column, int]:
    """Choose one column for each field of the kind; the others are named in a warning."""
    chosen: dict[Column, int] = {}
    for column in COLUMNS[kind]:
        candidates = sorted(
            (rank, at)
            for at, heading in open_columns.items()
            for rank, meaning in headings.meanings(heading)
            if meaning is column
        )
        if candidates:
            chosen[column] = candidates[0][1]
        for _, at in candidates[1:]:
            place = Location(table.label, table.header, table.columns[at])
            findings.warning("column-doubled", place, used=table.columns[chosen[column]])
    return chosen


def _report_headings(
    matched: MatchedTable,
    open_columns: Mapping[int, str],
    headings: Headings,
    findings: Findings,
) -> None:
    table = matched.table
    for at, heading in enumerate(table.columns):
        place = Location(table.label, table.header, heading)
        if is_sensitive_heading(heading):
            findings.warning("column-sensitive", place)
        elif at in open_columns and not headings.meanings(heading):
            close = headings.like(heading, matched.kind)
            code = "column-unknown-close" if close else "column-unknown"
            findings.warning(code, place, close=close)


def _withheld(matched: MatchedTable, findings: Findings) -> frozenset[tuple[int, int]]:
    """Find the cells that must not be stored, whatever their column is called."""
    table = matched.table
    fields = {at: column for column, at in matched.columns.items()}
    withheld: set[tuple[int, int]] = set()
    for at, heading in enumerate(table.columns):
        if is_sensitive_heading(heading):
            continue
        found = sensitive_cells([row.cells[at] for row in table.rows], fields.get(at))
        if not found:
            continue
        numbers = [table.rows[index].number for index in sorted(found)]
        withheld.update((number, at) for number in numbers)
        place = Location(table.label, numbers[0], heading)
        report = findings.error if at in fields else findings.warning
        report("cells-sensitive", place, rows=_listed(numbers))
    return frozenset(withheld)


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return shown if len(numbers) <= 10 else f"{shown}…"


def _key(heading: str) -> str:
    """Give what two headings share that mean the same: case, dashes, `_`, colons do not count."""
    return " ".join(folded(heading).replace("_", " ").replace("-", " ").strip(" :*.").split())
