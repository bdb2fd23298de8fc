"""What must not be stored (clause 5.6.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.fields import HEADINGS, Column
from registry.sensitive import is_sensitive, is_sensitive_heading, sensitive_cells, shown


@pytest.mark.parametrize(
    "heading",
    [
        "Паспорт", "Серия и номер паспорта", "ПАСПОРТНЫЕ ДАННЫЕ", "СНИЛС", "Снилс слушателя",
        "ИНН", "Свидетельство о рождении", "Дата рождения", "Место рождения", "Кем выдан",
        "Код подразделения", "Адрес регистрации", "Адрес проживания", "Гражданство",
        "Полис ОМС", "Документ, удостоверяющий личность", "Номер карты", "Passport no.",
        "Date of birth", "Birthday", "birth_date", "Национальность", "Загранпаспорт",
    ],
)  # fmt: skip
def test_columns_for_identity_documents_are_known_by_their_headings(heading):
    assert is_sensitive_heading(heading.replace("_", " "))


@pytest.mark.parametrize("heading", [name for names in HEADINGS.values() for name in names])
def test_no_heading_that_we_read_is_taken_for_one(heading):
    assert not is_sensitive_heading(heading)


@pytest.mark.parametrize("heading", ["Длинный комментарий", "Иннокентий", "Домашнее задание"])
def test_words_that_only_sound_so_are_no_such_headings(heading):
    assert not is_sensitive_heading(heading)


@pytest.mark.parametrize(
    "text",
    [
        "4510 123456", "45 10 123456", "45 10 № 123456", "4510№123456", "75 1234567",
        "112-233-445 95", "11223344595 и паспорт", "112 233 445 95", "112-233-44595",
        "паспорт 4510123456", "серия 4510 номер 123456", "ИНН 500100732259",
        "IV-АГ № 123456", "ІІ-МЮ 654321", "II-АГ123456",
        "4111 1111 1111 1111", "4111111111111111", "переведён, паспорт 45 10 123456, уточнить",
        "Passport No 123456789",
    ],
)  # fmt: skip
def test_numbers_of_documents_are_known_wherever_they_stand(text):
    assert is_sensitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "+7 918 123-45-67", "8 (918) 123-45-67", "89181234567", "05.03.2026", "2026-03-05",
        "AL-2026-0017", "Паспорт безопасности проекта", "Приказ № 118-з", "ПП 26-009",
        "232400012345", "1234567890", "92 из 100", "anna.1985@academy.example", "",
        "4111111111111112", "ПП-I № 123456",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text):
    assert not is_sensitive(text)


def test_a_bare_number_with_the_check_digits_of_an_insurance_or_tax_number_is_withheld():
    cells = ["11223344595", "500100732259", "11223344596", "500100732250", "снилс скажу позже"]
    assert sensitive_cells(cells, None) == {0, 1}
    assert sensitive_cells(cells, Column.TEACHER) == {0, 1}


def test_a_telephone_is_no_insurance_number_even_if_its_check_digits_fit():
    # Both have the check digits of an insurance number.
    assert sensitive_cells(["79000000077", "89000000084"], None) == set()
    assert sensitive_cells(["11223344595"], Column.PHONE) == set()
    assert sensitive_cells(["112-233-445 95"], Column.PHONE) == {0}


def test_in_a_column_of_codes_only_a_whole_column_of_check_digits_tells():
    chance = ["11223344595", "11223344596", "11223344597", "11223344598"]
    assert sensitive_cells(chance, Column.EXTERNAL_ID) == set()
    whole = ["11223344595", "08765430300", "16039414450", "11223344596"]
    assert sensitive_cells(whole, Column.EXTERNAL_ID) == {0, 1, 2}


def test_a_report_shows_no_value_with_as_many_digits_as_a_document():
    assert shown("4510123456") == "••••••••••"
    assert shown("12345678") == "12345678"
    assert shown("я" * 70) == "я" * 59 + "…"


@given(st.text(), st.sampled_from([None, *Column]))
def test_no_text_makes_the_search_fail(text, column):
    assert sensitive_cells([text], column) <= {0}
