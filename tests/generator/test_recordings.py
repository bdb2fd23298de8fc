"""Recordings on a page: a pointer stands in the repository, the recording on the site."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from academy.pointer import Pointer, write_pointer
from academy.projection import OWNER
from generator.outcome import State
from generator.plain import write_plain
from generator.reading import read_portfolio
from tests.site.test_truth import build_with_stock_mkdocs, differences

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
FILM = b"\0\0\0\x18ftypmp42" + b"film" * 50_000
FILE = Pointer(sha256(FILM).hexdigest(), len(FILM))
WORK = """\
---
title: Мой сад
files:
  - file: walk.mp4
    caption: Прогулка по саду
---

Текст.
"""
MAIN = {"works/garden/index.md": WORK, "works/garden/walk.mp4": write_pointer(FILE).decode()}
PLACE = "portfolio/works/garden/walk.mp4"


def test_the_recording_is_on_the_site_and_takes_no_room_of_its_own(house):
    person = house.add(main=MAIN)
    house.large_files.append(person, FILE, 0, FILM)
    outcome = house.builder.build(person, AT)

    assert (outcome.state, outcome.issues) == (State.BUILT, ())
    assert house.files(person, "owner")[PLACE] == FILM
    stored = house.sites.manifest(person).projections["owner"][PLACE]
    there = house.sites.path_of(person, stored).stat()
    assert there.st_ino == house.large_files.path(person, FILE.oid).stat().st_ino


def test_a_page_names_the_recording_with_its_true_size(house):
    person = house.add(main=MAIN)
    page = house.page(person, "portfolio/works/garden/index.md")

    assert any("Прогулка по саду" in line for line in page), page
    assert any("195" in line for line in page), page


@pytest.mark.parametrize(
    ("name", "element"), [("walk.mp4", "video"), ("walk.mov", "video"), ("walk.m4a", "audio")]
)
def test_a_recording_plays_where_it_stands_and_comes_only_when_it_is_played(house, name, element):
    pointer = write_pointer(FILE).decode()
    work = WORK.replace("walk.mp4", name)
    person = house.add(main={"works/garden/index.md": work, f"works/garden/{name}": pointer})
    house.large_files.append(person, FILE, 0, FILM)
    house.builder.build(person, AT)

    page = house.files(person, "owner")["portfolio/works/garden/index.html"].decode()

    [tag] = re.findall(rf"<{element} [^>]*>", page)
    assert f'src="{name}"' in tag
    assert 'preload="none"' in tag
    assert "autoplay" not in tag
    assert 'aria-label="Прогулка по саду"' in tag
    assert re.search(rf'<a href="{name}" download="">Скачать</a>', page)


def test_a_plain_project_with_a_recording_is_built_to_the_same_bytes(house, tmp_path):
    person = house.add(main=MAIN)
    house.large_files.append(person, FILE, 0, FILM)
    house.builder.build(person, AT)
    heads = house.repositories.heads(person)
    portfolio = read_portfolio(house.repositories, person, heads, house.academy)
    project, _ = house.workshop.compose(portfolio.dossier, house.academy, OWNER, AT)

    def large(digest):
        return house.repositories.large_file(person, digest)

    write_plain(project, portfolio.main, house.workshop.program, tmp_path / "plain", large)
    stock = build_with_stock_mkdocs(tmp_path / "plain")
    assert stock[PLACE] == FILM
    ours = house.files(person, "owner")
    assert differences(stock, ours, house.workshop.theme.digest) == []
