"""Tidying now and then."""

from __future__ import annotations

from datetime import UTC, datetime

from cabinet.tidying import Tidying
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, Author, Change


def test_many_commits_are_packed_once_and_left_alone_for_a_while(tmp_path):
    forge, author = EmbeddedForge(tmp_path), Author("k7m2q9x4bd")
    at = datetime(2026, 3, 1, tzinfo=UTC)

    def commit(number):
        head = forge.heads("busy").get(MAIN)
        change = Change(ref=MAIN, expected=head, files={"about.md": b"%d" % number}, message="x")
        forge.commit("busy", [change], author, at)

    start = Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="Start")
    forge.create("busy", [start], author, at)
    packs = forge.folder("busy") / "objects" / "pack"
    for number in range(25):
        commit(number)
    tidying = Tidying(forge)
    tidying.run()
    assert len(list(packs.glob("*.pack"))) == 1

    for number in range(25):
        commit(number + 100)
    tidying.run()
    assert len(list(packs.glob("*.pack"))) > 20
