"""Many listeners over the cores: the same sites as by one process, each once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.outcome import State
from generator.parallel import build_all
from sites.store import Sites

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = "---\ntitle: Сад {number}\n---\n\nТекст {number}.\n"


def add_many(house, count):
    people = [f"{number:010d}".replace("0", "z").replace("1", "y") for number in range(count)]
    for number, person in enumerate(people):
        house.add(person, main={"works/garden/index.md": WORK.format(number=number)})
    return people


def contents(sites):
    """Every file that is built, kept files apart: where it is and what is in it."""
    return {
        str(file.relative_to(sites.root)): file.read_bytes()
        for file in sites.root.rglob("*")
        if file.is_file() and file.parent.name != "kept"
    }


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # The tests have threads.
def test_several_processes_build_what_one_builds(house, tmp_path):
    people = add_many(house, 20)
    let_go = []
    outcomes = list(build_all(people, AT, house.builder, lambda: let_go.append(1), 2))

    assert {one.person for one in outcomes} == set(people)
    assert [one.state for one in outcomes] == [State.BUILT] * 20
    assert let_go == [1]
    many, house.sites = contents(house.sites), Sites(tmp_path / "one")
    list(build_all(people, AT, house.builder, let_go.clear, 1))
    assert many == contents(house.sites)
    assert let_go == [1]
