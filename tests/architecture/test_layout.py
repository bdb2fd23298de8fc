"""Where things stand, and how large they are."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = SETTINGS["tool"]["importlinter"]["root_packages"]
MODULES = sorted(
    str(file.relative_to(ROOT)) for package in PACKAGES for file in (ROOT / package).rglob("*.py")
)


def test_imports_run_one_way():
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_was_agreed_on_is_there():
    agreed = [
        "generator", "content", "portfolios", "site_templates", "auth_proxy", "tests",
        "mkdocs.yml", "pyproject.toml",
    ]  # fmt: skip

    assert [name for name in agreed if not (ROOT / name).exists()] == []


def test_there_are_no_packages_beside_the_listed_ones():
    beside = {"tests", "tools", "benchmarks"}  # They are not installed.
    found = {file.parent.name for file in ROOT.glob("*/*.py")} - beside

    assert found <= set(PACKAGES)


def test_no_module_is_longer_than_three_hundred_lines():
    long = {
        name: lines
        for name in MODULES
        if (lines := len((ROOT / name).read_text(encoding="utf-8").splitlines())) > 300
    }

    assert long == {}


def test_every_module_is_named_after_its_topic():
    nameless = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "lib"}

    assert [name for name in MODULES if nameless & set(Path(name).with_suffix("").parts)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is(package: str):
    folders = {(ROOT / name).parent for name in MODULES if name.startswith(f"{package}/")}

    for folder in sorted(folders):
        words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        assert words, f"{folder.relative_to(ROOT)} has no docstring"


def test_tests_mirror_the_packages():
    across = {"architecture", "benchmarks", "content", "docs", "portfolios", "site"}
    folders = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}

    assert folders <= set(PACKAGES) | across


def test_every_name_of_a_test_is_unlike_the_others_in_its_file():
    doubled = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        doubled += [f"{file.name}: {name}" for name in names if names.count(name) > 1]

    assert doubled == []
