"""The comparison of ways to hand out a page: each does what its name says; nothing about time."""

from __future__ import annotations

import shutil

import httpx
import pytest

from benchmarks import proxy
from benchmarks.doors import ACCELERATED, ASKING, ASKING_AS_USUAL, nginx, processor_seconds, server
from benchmarks.gated_site import COOKIE, PAGE, PERSON, prepare, signed
from benchmarks.proxy import BEHIND, KEPT, OURS, PLAIN, USUAL, Effort, Run, table
from ledger import open_ledger

PATH = f"/c/{PERSON}/"


def got(door, cookie=None):
    headers = {"cookie": cookie} if cookie else {}
    answer = httpx.get(f"http://127.0.0.1:{door.port}{PATH}", headers=headers, trust_env=False)
    return answer.status_code, answer.content == PAGE


def written(home):
    with open_ledger(home) as ledger:
        return [(one.entry.person, one.entry.path) for one in ledger.audit.query()]


@pytest.mark.parametrize(
    ("way", "questions"),
    [
        (lambda home: server("alone", home), 1),
        (lambda home: nginx(home, "usual", "alone", ASKING_AS_USUAL), 2),
        (lambda home: nginx(home, "kept", "alone", ASKING), 1),
        (lambda home: nginx(home, "behind", "accelerated", ACCELERATED), 1),
    ],
    ids=["ours", "asked by nginx as usual", "asked by nginx", "behind nginx"],
)
def test_every_way_of_ours_checks_and_records(tmp_path, way, questions):
    token = prepare(tmp_path)
    with way(tmp_path) as door:
        assert got(door) == (401, False)
        assert got(door, f"{COOKIE}{token}") == (200, True)
        assert processor_seconds(door.processes) > 0
    refused, *given = written(tmp_path)
    assert refused == (PERSON, "")
    assert given == [(PERSON, "index.html")] * questions


def test_what_is_compared_with_checks_and_records_nothing(tmp_path):
    token = prepare(tmp_path)
    with server("plain", tmp_path) as door:
        assert got(door) == (401, False)
        assert got(door, f"session={signed(token)}") == (200, True)
    assert written(tmp_path) == []


def test_ratios_are_medians_of_those_within_a_round():
    plain = [Run(100, 9, 1000), Run(200, 8, 800), Run(50, 7, 900)]
    other = [Run(300, 5, 500), Run(400, 4, 400), Run(250, 3, 450)]
    found = {PLAIN: plain, OURS: other, USUAL: plain, KEPT: other, BEHIND: other}

    lines = table(found).splitlines()
    assert lines[2] == f"| {PLAIN} | 100 | 8 | 1.00 | 900 | 1.00 |"
    assert lines[3] == f"| {OURS} | 300 | 4 | 3.00 | 450 | 2.00 |"
    assert lines[8] == "Behind nginx, within a round:"
    assert lines[9] == f"- 3.00 times the pages and 0.50 times the processor of {USUAL}"
    assert lines[10] == f"- 1.00 times the pages and 1.00 times the processor of {KEPT}"


@pytest.mark.skipif(shutil.which("wrk") is None, reason="asks with wrk, which `make bench` needs")
def test_all_ways_are_measured_in_turns(tmp_path, monkeypatch):
    monkeypatch.setattr(proxy, "QUICK", Effort(rounds=1, seconds=1, connections=2))
    told = proxy.pages(tmp_path, quick=True)

    assert len(told.text.splitlines()) == 11
    assert list(told.data) == [PLAIN, OURS, USUAL, KEPT, BEHIND]
    assert all(run["rate"] > 0 for runs in told.data.values() for run in runs)
