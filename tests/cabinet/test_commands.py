"""The commands, as staff use them."""

from __future__ import annotations

import json
import os

import pytest

from cabinet.command_line import main
from tests.cabinet.conftest import HEADER, row


def test_a_dry_run_shows_the_difference_and_changes_nothing(desk):
    before = desk.heads()
    code, out, _ = desk.run("import", desk.export(row(1)), "--dry-run")
    assert code == 0
    assert "T-1" in out
    assert desk.heads() == before


def test_the_same_file_twice_makes_no_commit(desk):
    file = desk.export(row(1), row(2))
    assert desk.run("import", file)[0] == 0
    before = desk.heads()
    assert len(before) == 3
    assert desk.run("import", file)[0] == 0
    assert desk.heads() == before


def test_a_wrong_row_is_named_and_the_good_ones_are_imported(desk):
    wrong = row(2)
    wrong[4] = "нет такой программы"
    code, out, _ = desk.run("import", desk.export(row(1), wrong, row(3)))
    assert code == 1
    assert "export.csv:3:Программа: ошибка:" in out
    _, listed, _ = desk.run("listeners", "--json")
    assert sorted(one["card"]["external_id"] for one in json.loads(listed)) == ["T-1", "T-3"]


def test_a_missing_row_changes_nobody(desk):
    desk.run("import", desk.export(row(1), row(2)))
    before = desk.heads()
    desk.run("import", desk.export(row(1)))
    assert desk.heads() == before


def test_blocking_many_at_once_needs_a_yes(desk):
    desk.run("import", desk.export(*map(row, range(10))))
    before = desk.heads()
    many = desk.export(*(row(number, "отчислен") for number in range(3)))
    assert desk.run("import", many)[0] == 1
    assert desk.heads() == before
    assert desk.run("import", many, "--yes")[0] == 0
    assert desk.heads() != before


def test_an_insurance_number_is_in_no_repository_and_in_no_report(desk):
    number = "112-233-445 95"
    file = desk.export([*row(1), number], header=[*HEADER, "СНИЛС"])
    _, out, _ = desk.run("import", file)
    assert "СНИЛС" in out
    assert number not in out
    forge = desk.office.repositories
    for name, heads in desk.heads().items():
        for commit in heads.values():
            contents = forge.snapshot(name, commit, 10**7).values()
            assert not any(number.encode() in (content or b"") for _, content in contents)


def test_an_announcement_that_begins_tomorrow_appears_by_run_due_without_a_commit(desk):
    desk.run("import", desk.export(row(1)))
    academy = desk.office.academy()
    [coming] = [one for one in academy.announcements if f"{one.starts:%Y-%m-%d}" == "2026-11-24"
                and one.starts.hour == 21]  # fmt: skip
    before = desk.heads()
    assert desk.run("build", "--all", "--at", "2026-11-24T12:00:00+03:00")[0] == 0
    assert coming.title not in _home_page(desk)
    assert desk.run("run-due", "--at", "2026-11-25T00:00:00+03:00")[0] == 0
    assert coming.title in _home_page(desk)
    assert desk.heads() == before


def _home_page(desk):
    sites = desk.office.sites
    [person] = [one for one in sites.people() if one != "public"]
    files = sites.manifest(person).projections["owner"]
    return "".join(
        sites.path_of(person, stored).read_text("utf-8")
        for path, stored in files.items()
        if path in ("index.html", "announcements/index.html")
    )


def test_run_due_takes_what_waits_in_the_inbox(desk):
    file = desk.home_inbox("export.csv", row(1))
    assert desk.run("run-due")[0] == 0
    assert not file.exists()
    done = desk.office.home.inbox / "done"
    assert sorted(one.name for one in done.iterdir()) == ["export.csv", "export.csv.report.txt"]
    assert len(desk.office.catalogue.listeners()) == 1


def test_a_file_that_would_block_many_is_held(desk):
    desk.run("import", desk.export(*map(row, range(10))))
    before = desk.heads()
    desk.home_inbox("many.csv", *(row(number, "отчислен") for number in range(3)))
    desk.run("run-due")
    held = desk.office.home.inbox / "held"
    assert sorted(one.name for one in held.iterdir()) == ["many.csv", "many.csv.report.txt"]
    assert desk.heads() == before


def test_build_says_what_it_did_and_does_nothing_twice(desk):
    desk.run("import", desk.export(row(1)))
    code, out, _ = desk.run("build", "--all", "--at", "2026-11-24")
    assert (code, out) == (0, "Построен 1 кабинет.\n")
    code, out, _ = desk.run("build", "--all", "--at", "2026-11-24")
    assert (code, out) == (0, "Без изменений: 1.\n")
    code, out, _ = desk.run("build", "T-1", "--json", "--at", "2026-11-24")
    assert [one["state"] for one in json.loads(out)] == ["unchanged"]


def test_check_tells_a_broken_folder_by_file_and_line(desk, tmp_path):
    work = tmp_path / "mine" / "works" / "garden"
    work.mkdir(parents=True)
    (work / "index.md").write_text("---\ntitel: Сад\n---\n", encoding="utf-8")
    code, out, _ = desk.run("check", tmp_path / "mine")
    assert code == 1
    assert "works/garden/index.md:2:titel: ошибка: Поля «titel» здесь не бывает." in out


def test_a_project_is_never_written_over_anything(desk, tmp_path):
    desk.run("import", desk.export(row(1)))
    target = tmp_path / "project"
    assert desk.run("project", "T-1", target)[0] == 0
    assert (target / "mkdocs.yml").exists()
    code, _, err = desk.run("project", "T-1", target)
    assert (code, err.count("\n")) == (2, 1)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])  # noqa: S104
def test_serve_refuses_every_address_but_loopback_without_tls(desk, host):
    code, out, err = desk.run("serve", "--host", host)
    assert (code, out) == (2, "")
    assert err == (
        f"На адресе {host} пароли и страницы пошли бы по сети открыто. Нужны адрес сайта и TLS: "
        "свой сертификат или доверенный прокси перед программой. Опишите их в "
        f"{desk.office.home.doors} (docs/operations.md).\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "nobody"],
        ["run-due", "--at", "soon"],
        ["import", "none.csv"],
        ["nothing"],
    ],
)
def test_wrong_use_ends_with_two_and_one_sentence(desk, arguments):
    code, out, err = desk.run(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()


def test_a_home_without_an_academy_is_said_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("CABINET_LANGUAGE", "en")
    assert main(["--home", str(tmp_path / "new"), "listeners"]) == 2
    assert "There is no academy in" in capsys.readouterr().err


@pytest.mark.parametrize(("printed", "words"), [("git version 2.30.1", "2.38"), (None, "Git")])
def test_an_old_or_missing_git_is_refused_in_words(tmp_path, capsys, monkeypatch, printed, words):
    if printed:
        script = tmp_path / "git"
        script.write_text(f"#!/bin/sh\necho '{printed}'\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--home", str(tmp_path), "listeners"]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "init",
        "import",
        "listeners",
        "check",
        "build",
        "run-due",
        "project",
        "site",
        "serve",
    ],
)
def test_every_command_has_help_in_both_languages(capsys, monkeypatch, language, command):
    monkeypatch.setenv("CABINET_LANGUAGE", language)
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    out = capsys.readouterr().out
    assert stopped.value.code == 0
    assert out.startswith({"ru": "использование:", "en": "usage:"}[language])
