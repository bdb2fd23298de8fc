"""Building over the cores: what the process has open does not get into those that split off."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from academy.audit import Action, AuditEntry
from tests.cabinet.conftest import row

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
OPEN = Path("/proc/self/fd")


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # The tests have threads.
def test_all_are_built_over_the_cores_and_then_nothing_is_left_to_do(desk):
    assert desk.run("import", desk.export(*(row(number) for number in range(18))))[0] == 0

    assert "18" in desk.run("build", "--all", "--jobs", "2")[1].splitlines()[-1]
    assert len(desk.office.sites.people()) >= 18
    code, printed, _ = desk.run("build", "--all", "--jobs", "2")
    assert code == 0
    assert "18" in printed.splitlines()[-1]


@pytest.mark.skipif(not OPEN.is_dir(), reason="what is open is told by Linux only")
def test_an_office_that_is_closed_has_nothing_open_and_opens_again(desk):
    office = desk.office
    threads = threading.active_count()
    for _ in range(2):
        office.ledger.audit.record_now(AuditEntry(moment=AT, action=Action.READ))
        assert office.ledger.accounts.all() == ()
        assert threading.active_count() > threads
        office.close()
        assert [one for one in opened() if str(desk.root) in one] == []
        assert threading.active_count() == threads


def opened():
    return [str(one.readlink()) for one in OPEN.iterdir() if one.is_symlink()]
