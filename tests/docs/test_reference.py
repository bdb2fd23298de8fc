"""The reference pages say what the program does, and nothing is left out."""

from __future__ import annotations

import inspect
import re
import runpy
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import academy
import formats.institution
import formats.portfolio
import formats.record
from formats.schema import Schema
from messages import catalogue

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def tables(page: str) -> dict[str, list[list[str]]]:
    """The tables of a page by the heading above them: rows of cells, without the head."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").strip("`")
        elif line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            found.setdefault(heading, []).append(cells)
    return {heading: rows[2:] for heading, rows in found.items()}


def schemas() -> dict[str, Schema[object]]:
    """Every schema of a file, and those that stand inside them, by name."""
    modules = (formats.institution, formats.portfolio, formats.record)
    todo = [
        value for module in modules for value in vars(module).values() if isinstance(value, Schema)
    ]
    found: dict[str, Schema[object]] = {}
    while todo:
        one = todo.pop()
        found[one.name] = one
        for field in one.fields:
            kind = field.kind
            while hasattr(kind, "kind"):
                kind = kind.kind
            if isinstance(kind, Schema) and kind.name not in found:
                todo.append(kind)
    return found


def test_the_page_of_formats_has_every_file_and_every_field():
    documented = {
        heading[0].lower() + heading[1:]: [tuple(cells[:3]) for cells in rows]
        for heading, rows in tables("formats.md").items()
    }

    assert documented == {
        name: [
            (f"`{field.key}`", field.kind.name, "yes" if field.required else "")
            for field in schema.fields
        ]
        for name, schema in schemas().items()
    }


def test_every_field_has_a_meaning():
    rows = [cells for part in tables("formats.md").values() for cells in part]

    assert [cells for cells in rows if len(cells) != 4 or not cells[3].endswith(".")] == []


def test_the_glossary_has_every_class_of_the_domain():
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    found = (import_module(f"academy.{one.name}") for one in iter_modules(academy.__path__))
    classes = {
        name
        for module in found
        for name, value in inspect.getmembers(module, inspect.isclass)
        if value.__module__ == module.__name__ and not name.startswith("_")
    }

    assert sorted(name for name in classes if f"`{name}`" not in text) == []


def test_the_glossary_has_no_class_that_is_gone():
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "academy").glob("*.py"))
    named = set(re.findall(r"`([A-Z][A-Za-z]+)`", text))

    assert sorted(name for name in named if f"class {name}" not in source) == []


def test_the_page_of_issues_is_that_of_the_catalogue():
    made = runpy.run_path(str(ROOT / "tools" / "write_issues_page.py"))["page"]()

    assert (DOCS / "issues.md").read_text(encoding="utf-8") == made, "run make docs"


def test_the_page_of_issues_has_every_code_once():
    codes = [cells[0].strip("`") for rows in tables("issues.md").values() for cells in rows]

    assert sorted(codes) == sorted(catalogue("ru").issues)
    assert all(len(cells) == 3 for rows in tables("issues.md").values() for cells in rows)


PAGES = sorted(str(file.relative_to(ROOT)) for file in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


@pytest.mark.parametrize("page", PAGES)
def test_no_link_between_the_pages_is_broken(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    inside = [one.partition("#")[0] for one in targets if "://" not in one and one[0] != "#"]

    assert [one for one in inside if not (ROOT / page).parent.joinpath(one).exists()] == []


def test_what_make_can_do_is_documented_in_the_makefile_itself():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    helped = re.findall(r"^([a-z]+):.*?## \S", makefile, re.MULTILINE)

    assert phony is not None
    assert helped == phony[1].split()
