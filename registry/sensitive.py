"""Data that must not be stored: identity documents and the like, by heading and by value.

Passports, insurance and tax numbers, birth certificates and bank cards never
enter Git (clause 5.6.1). A report names the column where they stood, and never
the value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from registry.cells import folded, plain
from registry.fields import Column

_HEADINGS = re.compile(
    r"паспорт|снилс|(?<!\w)инн(?!\w)|свидетельств\w* о рожд|дат\w* рожд|мест\w* рожд|день рожд"
    r"|удостоверени\w* личност|документ\w*,? удостоверяющ\w* личность|кем выдан|код подразделения"
    r"|военн\w* билет|водительск\w*|загран|(?<!\w)полис|(?<!\w)омс(?!\w)|прописк|гражданств"
    r"|адрес\w* (?:регистрации|прожив|мест\w* жит)|домашн\w* адрес|расчетн\w* счет|номер карты"
    r"|банковск|состояни\w* здоровья|инвалидност|национальност"
    r"|passport|snils|(?<!\w)(?:inn|ssn)(?!\w)|date of birth|birth ?da(?:te|y)"
    r"|birth certificate|place of birth|driver.?s? licen[cs]e|home address|nationality|citizenship"
    r"|bank account|card number|tax id"
)
_WITH_DIGITS = re.compile(
    r"паспорт|passport|снилс|snils|(?<!\w)инн(?!\w)|(?<!\w)серия(?!\w)|свидетельств\w* о рожд"
    r"|birth certificate|военн\w* билет|загран"
)
_EDGE, _END = r"(?<![\w+-])", r"(?![\w-])"
_VALUES = re.compile(
    # A passport: 4510 123456, 45 10 № 123456; a passport for abroad: 75 1234567.
    rf"{_EDGE}\d{{2}} ?\d{{2}}(?: ?(?:№|n|no\.?) ?| )\d{{6}}{_END}"
    rf"|{_EDGE}\d{{2}}(?: ?(?:№|n|no\.?) ?| )\d{{7}}{_END}"
    # An insurance number: 112-233-445 95.
    rf"|{_EDGE}\d{{3}}-\d{{3}}-\d{{3}}[ -]?\d{{2}}{_END}"
    rf"|{_EDGE}\d{{3}} \d{{3}} \d{{3}} \d{{2}}{_END}"
    # A birth certificate: IV-АГ № 123456, with the Russian letters that stand for Roman digits.
    rf"|{_EDGE}[ivxlcіхсу1]{{1,5}}-[а-я]{{2}}(?: ?№ ?| )?\d{{6}}{_END}"
)
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)")
_BARE = re.compile(r"(?<!\d)(?:\d{11}|\d{12})(?!\d)")
_PHONE_START = re.compile(r"[78][3489]\d{9}")

# Numbers of these columns are long by nature; only a whole column of them tells.
_NUMBERED = frozenset({Column.EXTERNAL_ID, Column.NUMBER, Column.DOCUMENT})
_ENOUGH = 3


def is_sensitive_heading(heading: str) -> bool:
    """Tell whether a column is meant for data that must not be stored."""
    return _HEADINGS.search(folded(heading)) is not None


def sensitive_cells(cells: Sequence[str], column: Column | None) -> frozenset[int]:
    """Give the indexes of the cells of a column that hold what must not be stored.

    `column` says what the column is, None for one that nothing is read from.
    Bare numbers are judged by their check digits. One code in a hundred passes
    these by chance, so in columns of codes half of the column has to.
    """
    texts = [plain(cell) for cell in cells]
    found = {n for n, text in enumerate(texts) if text and is_sensitive(text)}
    if column is Column.PHONE:
        return frozenset(found)
    bare = {n for n, text in enumerate(texts) if _has_bare_number(text)}
    if column in _NUMBERED:
        filled = sum(map(bool, texts))
        if len(bare) < _ENOUGH or len(bare) * 2 < filled:
            bare = set()
    return frozenset(found | bare)


def is_sensitive(text: str) -> bool:
    """Tell whether a text holds a number of an identity document or card in its written form."""
    even = folded(text)
    if _VALUES.search(even) or any(_passes_luhn(card) for card in _CARD.findall(even)):
        return True
    return _WITH_DIGITS.search(even) is not None and sum(map(str.isdigit, even)) >= 6


def shown(text: str) -> str:
    """Give a value for a report: short, and without digits when it has as many as a document."""
    short = text if len(text) <= 60 else f"{text[:59]}…"
    return re.sub(r"\d", "•", short) if sum(map(str.isdigit, text)) > 8 else short


def _has_bare_number(text: str) -> bool:
    return any(
        _is_insurance_number(number) or _is_tax_number(number)
        for number in _BARE.findall(text)
        if not _PHONE_START.fullmatch(number)
    )


def _is_insurance_number(digits: str) -> bool:
    """Tell whether eleven digits have the check sum of a SNILS."""
    if len(digits) != 11:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(digits[9:])


def _is_tax_number(digits: str) -> bool:
    """Tell whether twelve digits have the check digits of the INN of a person."""
    if len(digits) != 12:
        return False
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    first = sum(int(d) * w for d, w in zip(digits, weights[1:], strict=False)) % 11 % 10
    second = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11 % 10
    return (first, second) == (int(digits[10]), int(digits[11]))


def _passes_luhn(card: str) -> bool:
    digits = [int(sign) for sign in card if sign.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
