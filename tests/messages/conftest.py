"""The source as data: every string in it, and every code an issue can have."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
TEMPLATES = ("*.html", "*.md", "*.txt", "*.xml", "*.jinja")
TEMPLATE_CODE = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
ASKS = re.compile(r"(words|catalogue|session)(\([^)]*\))?\.(text|count|say|warn)$")
QUOTED = re.compile(r"""(["'])((?:(?!\1).)*)\1\s*(~?)""")


@dataclass
class Source:
    """What the source says.

    `strings` are its string literals, `patterns` its strings with gaps; `asked` the keys that
    `text()` and `count()` are asked for; `codes` and `code_patterns` what stands where the code
    of an issue is expected, `untold` where that could not be found out.
    """

    strings: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    code_patterns: dict[str, str] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)


def pattern_of(node: ast.JoinedStr) -> str:
    """A string with gaps as a regular expression."""
    parts = (
        re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values
    )
    return "".join(parts)


def modules() -> dict[str, ast.Module]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = settings["tool"]["importlinter"]["root_packages"]
    files = sorted(file for one in packages for file in (ROOT / one).rglob("*.py"))
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files
    }


def takers(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Whatever takes a code: name of the function or class to the place of the argument `code`."""
    found = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.posonlyargs + node.args.args]
                names = [name for name in names if name not in ("self", "cls")]
                if "code" in names:
                    found[node.name] = names.index("code")
            elif isinstance(node, ast.ClassDef):
                fields = [
                    one.target.id
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
                makers = [
                    [one.arg for one in method.args.args[1:]]
                    for method in node.body
                    if isinstance(method, ast.FunctionDef) and method.name == "__init__"
                ]
                for names in [fields, *makers]:
                    if "code" in names:
                        found[node.name] = names.index("code")
    return found


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def expressions(node: ast.expr, tree: ast.Module) -> list[ast.expr]:
    """An expression, and what the names in it were given in the same module."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    given: list[ast.expr] = []
    for one in ast.walk(tree):
        if isinstance(one, ast.Assign):
            targets = one.targets
        elif isinstance(one, ast.AnnAssign):
            targets = [one.target]
        else:
            continue
        if one.value and any(isinstance(t, ast.Name) and t.id in names for t in targets):
            given.append(one.value)
    return [node, *given]


def read_codes(source: Source, file: str, tree: ast.Module, known: dict[str, int]) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or name_of(node.func) not in known:
            continue
        where = f"{file}:{node.lineno}"
        place = known[name_of(node.func)]
        named = [one.value for one in node.keywords if one.arg == "code"]
        given = named or node.args[place : place + 1]
        if not given:
            continue
        told = False
        for one in (part for root in expressions(given[0], tree) for part in ast.walk(root)):
            if isinstance(one, ast.JoinedStr):
                source.code_patterns[pattern_of(one)] = where
                told = True
            elif isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value)):
                source.codes[str(one.value)] = where
                told = True
        if not told and "code" not in ast.unparse(given[0]) and name_of(node.func) == "Issue":
            source.untold.append(where)


def read_strings(source: Source, file: str, tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            source.strings.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            source.patterns.add(pattern_of(node))
        elif isinstance(node, ast.Call) and ASKS.search(ast.unparse(node.func)) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                source.asked[str(first.value)] = f"{file}:{node.lineno}"


def read_templates(source: Source) -> None:
    files = (file for kind in TEMPLATES for file in (ROOT / "site_templates").rglob(kind))
    for file in sorted(files):
        for block in TEMPLATE_CODE.findall(file.read_text(encoding="utf-8")):
            for _, text, goes_on in QUOTED.findall(block):
                source.strings.add(text)
                if goes_on:
                    source.patterns.add(re.escape(text) + ".+")
            for key in re.findall(r"""(?<![\w.])[tn]\(["']([a-z0-9_.-]+)["']\s*[,)]""", block):
                source.asked[key] = str(file.relative_to(ROOT))


@pytest.fixture(scope="session")
def source() -> Source:
    found = Source()
    trees = modules()
    known = takers(trees)
    for file, tree in trees.items():
        read_codes(found, file, tree, known)
        read_strings(found, file, tree)
    read_templates(found)
    return found
