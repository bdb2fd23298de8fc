"""What is kept of earlier builds makes the same bytes as nothing kept, for all of the demo."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from academy.projection import Projection, ProjectionKind
from cabinet.settings import PROGRAM
from generator.building import Builder
from generator.engine.article import Articles
from generator.outcome import State
from generator.reading import read_portfolio
from generator.workshop import Workshop
from sites.store import Sites


@pytest.fixture(scope="module")
def shares(demo):
    """A link for outside readers to everything of each listener."""
    office = demo.office
    found = {}
    for listed in office.catalogue.listeners():
        heads = office.repositories.heads(listed.person)
        read = read_portfolio(office.repositories, listed.person, heads, office.academy())
        items = frozenset(item.id for item in read.dossier.portfolio.items())
        kind = ProjectionKind.SHARE
        found[listed.person] = (Projection(kind=kind, share="everything", items=items),)
    return found


def builder(demo, sites, workshop, academy, shares):
    office = demo.office
    return Builder(
        office.repositories, sites, workshop, academy, shares.__getitem__, office.surroundings
    )


def announced(academy, words):
    """The academy with something said to everybody, in the place of what was said last."""
    first, *others = academy.announcements
    changed = replace(first, title=words, groups=(), programmes=(), ends=None)
    return replace(academy, announcements=(changed, *others))


def everything(sites, person):
    """A build whole: every file of every projection, the mistakes, how long it holds."""
    manifest = sites.manifest(person)
    files = {
        (name, path): sites.path_of(person, stored).read_bytes()
        for name, of_projection in manifest.projections.items()
        for path, stored in of_projection.items()
    }
    return files, manifest.issues, manifest.valid_until, manifest.failure


def test_kept_and_made_anew_are_the_same_bytes_for_every_listener_and_projection(
    demo, shares, tmp_path
):
    at, academy, people = demo.at, demo.office.academy(), sorted(shares)
    workshop = Workshop(PROGRAM, tmp_path / "assets")
    kept, anew = Sites(tmp_path / "kept"), Sites(tmp_path / "anew")
    shutil.copytree(demo.office.sites.root, kept.root)
    later = announced(academy, "Сегодня"), at + timedelta(hours=1), workshop
    next_day = announced(academy, "Завтра"), at + timedelta(days=1), workshop
    # A theme that says it is another one: every page is made again of the kept articles.
    other_theme = Workshop(PROGRAM, tmp_path / "assets")
    other_theme.fingerprint = "another"
    with_theme = (*next_day[:2], other_theme)
    fresh = Workshop(PROGRAM, tmp_path / "assets")
    seen = set()
    for changed, moment, tools in (later, next_day, with_theme):
        warm = builder(demo, kept, tools, changed, shares)
        cold = builder(demo, anew, fresh, changed, shares)
        states = {warm.build(person, moment).state for person in people}
        assert states == {State.BUILT, State.CLOSED}
        # The other way round, so that what one listener left behind would meet others.
        for person in reversed(people):
            fresh.articles = Articles()
            cold.build(person, moment, anew=True)
            expected = everything(anew, person)
            assert everything(kept, person) == expected, person
            seen |= {name for name, _ in expected[0]}
    assert seen == {"owner", "responsible", "participants", "share-everything"}
