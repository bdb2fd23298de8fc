"""User names: readable, of Latin letters, made of the surname (clause 4.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

LONGEST = 32

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch . y . e iu ia".split(),
        strict=True,
    )
)
_USER_NAME = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")

# Letters that cannot be taken for each other, neither on paper nor aloud.
PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - no password
_PASSWORD_PARTS = (4, 4, 4)


def is_user_name(text: str) -> bool:
    """Tell whether `text` may be a user name: small Latin letters, digits, dots and hyphens."""
    return len(text) <= LONGEST and _USER_NAME.fullmatch(text) is not None


def user_name(last_name: str, taken: Container[str]) -> str:
    """Make a user name of a surname: the first free one of `ivanova`, `ivanova2`, `ivanova3`."""
    plain = "".join(_LATIN.get(letter, letter) for letter in last_name.casefold())
    stem = re.sub(r"[^a-z]", "", plain)[: LONGEST - 6] or "user"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name


def initial_password(choose: Callable[[str], str]) -> str:
    """Make a one-time password that can be copied from paper: `hxk4-mvp7-tq9z`, of 59 bits."""
    return "-".join(
        "".join(choose(PASSWORD_ALPHABET) for _ in range(length)) for length in _PASSWORD_PARTS
    )
