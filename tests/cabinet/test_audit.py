"""The record of access on the command line."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from academy.audit import Action, AuditEntry
from cabinet.command_line import main
from cabinet.commands.audit import csv_lines
from ledger.audit.entries import Written
from tests.cabinet.conftest import row


def test_what_staff_do_stands_in_the_record(desk):
    desk.run("import", desk.export(row(1)))
    desk.run("accounts", "import")
    desk.run("project", "T-1", desk.root / "project")
    desk.run("site", "T-1", desk.root / "site")
    code, out, _ = desk.run("audit", "--listener", "T-1")

    assert code == 0
    words = ["загрузка из системы учёта", "учётная запись заведена", "выгрузка", "выгрузка"]
    lines = out.splitlines()
    assert [word in line for word, line in zip(words, lines, strict=False)] == [True] * 4
    assert [len(lines), "чтение журнала" in lines[-1]] == [5, True]


def test_a_whole_record_and_one_that_was_touched(desk):
    desk.run("import", desk.export(row(1), row(2)))
    code, out, _ = desk.run("audit", "--verify")
    assert code == 0
    assert "Журнал цел: проверены 2 записи." in out
    head = out.partition("хранить отдельно: ")[2].strip()
    assert desk.run("audit", "--head", head)[0] == 0
    assert desk.run("audit", "--head", f"{head}0")[0] == 2

    [segment] = desk.office.home.audit.glob("*.db")
    for file in desk.office.home.audit.glob("*.db*"):
        file.unlink()
    code, out, _ = desk.run("audit", "--verify")
    assert segment.exists() is False
    assert code == 1
    assert "удалён конец журнала, начиная с записи 1" in out
    # Whatever is written afterwards does not heal it.
    desk.run("import", desk.export(row(3)))
    code, out, _ = desk.run("audit", "--verify")
    assert code == 1
    assert "не хватает записи 1" in out


def test_since_and_account(desk):
    desk.run("import", desk.export(row(1)))
    assert desk.run("audit", "--since", "2999-01-01")[1] == ""
    _, out, _ = desk.run("audit", "--account", "nobody-of-this-name")
    assert out == ""
    assert desk.run("audit", "--since", "nonsense")[0] == 2


def test_the_export_is_text_to_a_spreadsheet():
    moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    entry = AuditEntry(
        moment=moment,
        action=Action.SIGN_IN_FAILED,
        how='=HYPERLINK("https://evil.example")',
        path="@SUM(A1)",
        details={"name": "x"},
        is_allowed=False,
    )
    text = "".join(csv_lines(iter([Written(number=7, entry=entry)])))
    head, cells = csv.reader(io.StringIO(text))

    assert dict(zip(head, cells, strict=True)) == {
        "number": "7",
        "moment": "2026-11-24T09:00:00+00:00",
        "action": "sign_in_failed",
        "allowed": "no",
        "rule": "",
        "actor": "",
        "role": "",
        "how": '\'=HYPERLINK("https://evil.example")',
        "person": "",
        "projection": "",
        "path": "'@SUM(A1)",
        "commit": "",
        "details": "name=x",
    }


def test_a_home_that_is_no_academy_gets_no_ledger(tmp_path):
    assert main(["--home", str(tmp_path / "empty"), "accounts", "list"]) == 2
    assert not (tmp_path / "empty" / "cabinet.db").exists()


def test_what_is_not_there_is_said_to_be_so(desk):
    assert desk.run("init")[0] == 0
    assert desk.run("audit", "--account", "nobody") == (0, "", "Таких записей нет.\n")
    for number in ("0", "-3", "many"):
        code, _, err = desk.run("audit", "--limit", number)
        assert (code, number in err) == (2, True)


def test_what_concerns_a_worker_is_found(desk):
    assert desk.run("init")[0] == 0
    employee = next(iter(desk.office.academy().staff))
    desk.run("accounts", "add", employee.id, "--roles", "auditor", "--user-name", "chief")
    desk.run("accounts", "block", "chief")

    for who in ("chief", employee.id):
        code, out, _ = desk.run("audit", "--listener", who)
        assert (code, "учётная запись закрыта" in out) == (0, True)
