"""Every attack of docs/attacks.md has a source, and tests that are really there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from cabinet.settings import PROGRAM

PAGE = (PROGRAM / "docs" / "attacks.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("| ") and "`tests/" in line
]
ASKED = (
    "paths", "absolute form", "identity headers", "host poisoning", "cookies", "session fixation",
    "login csrf", "open redirects", "code, state or logout token", "range bombs", "header bombs",
    "slow requests", "log injection", "known names", "html, svg, pdf",
)  # fmt: skip
"""What has to be tried at the least."""


@cache
def functions(file):
    """The names of the functions of a file."""
    tree = ast.parse((PROGRAM / file).read_text(encoding="utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_attack_has_a_source_and_tests(row):
    _, source, tests = row
    assert re.search(r"CWE-\d|RFC \d|CVE-\d|OpenID", source)
    for file, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", tests):
        assert (PROGRAM / file).is_file(), file
        assert not name or name in functions(file), name


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_that_was_asked_for_is_left_out(asked):
    assert any(asked in row[0].lower() for row in ROWS)
