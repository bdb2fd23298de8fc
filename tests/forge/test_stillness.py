"""Whether anything has moved: whoever moves a ref, and however, is noticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forge.embedded import stillness
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Change
from tests.forge.conftest import MOMENT

HOUR_NS = 3_600_000_000_000


@pytest.fixture
def folder(forge, listener, commit):
    commit(listener, {"about.md": b"x"}, ref="refs/heads/mr/1")
    commit(listener, {"event.yml": b"x"}, ref="refs/mr/1/meta")
    return forge.folder(listener)


def aged(forge, folder):
    """The stamp as it is an hour after everything that has happened."""
    for place, _, _ in os.walk(folder.parent):
        found = Path(place).stat()
        os.utime(place, ns=(found.st_atime_ns, found.st_mtime_ns - HOUR_NS))
    return forge.stamp()


@pytest.fixture
def still(forge, folder):
    """The stamp of repositories in which nothing has happened for an hour."""
    found = aged(forge, folder)
    assert found is not None
    return found


def test_while_nothing_moves_the_stamp_stays(forge, still, folder):
    forge.heads("listener")
    forge.tree("listener", forge.heads("listener")[MAIN])

    assert forge.stamp() == still
    assert EmbeddedForge(folder.parent).stamp() == still


def test_nothing_is_told_of_what_has_moved_just_now(forge, folder):
    folder.joinpath("refs/heads/main").touch()
    os.utime(folder / "refs/heads")

    assert forge.stamp() is None


@pytest.mark.parametrize("is_packed", [False, True], ids=["loose", "packed"])
@pytest.mark.parametrize("ref", [MAIN, RECORD, "refs/mr/1/meta", "refs/mr/2/meta"])
def test_whatever_moves_changes_the_stamp(forge, still, folder, git, ref, is_packed):
    if is_packed:
        git(folder, "pack-refs", "--all", "--prune")
        still = aged(forge, folder)
    git(folder, "update-ref", ref, forge.heads("listener")[MAIN if ref == RECORD else RECORD])

    assert forge.stamp() is None
    assert aged(forge, folder) != still


@pytest.mark.parametrize(
    "arguments",
    [
        ("update-ref", MAIN, RECORD),
        ("update-ref", "-d", "refs/mr/1/meta"),
        ("pack-refs", "--all", "--prune"),
    ],
    ids=["moved", "deleted", "packed"],
)
def test_it_is_noticed_what_a_person_does_at_the_disk(forge, still, folder, git, arguments):
    git(folder, *arguments)

    assert forge.stamp() is None
    assert aged(forge, folder) != still


def test_a_repository_that_comes_or_goes_changes_the_stamp(forge, still, folder):
    change = Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="x")
    forge.create("other", [change], Author("a"), MOMENT)
    assert aged(forge, folder) != still
    forge.remove("other")
    assert aged(forge, folder) is not None
    forge.remove("listener")
    assert forge.stamp() not in {still, None}


def test_a_move_in_the_same_tick_of_the_clock_is_not_overlooked(forge, folder, monkeypatch):
    """A stamp is given only when every folder has been still for longer than a tick."""
    for place, _, _ in os.walk(folder.parent):
        os.utime(place, ns=(HOUR_NS, HOUR_NS))
    for late, is_told in ((stillness._STILL_FOR_NS - 1, False), (stillness._STILL_FOR_NS, True)):
        monkeypatch.setattr(stillness.time, "time_ns", lambda late=late: HOUR_NS + late)
        assert (forge.stamp() is not None) is is_told
