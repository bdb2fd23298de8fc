"""A home of one's own for each test, and the command line as a function."""

from __future__ import annotations

import csv
import io
import os

import pytest

from cabinet.command_line import main
from cabinet.office import Office
from cabinet.settings import Home

HEADER = ["Код слушателя", "Фамилия", "Имя", "Категория", "Программа", "Группа", "Статус"]


class Desk:
    """The command line over one home, with what it printed."""

    def __init__(self, root, capsys):
        self.root, self._capsys = root, capsys
        self.office = Office(Home(root / "home"))

    def run(self, *arguments):
        """Run a command; gives the exit code, the output and the errors."""
        try:
            code = main(["--home", str(self.root / "home"), *map(str, arguments)])
        except SystemExit as stopped:
            code = stopped.code
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def export(self, *rows, name="export.csv", header=HEADER):
        """Write a CSV export as the records write it: cp1251, semicolons."""
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([header, *rows])
        file = self.root / name
        file.write_bytes(text.getvalue().encode("cp1251"))
        return file

    def home_inbox(self, name, *rows):
        """Put an export into the inbox, written a while ago."""
        file = self.export(*rows, name=name).rename(self.office.home.inbox / name)
        os.utime(file, (0, 0))
        return file

    def person(self, number):
        """The person id of a listener that was imported."""
        self.office.catalogue.refresh()
        return self.office.catalogue.by_external_id(f"T-{number}").person

    def heads(self):
        """Every ref of every repository."""
        forge = self.office.repositories
        return {name: dict(forge.heads(name)) for name in forge.names()}


def row(number, status="обучается"):
    """A row of a listener."""
    return [f"T-{number}", f"Тестова{'аб'[number % 2]}", "Вера", "retraining",
            "landscape-design", "ld-26-1", status]  # fmt: skip


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("CABINET_LANGUAGE", "ru")
    desk = Desk(tmp_path, capsys)
    assert desk.run("init")[0] == 0
    yield desk
    desk.office.close()
