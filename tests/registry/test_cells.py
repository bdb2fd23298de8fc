"""What single cells say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cells import (
    code_likeness,
    folded,
    is_dash,
    is_formula_error,
    plain,
    read_code,
    read_day,
    read_mailbox,
    read_name,
    split_full_name,
)

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@given(DAYS)
def test_a_day_is_read_in_every_form_that_names_one_day(day):
    forms = (
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T23:59:59.123Z",
        f"{day:%d.%m.%Y} 0:00",
        f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
        f"{day.day} {MONTHS[day.month - 1].upper()} {day.year} года",
    )
    assert {read_day(form) for form in forms} == {day}


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_read_from_the_number_that_excel_keeps(day):
    serial = (day - date(1899, 12, 30)).days
    assert read_day(str(serial)) == read_day(f"{serial}.75") == day
    assert date(1899, 12, 30) + timedelta(days=serial) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/05/2026", "05.03.26", "31.02.2026", "2026-13-01", "00.00.0000", "12.2026", "вчера",
        "1", "12026", "99999", "05.03.0026", "2206-03-05", "5 мартобря 2026", "", "2026",
    ],
)  # fmt: skip
def test_what_could_be_another_day_or_none_is_not_read(text):
    assert read_day(text) is None


@given(st.text())
def test_the_plain_form_of_a_text_is_one_line_and_stays_as_it_is(text):
    once = plain(text)
    assert plain(once) == once
    assert once == " ".join(once.split())
    assert not set(once) & set("\r\n\t\0\u00a0\u200b\u2028\ufeff")


@given(st.text())
def test_no_text_makes_the_readers_of_cells_fail(text):
    text = plain(text)
    assert isinstance(folded(text), str)
    for read in (read_day, read_code, read_name, read_mailbox, split_full_name, code_likeness):
        read(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Артём", "АРТЕМ"),
        ("«Сад»", '"сад"'),
        ("Ф–1", "ф-1"),
        ("  Группа\u00a01 ", "группа 1"),
        ("й", "и\u0306"),
    ],
)
def test_what_people_take_for_the_same_is_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1024", "1024"),
        ("1024.0", "1024"),
        ("1024,00", "1024"),
        ("0017", "0017"),
        ("'0017", "0017"),
        ("AL-2026-0017", "AL-2026-0017"),
        ("10.24", "10.24"),
        ("1.02E+15", None),
        ("1,02e+15", None),
        ("2026-02-01", None),
        ("2026-02-01 00:00:00", None),
    ],
)
def test_a_code_is_read_unless_excel_has_made_another_value_of_it(text, code):
    assert read_code(text) == code


@pytest.mark.parametrize(
    ("one", "other", "is_like"),
    [
        ("0017", "17", True),
        ("al-1", "AL-1", True),
        ("АЛ 1", "АЛ1", True),
        ("СА-1", "CA-1", True),
        ("17", "71", False),
        ("170", "17", False),
        ("0", "00", True),
    ],
)
def test_codes_that_people_mix_up_are_alike(one, other, is_like):
    assert (code_likeness(one) == code_likeness(other)) is is_like


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Иванова Анна Петровна", ("Иванова", "Анна", "Петровна")),
        ("Иванова Анна", ("Иванова", "Анна", None)),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Иванова, Анна Петровна", ("Иванова", "Анна", "Петровна")),
        ("Иванова", None),
        ("Иванова 2", None),
        ("— —", None),
    ],
)
def test_a_full_name_is_split(text, parts):
    assert split_full_name(text) == parts


@pytest.mark.parametrize("text", ["Анна-Мария", "д'Артаньян", "О. Генри", "ИВАНОВ", "Ёлкин"])
def test_a_name_is_kept_as_it_is_written(text):
    assert read_name(text) == text


@pytest.mark.parametrize("text", ["17", "Иванов2", "...", "№ 1"])
def test_what_is_no_name_is_not_read(text):
    assert read_name(text) is None


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("anna@academy.example", "anna@academy.example"),
        ("mailto:anna@academy.example", "anna@academy.example"),
        ("anna@почта.рф", "anna@почта.рф"),
        ("аnna@academy.example", None),
        ("anna@academy", None),
        ("anna", None),
        ("a@b.ru, c@d.ru", None),
        ("a b@c.ru", None),
    ],
)
def test_a_mailbox_is_one_address_that_can_be_written_to(text, mailbox):
    assert read_mailbox(text) == mailbox


@pytest.mark.parametrize("text", ["#N/A", "#Н/Д", "#REF!", "#ССЫЛКА!", "########", "#знач!"])
def test_errors_of_formulas_are_told_from_values(text):
    assert is_formula_error(text)
    assert not is_formula_error(f"{text} 1")


def test_a_dash_of_any_length_is_a_dash():
    assert all(map(is_dash, "-–—−"))
    assert not is_dash("--")
