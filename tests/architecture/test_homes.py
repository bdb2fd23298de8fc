"""Each library has one home, and so has everything that reaches out of the program."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = SETTINGS["tool"]["importlinter"]["root_packages"]

HOMES = {
    "PIL": {"forge"},
    "alembic": {"ledger"},
    "argon2": {"auth_proxy"},
    "authlib": {"auth_proxy"},
    "brotli": {"sites"},
    "cryptography": {"auth_proxy", "ledger"},
    "git": {"forge"},
    "httpx": {"auth_proxy"},
    "jinja2": {"auth_proxy", "desk", "generator"},
    "joserfc": {"auth_proxy"},
    "markdown": {"generator"},
    "markdown_it": {"formats"},
    "markupsafe": {"auth_proxy", "desk", "generator"},
    "material": {"generator"},
    "mdurl": {"formats"},
    "mkdocs": {"generator"},
    "nh3": {"generator"},
    "openpyxl": {"registry"},
    "pillow_heif": {"forge"},
    "prometheus_client": {"auth_proxy"},
    "pygments": {"generator"},
    "pymdownx": {"generator"},
    "sqlalchemy": {"ledger"},
    "starlette": {"auth_proxy", "desk"},
    "uvicorn": {"cabinet"},
    "yaml": {"formats"},
    # Of the standard library: what reaches out.
    "argparse": {"cabinet"},
    "sqlite3": {"catalogue"},
    "subprocess": {"cabinet", "forge"},
}


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / package).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        yield str(file.relative_to(ROOT)), tree


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The top-level names a module imports, and where."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name.partition(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0], node.lineno


@pytest.mark.parametrize("package", PACKAGES)
def test_a_library_is_imported_in_its_home_only(package: str):
    strays = [
        f"{file}:{line} imports {name}"
        for file, tree in modules(package)
        for name, line in imported(tree)
        if name in HOMES and package not in HOMES[name]
    ]

    assert strays == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_library_of_others_has_a_home(package: str):
    known = set(PACKAGES) | set(HOMES) | set(sys.stdlib_module_names)
    homeless = [
        f"{file}:{line} imports {name}"
        for file, tree in modules(package)
        for name, line in imported(tree)
        if name not in known
    ]

    assert homeless == []


def test_only_the_command_line_prints():
    printing = [
        f"{file}:{node.lineno}"
        for package in PACKAGES
        if package != "cabinet"
        for file, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.stdout.write", "sys.stderr.write", "input")
    ]

    assert printing == []


def test_the_domain_asks_no_clock():
    asking = [
        f"{file}:{node.lineno}"
        for package in ("academy", "formats", "messages")
        for file, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today", "time_ns", "monotonic")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime", "dt", "time")
    ]

    assert asking == []
