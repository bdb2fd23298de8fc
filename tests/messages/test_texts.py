"""Asking a catalogue for words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from academy.issue import Issue, Location, Severity
from messages import LANGUAGES, Catalogue, catalogue
from messages.catalogue import IssueText
from messages.dates import day_in_words, moment_in_words
from messages.plurals import plural_form

WORDS = Catalogue(
    language="ru",
    texts=MappingProxyType(
        {
            "a.plain": "Готово {не скобки}",
            "a.gaps": "{name}: {n}",
            "a.days": {"one": "{n} день", "few": "{n} дня", "many": "{n} дней, {name}"},
        }
    ),
    issues={"a-code": IssueText(what="В поле «{field}» беда", fix="Исправьте «{field}»")},
)


def test_gaps_are_filled_and_a_text_without_values_stays_as_it_is():
    assert WORDS.text("a.gaps", name="Имя {n}", n=3) == "Имя {n}: 3"
    assert WORDS.text("a.plain") == "Готово {не скобки}"


def test_a_text_that_counts_takes_the_form_of_its_number():
    counted = [WORDS.count("a.days", number, name="всего") for number in (1, 3, 5, 21)]

    assert counted == ["1 день", "3 дня", "5 дней, всего", "21 день"]


def test_a_text_that_is_not_there_or_is_asked_for_wrongly():
    assert WORDS.has("a.days")
    assert not WORDS.has("a.weeks")
    with pytest.raises(KeyError, match=r"a\.weeks"):
        WORDS.text("a.weeks")
    with pytest.raises(TypeError, match=r"^a\.days counts: ask for it with count\(\)$"):
        WORDS.text("a.days")
    with pytest.raises(TypeError, match=r"^a\.plain does not count: ask for it with text\(\)$"):
        WORDS.count("a.plain", 1)


def test_an_issue_in_words():
    issue = Issue("a-code", Severity.ERROR, Location("a.md", 3, "title"), {"field": "title"})

    assert (WORDS.what(issue), WORDS.fix(issue)) == ("В поле «title» беда", "Исправьте «title»")


def test_there_are_two_languages():
    assert LANGUAGES == ("ru", "en")
    assert [catalogue(language).language for language in LANGUAGES] == ["ru", "en"]
    with pytest.raises(KeyError, match="de"):
        catalogue("de")


RUSSIAN = {
    "one": [1, 21, 31, 101, 121, 1001],
    "few": [2, 3, 4, 22, 34, 102, 104, 1004],
    "many": [0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 20, 25, 100, 111, 112, 114, 1011],
}


@pytest.mark.parametrize(("form", "numbers"), RUSSIAN.items())
def test_russian_forms(form: str, numbers: list[int]):
    assert {plural_form("ru", number) for number in numbers} == {form}
    assert {plural_form("ru", -number) for number in numbers} == {form}


def test_english_forms():
    assert [plural_form("en", number) for number in (0, 1, -1, 2, 11, 21)] == [
        "many", "one", "one", "many", "many", "many",
    ]  # fmt: skip


def test_every_month_in_words():
    days = [date(2026, month, 5) for month in range(1, 13)]

    assert [day_in_words(day, "ru") for day in days] == [
        "5 января 2026", "5 февраля 2026", "5 марта 2026", "5 апреля 2026", "5 мая 2026",
        "5 июня 2026", "5 июля 2026", "5 августа 2026", "5 сентября 2026", "5 октября 2026",
        "5 ноября 2026", "5 декабря 2026",
    ]  # fmt: skip
    assert [day_in_words(day, "en").split()[1] for day in days] == [f"{day:%B}" for day in days]


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("ru", "Europe/Moscow", "6 марта 2026, 00:05"),
        ("en", "Europe/Moscow", "6 March 2026, 00:05"),
        ("ru", "UTC", "5 марта 2026, 21:05"),
    ],
)
def test_a_moment_in_the_academys_time_zone(language: str, zone: str, expected: str):
    at = datetime(2026, 3, 5, 21, 5, tzinfo=UTC)

    assert moment_in_words(at, language, zone) == expected
