"""The benchmark of building works, at the smallest size; how fast anything is, is no test."""

from __future__ import annotations

import json

from academy.projection import OWNER
from benchmarks import synthetic
from benchmarks.building import Sizes, as_data, measure
from benchmarks.house import draw_pictures
from benchmarks.measuring import Cost, cost_of, middle, together
from benchmarks.table import scale_table, table
from cabinet.office import content_of, files_below
from cabinet.settings import PROGRAM
from generator.reading import portfolio_of
from generator.workshop import Workshop

TINY = Sizes(rounds=1, listeners=2, stock=1, unchanged=2, single=1, scale=(1, 2))


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


def test_every_scenario_is_measured_and_put_into_tables(tmp_path):
    report = measure(tmp_path, TINY, TINY.scale)
    names = [row.name for row in report.rows]
    assert len(names) == 14
    assert [name for name in names if name.startswith("stock")] == [
        "stock MkDocs, without pictures",
        "stock MkDocs, with pictures",
    ]
    assert all(row.cost.processor > 0 for row in report.rows)
    assert len(report.numbers) == 5
    assert [size for size, _, _ in report.scale] == [1, 2]
    assert len(table(report.rows).splitlines()) == 16
    assert len(scale_table(report.scale).splitlines()) == 4
    assert json.loads(json.dumps(as_data(report)))["rows"][0]["listeners"] == 1


def test_costs_add_up_and_have_a_middle(tmp_path):
    costs = [Cost(1, 4, 10), Cost(2, 5, 30), Cost(9, 6, 20)]
    assert together(costs) == Cost(12, 15, 30)
    assert middle(costs) == Cost(2, 5, 20)
    measured = cost_of(["python3", "-c", "sum(range(10**6))"], tmp_path)
    assert measured.processor > 0
    assert measured.peak > 1
