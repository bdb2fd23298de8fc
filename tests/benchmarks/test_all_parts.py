"""`make bench`: each part is written down beside those that were measured before."""

from __future__ import annotations

import json

import pytest

from benchmarks import __main__ as bench
from benchmarks.reporting import Told


def told_of(_folder, *, quick):
    return Told("| ms |", [quick])


@pytest.fixture(autouse=True)
def _two_parts(monkeypatch):
    found = {"sites": ("Building", told_of), "pages": ("Handing out", told_of)}
    monkeypatch.setattr(bench, "PARTS", found)


def test_all_parts_are_printed_and_written_down(tmp_path, capsys):
    bench.main(["--into", str(tmp_path)])

    written = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{written}\n"
    assert [line for line in written.splitlines() if line[:1] in "#|" and line] == [
        "## Building",
        "| ms |",
        "## Handing out",
        "| ms |",
    ]


def test_one_part_leaves_the_others_as_they_were(tmp_path):
    bench.main(["--into", str(tmp_path)])
    bench.main(["--into", str(tmp_path), "--part", "sites", "--quick"])

    found = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert found["sites"]["data"] == [True]
    assert found["pages"]["data"] == [False]
    assert "Handing out" in (tmp_path / "results.md").read_text(encoding="utf-8")
