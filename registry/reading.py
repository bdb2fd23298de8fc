"""Files of any kind we take, told by their content and not by their names, as tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from academy.issue import Location
from registry.delimited import read_delimited
from registry.findings import Findings
from registry.spreadsheet import read_spreadsheet
from registry.tables import Sheet, Source, Table, label, table_of

MAX_BYTES = 30 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


def read_tables(
    source: Source, is_known: Callable[[str], bool], findings: Findings
) -> tuple[Table, ...]:
    """Read the tables of a file; `is_known` tells a heading from other text."""
    place = Location(source.name)
    if len(source.content) > MAX_BYTES:
        findings.error("import-too-large", place, limit=MAX_BYTES // 1024**2)
        return ()
    if not source.content.strip():
        findings.error("import-empty", place)
        return ()
    found = len(findings.issues)
    sheets = [sheet for sheet in _sheets(source, is_known, findings) if sheet.rows]
    pairs = [(sheet, table_of(source.name, sheet, is_known)) for sheet in sheets]
    tables = tuple(table for _, table in pairs if table)
    if not tables and len(findings.issues) == found:
        findings.error("import-not-a-table", place)
    elif tables:
        for sheet, table in pairs:
            if table is None:
                findings.warning("sheet-not-recognised", Location(label(source.name, sheet.name)))
    return tables


def _sheets(
    source: Source, is_known: Callable[[str], bool], findings: Findings
) -> tuple[Sheet, ...]:
    content = source.content
    refusal = _refusal(content)
    if refusal:
        findings.error(refusal, Location(source.name))
        return ()
    if content.startswith(_ZIP):
        return read_spreadsheet(source.name, content, findings)
    sheet = read_delimited(source.name, content, is_known, findings)
    return (sheet,) if sheet else ()


def _refusal(content: bytes) -> str:
    """Name the issue of a file that is no table of ours at first sight."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_OLD_OFFICE):
        return "import-old-spreadsheet"
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")):
        return "import-web-page"
    if content.startswith(_ZIP) and _is_open_document(content):
        return "import-open-document"
    return ""


def _is_open_document(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "mimetype" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False  # The reader of workbooks will say that it is broken.
