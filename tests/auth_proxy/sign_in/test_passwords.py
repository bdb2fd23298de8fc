"""Passwords: which will do, and what checking one costs."""

from __future__ import annotations

import asyncio

import pytest

from auth_proxy.identity.password_rules import Weakness, weakness
from auth_proxy.identity.passwords import WAITING, Passwords, TooManyAtOnceError

PERSONAL = ["anna.ivanova", "anna", "ivanova", "Иванова", "Анна"]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "сад у моря и лес",
        "Лунный сад 1987 у моря",
        "vK8#pQ2!xL5z",
        "моя бабушка любит пироги",
        "анна любит старые маяки",
    ],
)
def test_a_long_password_of_ones_own_will_do(password):
    assert weakness(password, PERSONAL) is None


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("короткий", Weakness.SHORT),
        ("", Weakness.SHORT),
        ("д" * 257, Weakness.LONG),
        ("Password123456", Weakness.COMMON),
        ("password1234", Weakness.COMMON),
        ("!!!qwerty!!!2026", Weakness.COMMON),
        ("qwertyuiop[]", Weakness.COMMON),
        ("йцукенгшщзхъ", Weakness.COMMON),
        ("пароль123456", Weakness.COMMON),
        ("gfhjkmgfhjkm", Weakness.COMMON),
        ("123456789012", Weakness.COMMON),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("abcabcabcabc", Weakness.COMMON),
        ("dragondragon", Weakness.COMMON),
        ("qwerty123456", Weakness.COMMON),
        ("anna.ivanova1", Weakness.PERSONAL),
        ("Иванова-Анна", Weakness.PERSONAL),
    ],
)
def test_what_everybody_would_try_will_not_do(password, expected):
    assert weakness(password, PERSONAL) is expected


def test_the_old_password_is_no_new_one():
    assert weakness("сад у моря и лес", [], "сад у моря и лес") is Weakness.SAME


def test_the_same_letters_composed_in_two_ways_are_one_password():
    passwords = Passwords(memory=64, passes=1)
    digest = passwords.digest_now("чай и ёлка зимой")

    assert asyncio.run(passwords.is_right(digest, "чаи\u0306 и е\u0308лка зимои\u0306"))
    passwords.close()


def test_digests_are_argon2id_of_the_strength_that_is_said():
    passwords = Passwords()

    assert passwords.digest_now("сад").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_outdated(Passwords(memory=64, passes=1).digest_now("сад"))
    passwords.close()


def test_nobody_is_not_let_in_by_any_password():
    passwords = Passwords(memory=64, passes=1)

    async def tries():
        return [await passwords.is_right(digest, "") for digest in (None, "", "no digest")]

    assert asyncio.run(tries()) == [False, False, False]
    passwords.close()


def test_no_more_than_so_many_wait_at_once():
    passwords = Passwords(memory=64, passes=1)

    async def flood():
        tries = [passwords.is_right(None, "x") for _ in range(WAITING + 5)]
        return await asyncio.gather(*tries, return_exceptions=True)

    answers = asyncio.run(flood())
    assert sum(isinstance(one, TooManyAtOnceError) for one in answers) == 5
    passwords.close()
