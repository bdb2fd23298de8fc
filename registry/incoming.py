"""Rows of tables as what they say about listeners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from academy.issue import Location
from registry.cells import is_dash, is_formula_error, plain, split_full_name
from registry.columns import MatchedTable
from registry.fields import COLUMNS, REQUIRED, Column, TableKind
from registry.findings import Findings
from registry.sensitive import shown
from registry.tables import Row
from registry.values import NAME_LIMIT, Reading, Value, read_value
from registry.words import is_grade, read_outcome
from registry.wrong import Wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """One row: the fields it says something about; None clears what is stored.

    A blank cell is not in `values`, so what is stored stays. `as_of` is the
    date of the data, `dated` whether the row itself says it.
    """

    table: MatchedTable
    number: int
    external_id: str
    values: Mapping[Column, Value | None]
    as_of: date
    dated: bool

    def place(self, column: Column) -> Location:
        """Where the cell of a field is."""
        return self.table.place(self.number, column)


@dataclass(slots=True)
class IncomingListener:
    """All rows about one listener, by the kind of their tables."""

    external_id: str
    card: list[IncomingRow] = field(default_factory=list)
    results: list[IncomingRow] = field(default_factory=list)
    documents: list[IncomingRow] = field(default_factory=list)
    is_spoilt: bool = False
    """Whether a row of the card was dropped: its reason was told, so others need not tell it."""

    def of(self, kind: TableKind) -> list[IncomingRow]:
        """The rows of one kind."""
        return {
            TableKind.LISTENERS: self.card,
            TableKind.RESULTS: self.results,
            TableKind.DOCUMENTS: self.documents,
        }[kind]


def read_rows(
    table: MatchedTable,
    dated: date,
    reading: Reading,
    listeners: dict[str, IncomingListener],
    findings: Findings,
) -> None:
    """Read the rows of a table into `listeners`, by external id (clause 5.5).

    A row whose required cell is wrong is left out; another wrong cell leaves
    only itself out. Each is reported with its row and its column.
    """
    for row in table.table.rows:
        if row.number in table.table.overlong:
            findings.error("row-too-long", Location(table.table.label, row.number))
            continue
        values, is_whole = _values(table, row, reading, findings)
        external_id = values.pop(Column.EXTERNAL_ID, None)
        if not isinstance(external_id, str):
            _report_no_code(table, row, findings, is_reported=not is_whole)
            continue
        listener = listeners.setdefault(external_id, IncomingListener(external_id))
        if not is_whole:
            listener.is_spoilt |= table.kind is TableKind.LISTENERS
            continue
        as_of = values.pop(Column.AS_OF, None)
        listener.of(table.kind).append(
            IncomingRow(
                table=table,
                number=row.number,
                external_id=external_id,
                values=values,
                as_of=as_of if isinstance(as_of, date) else dated,
                dated=isinstance(as_of, date),
            )
        )


def _report_no_code(
    table: MatchedTable, row: Row, findings: Findings, *, is_reported: bool
) -> None:
    place = table.place(row.number, Column.EXTERNAL_ID)
    is_withheld = (row.number, table.columns[Column.EXTERNAL_ID]) in table.withheld
    if not is_reported and not is_withheld:
        findings.error("cell-missing", place)


def _values(
    table: MatchedTable, row: Row, reading: Reading, findings: Findings
) -> tuple[dict[Column, Value | None], bool]:
    """Read the cells of a row; False when a required one is wrong."""
    values: dict[Column, Value | None] = {}
    is_whole = True
    for column, text in _texts(table, row):
        value = _value(column, text, table, values, reading)
        if isinstance(value, Wrong):
            findings.error(value.code, table.place(row.number, column), **value.values)
            is_whole = is_whole and column not in REQUIRED[table.kind]
        elif column is Column.FULL_NAME:
            is_whole = _split_name(str(value), table, row, values, findings) and is_whole
        else:
            values[column] = value
    if table.kind is TableKind.RESULTS:
        is_whole = _complete_result(table, row, values, findings) and is_whole
    return values, is_whole


def _texts(table: MatchedTable, row: Row) -> Iterator[tuple[Column, str]]:
    """The cells that say something, in the order in which they have to be read."""
    has_parts = Column.LAST_NAME in table.columns
    for column in COLUMNS[table.kind]:
        at = table.columns.get(column)
        if at is None or (row.number, at) in table.withheld:
            continue
        text = plain(row.cells[at])
        if text and not (column is Column.FULL_NAME and has_parts):
            yield column, text


def _value(
    column: Column,
    text: str,
    table: MatchedTable,
    values: Mapping[Column, Value | None],
    reading: Reading,
) -> Value | Wrong | None:
    if is_formula_error(text):
        return Wrong("cell-formula-error", {"value": text[:20]})
    if is_dash(text):
        return Wrong("cell-not-cleared") if _is_kept(column, table.kind) else None
    return read_value(column, text, values, reading)


def _is_kept(column: Column, kind: TableKind) -> bool:
    """Tell whether a field cannot be empty: a listener has a status, and data have a date."""
    return column in REQUIRED[kind] or column in (Column.STATUS, Column.KIND, Column.AS_OF)


def _split_name(
    text: str,
    table: MatchedTable,
    row: Row,
    values: dict[Column, Value | None],
    findings: Findings,
) -> bool:
    parts = split_full_name(text)
    place = table.place(row.number, Column.FULL_NAME)
    if parts is None:
        findings.error("cell-not-a-full-name", place, value=shown(text))
        return False
    longest = max(len(part or "") for part in parts)
    if longest > NAME_LIMIT:
        findings.error("cell-too-long", place, limit=NAME_LIMIT, length=longest)
        return False
    values[Column.LAST_NAME], values[Column.FIRST_NAME], patronymic = parts
    if patronymic:
        values[Column.PATRONYMIC] = patronymic
    return True


def _complete_result(
    table: MatchedTable, row: Row, values: dict[Column, Value | None], findings: Findings
) -> bool:
    """Let a grade in words be the outcome, and an outcome like «отлично» be the grade."""
    at = table.columns.get(Column.OUTCOME)
    text = plain(row.cells[at]) if at is not None else ""
    if Column.OUTCOME not in values and not text:
        outcome = read_outcome(str(values.get(Column.GRADE) or ""))
        if outcome:
            values[Column.OUTCOME] = outcome
    elif Column.GRADE not in values and is_grade(text):
        values[Column.GRADE] = text
    is_whole = True
    for column in (Column.MODULE, Column.OUTCOME):
        at = table.columns.get(column)
        is_blank = at is None or not plain(row.cells[at])
        if column not in values and is_blank:
            findings.error("cell-missing", table.place(row.number, column))
            is_whole = False
    return is_whole and Column.MODULE in values and Column.OUTCOME in values
