"""The page of the regulation names what there is, and says what there is not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("|")
][2:]
CLAUSES = {
    "1", "3.1", "4.1", "4.2", "4.3", "4.4", "4.5", "5.1", "5.2", "5.4", "5.5", "5.6", "5.6.1",
    "5.6.2", "5.7", "6.1", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "8.1",
    "8.2", "9.1", "152-FZ",
}  # fmt: skip


def test_every_clause_has_a_row():
    named = {clause for row in ROWS for clause in row[0].split(", ")}

    assert named == CLAUSES
    assert {len(row) for row in ROWS} == {4}


def test_everything_that_is_named_is_there():
    named = {path for row in ROWS for cell in row[2:] for path in re.findall(r"`([^`]+)`", cell)}

    assert sorted(path for path in named if not (ROOT / path).is_file()) == []


def test_what_is_not_proved_is_not_called_done():
    silent = [row[0] for row in ROWS if "not yet" in (row[2], row[3]) and "**Not yet" not in row[1]]

    assert silent == []


def test_proofs_are_tests_and_places_are_not():
    proofs = {path for row in ROWS for path in re.findall(r"`([^`]+)`", row[3])}
    places = {path for row in ROWS for path in re.findall(r"`([^`]+)`", row[2])}

    assert [path for path in proofs if not re.match(r"tests/(?:\w+/)+test_\w+\.py$", path)] == []
    assert [path for path in places if path.startswith("tests/")] == []
