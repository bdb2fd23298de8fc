"""The academy's content and the demo portfolios as they stand in the repository."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from academy.dossier import Dossier
from academy.institution import Academy
from academy.issue import Issue
from formats.academy_content import read_academy
from formats.dossier import ReadDossier, read_dossier

ROOT = Path(__file__).parents[2]
# Which group each of them is in comes from the imported records, not from their own files.
GROUPS = {
    "AL-2025-0031": "ld-25-2",
    "AL-2026-0011": "ld-26-1",
    "AL-2026-0012": "ld-26-1",
    "AL-2026-0013": "ld-26-1",
    "AL-2026-0014": "ld-26-1",
    "AL-2026-0016": "ld-26-1",
    "AL-2026-0041": "bu-26-3",
    "AL-2026-0042": "bu-26-3",
    "AL-2026-0043": "bu-26-3",
    "AL-2026-0044": "bu-26-3",
    "AL-2026-0061": "fr-26-1",
    "AL-2026-0062": "fr-26-1",
    "AL-2026-0063": "fr-26-1",
    "AL-2026-0064": "fr-26-1",
    "AL-2026-0071": "ld-26-2",
}
CATEGORIES = {"ld": "retraining", "bu": "upgrade", "fr": "general-development"}


def files_below(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    return ROOT / "portfolios" / "demo"


@pytest.fixture(scope="session")
def content() -> dict[str, bytes]:
    return files_below(ROOT / "content")


@pytest.fixture(scope="session")
def academy(content) -> Academy:
    academy = read_academy(content, "0" * 40).academy
    assert academy is not None
    return academy


@pytest.fixture(scope="session")
def branch(demo_folder) -> Callable[[str, str], dict[str, bytes]]:
    """Read a branch of a listener of the demo: path to content."""
    return lambda listener, name: files_below(demo_folder / listener / name)


@pytest.fixture(scope="session")
def reads(branch, academy) -> dict[str, ReadDossier]:
    """Every listener of the demo, read with a made-up card."""
    found = {}
    for listener, group in GROUPS.items():
        programme = academy.group(group).programme
        card = (
            f"external_id: {listener}\nlast_name: Пример\nfirst_name: Проба\n"
            f"programme: {programme}\ngroup: {group}\ncategory: {CATEGORIES[group[:2]]}\n"
        )
        record = {**branch(listener, "record"), "card.yml": card.encode()}
        found[listener] = read_dossier(listener, branch(listener, "main"), record)
    return found


@pytest.fixture(scope="session")
def dossiers(reads) -> dict[str, Dossier]:
    return {listener: read.dossier for listener, read in reads.items()}


@pytest.fixture(scope="session")
def in_short() -> Callable[[list[Issue]], list[str]]:
    """Write issues as `severity file:line code`."""

    def lines(issues: list[Issue]) -> list[str]:
        return [
            f"{one.severity.value} {one.location.file}:{one.location.line} {one.code}"
            for one in issues
        ]

    return lines


@pytest.fixture
def script(monkeypatch) -> Callable[[str], ModuleType]:
    """Import a script of the maintainers by its name."""
    monkeypatch.syspath_prepend(os.fspath(ROOT))
    return lambda name: importlib.import_module(f"tools.{name}")
