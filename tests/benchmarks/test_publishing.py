"""The benchmark of publishing works, at the smallest size; how fast anything is, is no test."""

from __future__ import annotations

from benchmarks.publishing import lines, measure


def test_acceptances_and_overviews_are_measured_and_put_into_a_table(tmp_path):
    report = measure(tmp_path, listeners=3, accepted=2)

    assert len(report.accepted) == 2
    assert len(report.with_photographs) == 2
    assert all(one.clock > 0 for one in (*report.accepted, report.anew, report.again))
    table = lines(report)
    assert len(table) == 9
    assert table[2].startswith("| accepted and in the cabinet, median of 2 | ")
