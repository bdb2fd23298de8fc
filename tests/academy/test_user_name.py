"""User names and initial passwords are readable."""

from __future__ import annotations

import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.user_name import PASSWORD_ALPHABET, initial_password, is_user_name, user_name


@pytest.mark.parametrize(
    ("last_name", "expected"),
    [
        ("Щербакова", "shcherbakova"),
        ("Объедков", "obedkov"),
        ("Ёлкина-Юшко", "elkinaiushko"),
        ("Мельникова", "melnikova"),
        ("Smith", "smith"),
        ("李", "user"),
        ("Архипелаговознесенская-Краснобогатырёва", "arkhipelagovoznesenskaiakr"),
    ],
)
def test_a_surname_becomes_a_name_of_latin_letters(last_name: str, expected: str):
    # The hard and the soft sign are left out, and so is whatever is no letter.
    assert user_name(last_name, ()) == expected


def test_who_has_the_same_surname_gets_a_number():
    taken: set[str] = set()
    for _ in range(3):
        taken.add(user_name("Иванова", taken))

    assert taken == {"ivanova", "ivanova2", "ivanova3"}


@given(st.text(max_size=60), st.integers(0, 5))
def test_whatever_the_surname_the_name_is_one(last_name: str, others: int):
    taken: set[str] = set()
    for _ in range(others):
        taken.add(user_name(last_name, taken))

    name = user_name(last_name, taken)
    assert is_user_name(name)
    assert name not in taken


@pytest.mark.parametrize(
    "text", ["", "Ivanova", "иванова", "2ivanova", "a b", "a--b", "a.", "a" * 33, "a/b", "a\n"]
)
def test_what_is_no_user_name(text: str):
    assert not is_user_name(text)


def test_an_initial_password_can_be_copied_from_paper():
    password = initial_password(secrets.choice)

    assert re.fullmatch(
        rf"(?:[{PASSWORD_ALPHABET}]{{4}}-){{2}}[{PASSWORD_ALPHABET}]{{4}}", password
    )
    assert not set("il1o0") & set(PASSWORD_ALPHABET)
