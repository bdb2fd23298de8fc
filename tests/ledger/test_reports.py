"""Reports of errors in central data are kept until they are answered, and afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from academy.account import Account
from academy.report import ReportTopic
from ledger import Ledger
from ledger.reports import TooManyReportsError

DAY = timedelta(days=1)


def test_a_report_waits_until_it_is_answered_and_the_first_answer_stays(
    ledger: Ledger, listener: Account, now: datetime
):
    reports = ledger.reports
    reports.add(listener.id, ReportTopic.GENERAL, "Опечатка", now, limit=2)
    reports.add(listener.id, ReportTopic.STUDY, "Нет зачёта", now + DAY, limit=2)
    [first, second] = reports.waiting()
    assert (first.topic, first.text, second.text) == (
        ReportTopic.GENERAL, "Опечатка", "Нет зачёта",
    )  # fmt: skip
    with pytest.raises(TooManyReportsError):
        reports.add(listener.id, ReportTopic.STUDY, "Ещё", now + DAY, limit=2)

    assert not reports.settle("somebody", first.id, "s-1", "Чужое", now)
    assert reports.settle(listener.id, first.id, "s-1", "Исправили", now + DAY)
    assert not reports.settle(listener.id, first.id, "s-2", "Второй раз", now + DAY)
    [answered] = reports.settled(5)
    assert (answered.settled, answered.settled_by, answered.answer) == (
        now + DAY, "s-1", "Исправили",
    )  # fmt: skip
    assert reports.waiting() == (second,)
    assert reports.of(listener.id) == (second, answered)
    reports.remove(listener.id)
    assert reports.of(listener.id) == ()
