"""Identifiers of people, portfolio items and the academy's own records.

Names of people never stand in paths, addresses or Git authors (152-FZ), so
everything is addressed by these.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PERSON_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
PERSON_LENGTH = 10

_PERSON = re.compile(rf"[{PERSON_ALPHABET}]{{{PERSON_LENGTH}}}")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")


def is_person_id(text: str) -> bool:
    """Tell whether `text` is a person id: ten characters without vowels or look-alikes."""
    return _PERSON.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Tell whether `text` may name an item, section, module, programme or announcement.

    1 to 48 of `a-z`, `0-9` and `-`, neither starting nor ending with `-`.
    """
    return _SLUG.fullmatch(text) is not None


def new_person_id(choose: Callable[[str], str]) -> str:
    """Make a person id; `choose` picks one character of the alphabet (`secrets.choice`)."""
    return "".join(choose(PERSON_ALPHABET) for _ in range(PERSON_LENGTH))
