"""The demo exports: what the import makes of their warts."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from academy.listener import Status
from registry.importing import prepare
from registry.mapping import ColumnMapping
from registry.tables import Source

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def plan(demo_folder, academy):
    sources = [
        Source(path.name, path.read_bytes()) for path in sorted((demo_folder / "import").iterdir())
    ]
    return prepare(sources, ColumnMapping(), academy, (), lambda _: None, TODAY)


def _cards(plan):
    return {one.incoming.external_id: one.after.card for one in plan.listeners}


def test_the_imported_listeners_are_the_folders_of_the_demo(plan, reads):
    assert set(_cards(plan)) == set(reads)


def test_cards_name_the_groups_that_the_portfolios_are_tested_with(plan, dossiers):
    cards = _cards(plan)
    assert {one: card.group for one, card in cards.items()} == {
        one: dossier.card.group for one, dossier in dossiers.items()
    }
    assert {one: card.category for one, card in cards.items()} == {
        one: dossier.card.category for one, dossier in dossiers.items()
    }


def test_the_report_shows_the_forbidden_column_and_the_wrong_row(plan, in_short):
    assert in_short(plan.issues) == [
        "warning crm.csv:1 column-sensitive",
        "error crm.csv:6 cell-unknown",
    ]


def test_statuses_are_told_by_russian_words(plan):
    cards = _cards(plan)
    assert {one: card.status for one, card in cards.items() if card.status != Status.ENROLLED} == {
        "AL-2025-0031": Status.COMPLETED,
        "AL-2026-0014": Status.ON_LEAVE,
        "AL-2026-0016": Status.EXPELLED,
    }


def test_a_phone_that_became_a_number_is_a_phone_again(plan):
    assert _cards(plan)["AL-2026-0012"].phone == "+7 900 000-00-12"


def test_a_curator_given_by_name_is_found(plan):
    curators = {card.curator for card in _cards(plan).values()}
    assert curators == {"s-4k7d", "s-5q6v", "s-4r9w"}


def test_the_workbook_has_the_warts_of_a_real_export(demo_folder):
    book = openpyxl.load_workbook(demo_folder / "import" / "ais-up.xlsx", read_only=True)
    try:
        assert book.sheetnames == ["Слушатели", "Результаты", "Документы"]
        rows = [tuple(row) for row in book["Слушатели"].iter_rows(values_only=True)]
    finally:
        book.close()
    assert any(not any(row) for row in rows)
    assert len(rows) - len(set(rows)) == 1
    assert {type(row[9]).__name__ for row in rows[1:] if any(row)} == {"datetime", "str"}


def test_the_script_reproduces_both_files(script, demo_folder):
    exports = script("make_demo_exports")
    folder = demo_folder / "import"
    assert exports.crm() == (folder / "crm.csv").read_bytes()
    assert exports.training_records() == exports.training_records()
    assert _cells(exports.training_records()) == _cells((folder / "ais-up.xlsx").read_bytes())


def _cells(workbook):
    book = openpyxl.load_workbook(BytesIO(workbook))
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}
