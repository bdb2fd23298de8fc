"""A small academy, exports as texts, and a plan for them."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime

import openpyxl
import pytest

from academy.institution import Academy, Category, Department, Employee, Support
from academy.listener import Card
from academy.programme import ControlForm, Group, Module, Programme
from catalogue.listed import Listed
from catalogue.listeners import Catalogue
from forge.embedded.repositories import EmbeddedForge
from messages import catalogue as texts
from registry.applying import Hand, Workplace, apply
from registry.central import Central, Stored, stored_reader
from registry.importing import prepare
from registry.mapping import ColumnMapping
from registry.tables import Source

TODAY = date(2026, 3, 10)
HEADINGS = "Код слушателя;Фамилия;Имя;Отчество;Категория;Программа;Группа"


@pytest.fixture
def academy():
    def module(key, title):
        return Module(id=key, title=title, hours=10, control=ControlForm.CREDIT)

    photo = Programme(
        id="photo",
        title="Фотография. Съёмка",
        department="arts",
        modules=(module("light", "Свет"), module("lens", "Оптика")),
    )
    garden = Programme(
        id="garden", title="Сад", department="arts", modules=(module("soil", "Почва"),)
    )
    return Academy(
        name="Академия",
        short_name="А",
        support=Support(email="help@academy.example"),
        categories=(
            Category(id="retraining", title="Переподготовка", sections=()),
            Category(id="short", title="Повышение квалификации", sections=()),
        ),
        departments=(Department(id="arts", title="Отдел искусств", email="arts@academy.example"),),
        staff=(
            Employee(id="orlova", name="Орлова Мария Ивановна"),
            Employee(id="petrov", name="Петров Пётр"),
        ),
        groups=(
            Group(id="ph-1", title="Ф-1", programme="photo"),
            Group(id="ph-2", title="Группа 2", programme="photo"),
            Group(id="gd-2", title="Группа 2", programme="garden"),
        ),
        programmes=(photo, garden),
    )


@pytest.fixture
def a_card():
    def make(external_id="1", **values):
        given = {
            "last_name": "Королёва",
            "first_name": "Анна",
            "patronymic": "Ильинична",
            "programme": "photo",
            "group": "ph-1",
            "category": "retraining",
        }
        return Card(external_id=external_id, **{**given, **values})

    return make


@pytest.fixture
def listed():
    """Make listeners who are there already: cards to entries of the index."""

    def make(*cards):
        return [
            Listed(person=f"bbbbbbbb{n:02}".translate(_DIGITS), main="m", record="r", card=card)
            for n, card in enumerate(cards)
        ]

    return make


_DIGITS = str.maketrans("0123456789", "bcdfghjkmn")


@pytest.fixture
def planned(academy):
    """Plan an import of CSV texts (or sources) over cards that are there."""

    def plan(*files, listed=(), mapping=None, academy=academy, today=TODAY, central=None):
        sources = [
            one if isinstance(one, Source) else Source(f"{n}.csv", one.encode())
            for n, one in enumerate(files, 1)
        ]

        def read(one):
            stored = (central or {}).get(one.card.external_id, Central(card=one.card))
            return Stored(person=one.person, head=one.record, central=stored)

        return prepare(sources, mapping or ColumnMapping(), academy, listed, read, today)

    return plan


@pytest.fixture
def told():
    """Say what is wrong as a report does: place, what, what to do."""

    def tell(issues, language="ru"):
        words = texts(language)
        return [
            f"{one.location.file}:{one.location.line} {words.what(one)} {words.fix(one)}"
            for one in issues
        ]

    return tell


@pytest.fixture
def codes():
    """The codes of issues with their places."""

    def give(issues):
        return [(one.code, one.location.line, one.location.field) for one in issues]

    return give


@pytest.fixture
def workbook():
    """Write a workbook: the name of each sheet with its rows."""

    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return write


@pytest.fixture
def forge(tmp_path):
    return EmbeddedForge(tmp_path / "repositories")


@pytest.fixture
def workplace(forge, tmp_path):
    return Workplace(
        repositories=forge,
        catalogue=Catalogue(forge, tmp_path / "index.db"),
        starter={"about.md": b"About me\n"},
        lock=tmp_path / "import.lock",
    )


@pytest.fixture
def hand():
    moment = datetime(2026, 3, 10, 9, tzinfo=UTC)
    return Hand(author="k7m2q9x4bd", at=moment, choose=random.Random(5).choice)  # noqa: S311 - ids of tests


@pytest.fixture
def imported(workplace, hand, academy):
    """Import CSV texts into real repositories; gives the plan and the outcome."""

    def run(*files, confirmed=False, today=TODAY):
        workplace.catalogue.refresh()
        sources = [
            one if isinstance(one, Source) else Source(f"{n}.csv", one.encode())
            for n, one in enumerate(files, 1)
        ]
        plan = prepare(
            sources,
            ColumnMapping(),
            academy,
            workplace.catalogue.listeners(),
            stored_reader(workplace.repositories),
            today,
        )
        return plan, apply(plan, workplace, hand, confirmed=confirmed)

    return run
