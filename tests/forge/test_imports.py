import ast
from pathlib import Path

import pytest

import forge

FOLDER = Path(forge.__file__).parent


def importers(library):
    """Give the modules of the forge that import a library."""
    found = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name.partition(".")[0] == library for name in names):
                found.add(file.relative_to(FOLDER).as_posix())
    return found


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("git", {"embedded/process.py"}),
        # Pictures are checked and made smaller where they enter, and drawn small where they leave.
        ("PIL", {"gate/pictures.py", "renditions.py"}),
    ],
)
def test_a_library_has_its_homes(library, homes):
    assert importers(library) == homes
