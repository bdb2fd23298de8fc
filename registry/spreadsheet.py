"""Excel workbooks: the only place that imports openpyxl."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Protocol, cast

import openpyxl

from academy.issue import Location
from registry.delimited import MAX_ROWS
from registry.findings import Findings
from registry.tables import Row, Sheet, label

MAX_UNPACKED = 150 * 1024 * 1024
MAX_COLUMNS = 256
MAX_SHEETS = 50
_MAX_BLANK = 5_000
# From here on Excel has lost the last digits of a number.
_EXACT = 10**15


class _Worksheet(Protocol):
    """What we use of a sheet of openpyxl, which has no types of its own."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_col: int, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def read_spreadsheet(file: str, content: bytes, findings: Findings) -> tuple[Sheet, ...]:
    """Read the visible sheets of an `.xlsx` workbook; what is wrong with it is reported.

    Every cell is given as the text that means its value: a date as
    `2026-03-05`, a whole number without `.0`, of a formula the stored result.
    """
    try:
        if _unpacked(content) > MAX_UNPACKED:
            findings.error("import-too-large", Location(file), limit=MAX_UNPACKED // 1024**2)
            return ()
        with warnings.catch_warnings():
            # What openpyxl does not support (colours, checks of input) carries no data.
            warnings.simplefilter("ignore")
            return tuple(_sheets(file, content, findings))
    except Exception:  # noqa: BLE001 - A broken part raises whatever its parser likes to raise.
        findings.error("import-broken-spreadsheet", Location(file))
        return ()


def cell_text(value: object) -> str:
    """Give the text that means the value of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT:
        # Left in this form, it will be refused as an id rather than taken for another one.
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


def _unpacked(content: bytes) -> int:
    """Give the size of all parts; zipfile never unpacks more of a part than it declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _sheets(file: str, content: bytes, findings: Findings) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(  # type: ignore[no-untyped-call, attr-defined]
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    try:
        for sheet in cast("list[_Worksheet]", book.worksheets)[:MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            rows = _rows(sheet)
            if rows is None:
                place = Location(label(file, sheet.title))
                findings.error("import-too-many-rows", place, limit=MAX_ROWS)
            else:
                yield Sheet(sheet.title, rows)
    finally:
        book.close()


def _rows(sheet: _Worksheet) -> tuple[Row, ...] | None:
    """Give the rows that hold something; None when they are too many."""
    # Programs that write workbooks by themselves often declare a size that is not true.
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        row = Row(number, tuple(map(cell_text, values)))
        if not row.is_blank:
            rows.append(row)
            if len(rows) > MAX_ROWS:
                return None
        elif number - (rows[-1].number if rows else 0) > _MAX_BLANK:
            break
    return tuple(rows)
