"""Every command, option, setting and path of the home is described in docs/operations.md."""

from __future__ import annotations

import argparse
import re

from cabinet import settings
from cabinet.command_line import make_parser
from cabinet.doors_file import FIELDS, UPSTREAM_FIELDS
from cabinet.parser import option_names
from cabinet.settings import PROGRAM, Home
from messages import catalogue

PAGE = (PROGRAM / "docs" / "operations.md").read_text(encoding="utf-8")


def part(heading):
    """The part of the page below a heading."""
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def commands(parser=None, prefix=""):
    """Every command that does something, those of a command included: `accounts add`."""
    parser = parser or make_parser(catalogue("en"))
    inside = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not inside:
        return {prefix.strip(): parser}
    found = {}
    for name, one in inside[0].choices.items():
        found |= commands(one, f"{prefix}{name} ")
    return found


def test_every_command_and_no_other_is_described_with_all_its_options():
    names = "|".join(sorted(commands(), key=len, reverse=True))
    rows = dict(re.findall(rf"^\| `cabinet ({names})\b([^`]*)` \|", PAGE, re.MULTILINE))
    assert len(rows) == len(re.findall(r"^\| `cabinet ", PAGE, re.MULTILINE))
    assert set(rows) == set(commands())
    for name, parser in commands().items():
        options = {one for one in option_names(parser) if one != "--help"}
        assert set(re.findall(r"--[a-z-]+", rows[name])) == options, name


def test_every_setting_is_described():
    variables = {value for name, value in vars(settings).items() if name.endswith("_VARIABLE")}
    assert variables == set(re.findall(r"\bCABINET_[A-Z]+\b", PAGE))


def test_every_path_of_the_home_is_described(tmp_path):
    home = Home(tmp_path)
    names = [name for name, value in vars(Home).items() if isinstance(value, property)]
    paths = {getattr(home, name).relative_to(tmp_path).as_posix() for name in names}
    described = set(re.findall(r"^\| `([a-z.-]+)/?` \|", part("The home"), re.MULTILINE))
    assert paths == described


def test_every_field_of_the_way_in_is_described():
    fields = {*FIELDS, *(f"upstream.{name}" for name in UPSTREAM_FIELDS)}
    cells = re.findall(r"^\| (`.+?) \|", part("The way in"), re.MULTILINE)
    described = {name for cell in cells for name in re.findall(r"`\[*([a-z_.]+)\]*`", cell)}
    assert fields == described
