"""Files, sheets and tables: rows of text with the numbers an office worker sees beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import; `dated` is the date of its data where its rows do not say one."""

    name: str
    content: bytes
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file (1-based; of several lines the first) and its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet as they stand; a CSV file is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings were found; every row has as many cells as there are columns.

    Cells beyond the last heading are kept in `overlong` by row number, because
    they are a sign that the columns of that row have slipped.
    """

    file: str
    sheet: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    overlong: frozenset[int] = frozenset()

    @property
    def label(self) -> str:
        """How a report names it: `export.xlsx [Sheet]`, as formulas of Excel do it."""
        return label(self.file, self.sheet)


def label(file: str, sheet: str) -> str:
    """Name a sheet of a file for a report."""
    return f"{file} [{sheet}]" if sheet else file


def find_header(rows: Sequence[Row], is_known: Callable[[str], bool]) -> int | None:
    """Find the row of headings among the first rows: the one with the most known headings.

    Titles and notes may stand above it. Gives its index, or None when no row
    has two known headings.
    """
    counts = [sum(map(is_known, row.cells)) for row in rows[:HEADER_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


def table_of(file: str, sheet: Sheet, is_known: Callable[[str], bool]) -> Table | None:
    """Take the headings of a sheet apart from its rows; None when it has no headings.

    Blank rows are left out, and so are headings that are repeated on every
    printed page.
    """
    at = find_header(sheet.rows, is_known)
    if at is None:
        return None
    columns = _trimmed(tuple(cell.strip() for cell in sheet.rows[at].cells))
    width = len(columns)
    rows = [row for row in sheet.rows[at + 1 :] if not row.is_blank]
    rows = [row for row in rows if _trimmed(tuple(map(str.strip, row.cells))) != columns]
    return Table(
        file=file,
        sheet=sheet.name,
        header=sheet.rows[at].number,
        columns=columns,
        rows=tuple(
            Row(row.number, (row.cells + ("",) * (width - len(row.cells)))[:width]) for row in rows
        ),
        overlong=frozenset(row.number for row in rows if any(map(str.strip, row.cells[width:]))),
    )


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max((n for n, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]
