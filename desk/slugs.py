"""Identifiers that resemble a title, in the letters an address can have."""

from __future__ import annotations

import re
from collections.abc import Container

from academy.identifiers import is_slug

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split(),
        strict=True,
    )
)


def slug_of(title: str, taken: Container[str], fallback: str) -> str:
    """Make an identifier that resembles the title and is not taken."""
    latin = "".join(_LATIN.get(letter, letter) for letter in title.lower())
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-") or fallback
    made, number = slug, 2
    while made in taken or not is_slug(made):
        made, number = f"{slug}-{number}", number + 1
    return made
