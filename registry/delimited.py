"""CSV as Excel, CRMs and training records write it."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator

from academy.issue import Location
from registry.findings import Findings
from registry.tables import Row, Sheet, find_header

DELIMITERS = ";,\t|"
MAX_ROWS = 50_000
_LOOK_AT = 64 * 1024


def read_delimited(
    file: str, content: bytes, is_known: Callable[[str], bool], findings: Findings
) -> Sheet | None:
    """Read a CSV file: any usual encoding and delimiter, quotes, line breaks within cells.

    When a quote is out of place, the rows above it are given and the rest is
    not: nobody can tell where the next cell begins. Gives None when nothing
    can be read.
    """
    text = decode(content)
    if text is None:
        findings.error("import-encoding", Location(file))
        return None
    text, delimiter, skipped = _announced_delimiter(text)
    delimiter = delimiter or _likely_delimiter(text, is_known)
    rows: list[Row] = []
    try:
        for row in _records(text, delimiter, skipped):
            if len(rows) == MAX_ROWS:
                findings.error("import-too-many-rows", Location(file), limit=MAX_ROWS)
                return None
            rows.append(row)
    except _QuoteError as error:
        findings.error("import-quotes", Location(file, error.line))
    return Sheet("", tuple(rows))


def decode(content: bytes) -> str | None:
    """Decode a text: UTF-8 and UTF-16 with or without a mark, else Windows-1251, else None."""
    for mark, encoding in (
        (BOM_UTF8, "utf-8-sig"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    start = content[:_LOOK_AT]
    if b"\0" in start:
        # In UTF-16 the high byte of `;`, of quotes and of line ends is zero.
        little = start[1::2].count(0) >= start[0::2].count(0)
        return _decoded(content, "utf-16-le" if little else "utf-16-be")
    return _decoded(content, "utf-8") or _decoded(content, "cp1251")


class _QuoteError(Exception):
    """A quote is out of place in the row that begins on this line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _announced_delimiter(text: str) -> tuple[str, str, int]:
    """Take off the line `sep=;` that some programs write for Excel: rest, delimiter, lines."""
    first, _, rest = text.partition("\n")
    announced = first.rstrip("\r").strip('"')
    if announced.lower().startswith("sep=") and len(announced) == 5:
        return rest, announced[4], 1
    return text, "", 0


def _likely_delimiter(text: str, is_known: Callable[[str], bool]) -> str:
    """Choose the delimiter that makes the most known headings, then the most even columns."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter, is_known))


def _fitness(text: str, delimiter: str, is_known: Callable[[str], bool]) -> tuple[int, int]:
    rows: list[Row] = []
    try:
        for row in _records(text, delimiter, 0):
            rows.append(row)
            if len(rows) == 50:
                break
    except _QuoteError:
        pass
    at = find_header(rows, is_known)
    headings = 0 if at is None else sum(map(is_known, rows[at].cells))
    widths = [len(row.cells) for row in rows if len(row.cells) > 1]
    return headings, max(map(widths.count, widths), default=0)


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _QuoteError(line) from error
        if cells:
            yield Row(line, tuple(map(_unwrapped, cells)))


def _unwrapped(cell: str) -> str:
    """Take a text out of `="00123"`, which keeps Excel from cutting zeros off."""
    wrapped = len(cell) > 3 and cell.startswith('="') and cell.endswith('"')
    return cell[2:-1] if wrapped else cell
