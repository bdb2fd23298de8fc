"""What a new password has to be: long, and not among those that everybody tries first.

Nothing else is asked: no capital letters, no signs, no change every month
(NIST SP 800-63B, 5.1.1.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import cache
from importlib.resources import files

SHORTEST = 12
LONGEST = 256

_FEWEST_DIFFERENT = 5
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_BY_KEY = str.maketrans(_RUSSIAN_KEYS + "ё", _LATIN_KEYS + "`")
_ROWS = ("1234567890-=", *(_LATIN_KEYS[a:b] for a, b in ((0, 12), (12, 23), (23, 32))))
_WALKS = (*_ROWS, *(row[::-1] for row in _ROWS), "abcdefghijklmnopqrstuvwxyz")
# The passwords of the demo stand in the README: everybody may know them.
_PRINTED = re.compile(r"demo-[a-z]+-[0-9]{4}")


class Weakness(Enum):
    """Why a password will not do; the value is the key of the text that says so."""

    SHORT = "password-short"
    LONG = "password-long"
    COMMON = "password-common"
    PERSONAL = "password-personal"
    SAME = "password-same"


def canonical(password: str) -> str:
    """One form of the same characters, however a keyboard composes them (NFKC, RFC 8265)."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, personal: Iterable[str], current: str = "") -> Weakness | None:
    """Say why `password` will not do; None when it will.

    `personal` are words anybody would try for this person: the user name, parts of the name.
    """
    password = canonical(password)
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if password == canonical(current):
        return Weakness.SAME
    if _is_common(password.casefold()):
        return Weakness.COMMON
    if _rests_on(password.casefold(), personal):
        return Weakness.PERSONAL
    return None


def _is_common(password: str) -> bool:
    if len(set(password)) < _FEWEST_DIFFERENT or _PRINTED.fullmatch(password):
        return True
    # A Russian word typed on Latin keys, and the other way round, is the same movement of the hand.
    typed = password.translate(_BY_KEY)
    return any(one in _common() or _is_worn(one) or _repeats(one) for one in {password, typed})


def _is_worn(password: str) -> bool:
    """A common word, or a walk over the keyboard, with digits and signs put around it."""
    rest = password
    for walk in _WALKS:
        for length in range(len(walk), 3, -1):
            for start in range(len(walk) - length + 1):
                rest = rest.replace(walk[start : start + length], "")
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    return len(rest) < 4 or core in _common()


def _repeats(password: str) -> bool:
    """One common piece, again and again."""
    whole = re.fullmatch(r"(.+?)\1+", password)
    return whole is not None and (len(whole[1]) < 6 or whole[1] in _common())


def _rests_on(password: str, personal: Iterable[str]) -> bool:
    """Little is left of the password without the words that belong to the person."""
    rest = password
    for word in personal:
        if len(word) >= 4:
            rest = rest.replace(word.casefold(), "")
    return rest != password and len(rest) < SHORTEST // 2


@cache
def _common() -> frozenset[str]:
    text = (files("auth_proxy.identity") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
