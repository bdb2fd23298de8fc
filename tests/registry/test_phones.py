"""Telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.phones import read_phone


@pytest.mark.parametrize(
    "text",
    [
        "7.9181234567E+10", "7,9181234567E+10", "79181234567", "89181234567", "9181234567",
        "79181234567.0", "+7 918 123-45-67", "8 (918) 123-45-67", "+7(918)123.45.67",
        "8-918-123-45-67", "8 918 123–45–67",
    ],
)  # fmt: skip
def test_a_russian_number_is_written_in_one_way(text):
    assert read_phone(text) == "+7 918 123-45-67"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("8 (495) 123-45-67 доб. 12", "+7 495 123-45-67 доб. 12"),
        ("84951234567, доб 5", "+7 495 123-45-67 доб. 5"),
        ("+7 495 123-45-67 (доб. 120)", "+7 495 123-45-67 доб. 120"),
        ("+375 29 123-45-67", "+375291234567"),
        ("7.918123456E+10", "+7 918 123-45-60"),
    ],
)
def test_extensions_and_other_countries_are_kept(text, phone):
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    "text",
    [
        "7.92E+10", "7.91812E+10", "123-45-67", "нет", "918123456", "+7 918 123-45-6",
        "8918123456789", "375291234567", "89181234567, 89281234567", "1.5E+400", "0000000000",
        "",
    ],
)  # fmt: skip
def test_what_has_lost_digits_or_is_no_number_is_not_read(text):
    assert read_phone(text) is None


@given(st.from_regex(r"[3489][0-9]{9}", fullmatch=True))
def test_a_number_that_was_read_is_read_again_as_itself(digits):
    phone = read_phone(digits)
    assert phone is not None
    assert read_phone(phone) == phone == read_phone(f"8{digits}") == read_phone(f"7{digits}.0")


@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    read_phone(text)
