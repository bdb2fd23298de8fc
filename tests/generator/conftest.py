"""A home with the academy's own content, and listeners made for one test."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from academy.projection import OWNER
from forge.embedded.repositories import EmbeddedForge
from forge.large.store import LargeFiles
from forge.port import MAIN, RECORD, Author, Change
from formats.academy_content import read_academy
from generator.building import Builder
from generator.reading import read_portfolio
from generator.workshop import Workshop
from sites.store import Sites

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
AUTHOR = Author("test")

CARD = """\
external_id: T-1
last_name: Испытателева
first_name: Вера
programme: landscape-design
group: ld-26-1
category: retraining
mailbox: t1@students.example.org
phone: "+7 900 000-00-00"
"""
CONSENT = """\
consents:
  - id: c1
    purposes: [placement, participants, outsiders]
    version: "1"
    signed: 2026-01-01
    registered: 2026-01-02
    registered_by: s-1
"""


def content_files():
    folder = ROOT / "content"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture(scope="session")
def academy():
    read = read_academy(content_files(), "0" * 40)
    assert read.issues == ()
    return read.academy


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    return Workshop(ROOT, tmp_path_factory.mktemp("assets"))


class House:
    """Repositories and sites of one test, with one builder."""

    def __init__(self, folder, workshop, academy):
        self.large_files = LargeFiles(folder / "lfs")
        self.repositories = EmbeddedForge(folder / "repositories", self.large_files)
        self.sites = Sites(folder / "sites")
        self.workshop = workshop
        self.academy = academy

    @property
    def builder(self):
        return Builder(self.repositories, self.sites, self.workshop, self.academy)

    def add(self, person="23456789bc", main=None, record=None):
        """Make a listener of files given as text."""
        record = {"card.yml": CARD, "consent.yml": CONSENT, **(record or {})}
        changes = [
            Change(ref=ref, expected=None, files=_bytes(files), message="made")
            for ref, files in ((MAIN, main or {}), (RECORD, record))
        ]
        self.repositories.create(person, changes, AUTHOR, AT)
        return person

    def change(self, person, main=None, record=None):
        """Change files; None deletes one."""
        heads = self.repositories.heads(person)
        changes = [
            Change(ref=ref, expected=heads[ref], files=_bytes(files), message="changed")
            for ref, files in ((MAIN, main), (RECORD, record))
            if files
        ]
        self.repositories.commit(person, changes, AUTHOR, AT)

    def files(self, person, projection):
        """The built site of a projection: path to content."""
        manifest = self.sites.manifest(person)
        return {
            path: self.sites.path_of(person, stored).read_bytes()
            for path, stored in manifest.projections[projection].items()
        }

    def page(self, person, path, projection=OWNER, at=AT):
        """A page of a projection as a reader reads it, line by line; links say where they lead."""
        heads = self.repositories.heads(person)
        portfolio = read_portfolio(self.repositories, person, heads, self.academy)
        project, _ = self.workshop.compose(portfolio.dossier, self.academy, projection, at)
        [page] = [one for one in project.pages if one.path == path]
        return _as_read(page.markdown)

    def text(self, person, projection):
        """Everything of a built site as one text."""
        contents = self.files(person, projection).values()
        return "\n".join(content.decode("utf-8", "replace") for content in contents)


def _as_read(markdown):
    drawn = re.sub(r"<svg.*?</svg>", "", markdown, flags=re.DOTALL)
    linked = re.sub(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', r"\2 [\1]", drawn)
    text = unescape(re.sub(r"<[^>]*>", "", linked))
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _bytes(files):
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
    }


@pytest.fixture
def house(tmp_path, workshop, academy):
    return House(tmp_path, workshop, academy)
