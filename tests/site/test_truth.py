"""The truth test: stock MkDocs makes the same bytes of the plain project as our builder."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from academy.projection import standing_projections
from cabinet.commands.demo import MOMENT
from cabinet.settings import PROGRAM
from generator.pictures import draw
from generator.plain import write_plain
from generator.reading import read_portfolio
from generator.theme import replacements
from tests.site.conftest import site_files

OWN_PACKAGES = [
    "academy",
    "auth_proxy",
    "cabinet",
    "catalogue",
    "forge",
    "formats",
    "generator",
    "messages",
    "registry",
    "sites",
]

# Runs MkDocs in a process in which none of our packages can be imported.
STOCK = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {OWN_PACKAGES!r}:
            raise ImportError("our own code is not part of stock MkDocs: " + name)
sys.meta_path.insert(0, Refuse())
from mkdocs.__main__ import cli
cli(["build", "--strict", "--quiet"])
"""


def build_with_stock_mkdocs(folder):
    """Build a plain project; gives path to content."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-I", "-c", STOCK],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "site"
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def with_replacements(path, content, digest):
    """Apply the literal replacements of the data file, and nothing else."""
    for one in replacements():
        if path.endswith(".html"):
            after = one.after.format(digest=digest)
            content = content.replace(one.before.encode(), after.encode())
    return content


def differences(stock, ours, digest):
    """The paths at which the two sites differ; assets of the theme are compared apart."""
    pages = {
        path: with_replacements(path, content, digest)
        for path, content in stock.items()
        if not path.startswith("assets/")
    }
    return sorted(path for path in pages.keys() | ours.keys() if pages.get(path) != ours.get(path))


def plain_projects(demo, person):
    """The plain project of each projection of a listener, as things to write down."""
    office = demo.office
    heads = office.repositories.heads(person)
    portfolio = read_portfolio(office.repositories, person, heads, office.academy())
    check = tuple(one for one in portfolio.issues if one.location.file in portfolio.main)
    dossier, renditions = draw(portfolio.dossier, portfolio.main)
    dossier = replace(dossier, circumstances=office.surroundings.of(person))
    for projection in standing_projections(dossier, MOMENT):
        project, _ = office.workshop.compose(dossier, office.academy(), projection, MOMENT, check)
        yield projection, project, {**portfolio.main, **renditions}


DEMO_IDS = sorted(
    folder.name
    for folder in (PROGRAM / "portfolios" / "demo").iterdir()
    if folder.is_dir() and folder.name != "import"
)


@pytest.mark.parametrize("external_id", DEMO_IDS)
def test_stock_mkdocs_makes_the_same_bytes(demo, people, tmp_path, external_id):
    if external_id not in people:
        listed = demo.office.catalogue.by_external_id(external_id)
        assert not listed.card.is_open
        return
    person = people[external_id]
    digest = demo.office.workshop.theme.digest
    for projection, project, contents in plain_projects(demo, person):
        folder = tmp_path / projection.name
        write_plain(project, contents, PROGRAM, folder)
        stock = build_with_stock_mkdocs(folder)
        ours = site_files(demo, person, projection.name)
        assert differences(stock, ours, digest) == [], projection.name


def test_the_assets_are_those_of_stock_mkdocs(demo, people, tmp_path):
    theme = demo.office.workshop.theme
    _, project, contents = next(plain_projects(demo, people["AL-2026-0011"]))
    write_plain(project, contents, PROGRAM, tmp_path / "plain")
    stock = build_with_stock_mkdocs(tmp_path / "plain")
    ours = [file for file in theme.folder.rglob("*") if file.is_file()]
    assert len(ours) > 10
    for file in ours:
        path = f"assets/{file.relative_to(theme.folder).as_posix()}"
        assert stock[path] == file.read_bytes(), path


def test_a_single_changed_byte_is_seen(demo, people):
    ours = site_files(demo, people["AL-2026-0011"], "owner")
    digest = demo.office.workshop.theme.digest
    stock = {
        path: content.replace(f'"/assets/{digest}/'.encode(), b'"/assets/')
        if path.endswith(".html")
        else content
        for path, content in ours.items()
    }
    assert differences(stock, ours, digest) == []
    for path in ours:
        middle = len(ours[path]) // 2
        flipped = bytearray(stock[path])
        flipped[middle] ^= 1
        assert differences({**stock, path: bytes(flipped)}, ours, digest) == [path]


def test_there_are_five_replacements_at_most():
    assert len(replacements()) <= 5
