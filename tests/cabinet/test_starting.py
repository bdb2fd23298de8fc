"""A command starts with its own parts of the program only, and understands what all of it would."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cabinet.command_line import _MODULES, make_parser, named_in
from messages import catalogue

NEEDLESS = {"alembic", "openpyxl", "starlette", "uvicorn", "authlib", "httpx", "argon2", "brotli"}
LIBRARIES = """
import sys
from cabinet.command_line import main
code = main(sys.argv[1:])
print(" ".join({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def commands_of(parser):
    choices = next(one.choices for one in parser._actions if one.dest == "command")
    return list(choices)


def test_every_command_is_where_it_is_looked_for():
    words = catalogue("en")
    assert commands_of(make_parser(words)) == list(_MODULES)
    for name, module in _MODULES.items():
        declared = commands_of(make_parser(words, name))
        assert declared == [one for one, other in _MODULES.items() if other == module]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["build", "--all"], "build"),
        (["--home", "a", "build"], "build"),
        (["--home=a", "run-due"], "run-due"),
        (["--home", "build"], None),
        (["-h", "build"], None),
        (["biuld"], None),
        ([], None),
    ],
)
def test_a_command_is_found_where_it_has_to_stand(given, named):
    assert named_in(given) == named


def test_the_help_of_a_command_is_the_same_with_the_others_and_without():
    words = catalogue("ru")
    for name in _MODULES:
        alone, among = make_parser(words, name), make_parser(words)
        helps = []
        for parser in (alone, among):
            action = next(one for one in parser._actions if one.dest == "command")
            helps.append((parser.format_usage(), action.choices[name].format_help()))
        assert helps[0] == helps[1]


def test_a_build_loads_no_spreadsheets_migrations_and_servers(desk):
    assert desk.run("build", "--all")[0] == 0  # Which makes the ledger.
    home = str(desk.root / "home")
    done = subprocess.run(
        [sys.executable, "-c", LIBRARIES, "--home", home, "build", "--all", "--jobs", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert NEEDLESS & set(done.stdout.splitlines()[-1].split()) == set()
