"""The benchmark of building works, at the smallest size; how fast anything is, is no test."""

from __future__ import annotations

import pytest

from academy.projection import OWNER
from benchmarks import synthetic
from benchmarks.building import Sizes, rows, told
from benchmarks.growth import Steps, measured
from benchmarks.house import House, draw_pictures
from benchmarks.measuring import Cost, cost_of, middle, together
from cabinet.office import content_of, files_below
from cabinet.settings import PROGRAM
from generator.reading import portfolio_of
from generator.workshop import Workshop

TINY = Sizes(rounds=1, listeners=2, stock=1)


def academy():
    files = synthetic.academy_files(files_below(PROGRAM / "content"), "Текст.")
    return content_of(files, "0" * 40)


def test_the_synthetic_academy_and_its_listeners_have_no_mistakes():
    content = academy()
    assert content.issues == ()
    pictures = draw_pictures(3)
    for number in range(12):
        one = synthetic.listener(number, pictures)
        read = portfolio_of(one.person, one.main, one.record, content.academy)
        assert read.issues == ()
        assert len([path for path in one.main if path.endswith(".jpg")]) == 3


def test_a_listener_is_the_same_every_time_and_unlike_the_others():
    assert synthetic.listener(7) == synthetic.listener(7)
    assert len({synthetic.listener(number).person for number in range(500)}) == 500


def test_a_cabinet_has_eight_to_eleven_pages(tmp_path):
    content = academy()
    workshop = Workshop(PROGRAM, tmp_path)
    for number in range(4):
        one = synthetic.listener(number)
        dossier = portfolio_of(one.person, one.main, one.record, content.academy).dossier
        project, _ = workshop.compose(dossier, content.academy, OWNER, synthetic.AT)
        assert 8 <= len(project.pages) <= 11


def test_every_scenario_is_measured_and_put_into_a_table(tmp_path):
    plain = list(rows(tmp_path / "plain", "without pictures", TINY, ()))
    pictured = list(rows(tmp_path / "pictured", "with pictures", TINY, draw_pictures(3)))

    assert plain[0].name == "stock MkDocs, without pictures"
    assert len(plain) == 7
    assert {row.name for row in pictured} - {row.name for row in plain} == {
        "stock MkDocs, with pictures",
        "everything anew, renditions given as to stock",
    }
    assert all(row.cost.processor > 0 for row in plain + pictured)
    assert len(told(plain).text.splitlines()) == 9


def test_pages_are_forgotten_and_pictures_are_not(tmp_path):
    house = House(tmp_path)
    house.add(range(1), draw_pictures(3))
    house.build()
    [person] = house.people
    objects = house.home.sites / person / "objects"
    before = {file.name: file.stat().st_mtime_ns for file in objects.iterdir()}
    house.forget_pages()
    left = {file.name for file in objects.iterdir()}
    house.build()

    assert len(left) == 6
    assert {file.name for file in objects.iterdir()} == before.keys()
    assert all((objects / name).stat().st_mtime_ns == before[name] for name in left)


def test_an_academy_grows_and_is_looked_at_on_the_way(tmp_path):
    found = measured(tmp_path, Steps(sizes=(1, 2), looked_at=1, rounds=1, changed=1))

    assert [(one["listeners"], one["new"]) for one in found.data["steps"]] == [(1, 1), (2, 1)]
    assert len(found.data["numbers"]) == 6
    assert len(found.text.splitlines()) == 4 + 1 + 8


def test_costs_add_up_and_have_a_middle(tmp_path):
    costs = [Cost(1, 4, 10), Cost(2, 5, 30), Cost(9, 6, 20)]
    assert together(costs) == Cost(12, 15, 30)
    assert middle(costs) == Cost(2, 5, 20)
    measured = cost_of(["python3", "-c", "sum(range(10**6))"], tmp_path)
    assert measured.processor > 0
    assert measured.peak > 1


def test_a_command_is_not_taken_for_as_large_as_who_measures_it(tmp_path):
    large = bytearray(200 * 2**20)
    assert cost_of(["python3", "-S", "-c", ""], tmp_path).peak < 100
    assert len(large) == 200 * 2**20


def test_a_command_that_fails_is_told_with_its_words(tmp_path):
    with pytest.raises(RuntimeError, match="wrong"):
        cost_of(["python3", "-c", "import sys; sys.exit('wrong')"], tmp_path)
