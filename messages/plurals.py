"""Plural forms of the two languages (the categories are those of Unicode CLDR)."""

from __future__ import annotations


def plural_form(language: str, number: int) -> str:
    """Name the form of a word that goes with a whole number.

    Russian: `one` (1 день), `few` (2 дня), `many` (5 дней). English: `one`, `many`.
    """
    number = abs(number)
    if language != "ru":
        return "one" if number == 1 else "many"
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return "few"
    return "many"
