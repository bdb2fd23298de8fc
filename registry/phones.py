"""Telephone numbers, also those that Excel took for numbers."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d+)?)[eе]\+?(\d{1,2})", re.IGNORECASE)
_EXTENSION = re.compile(r"[ ,;]*(?:доб|ext|вн)[. ]*\.?\s*(\d{1,6})\s*\)?$", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[\d ().‐‑–-]+")


def read_phone(text: str) -> str | None:
    """Read a telephone number as `+7 918 123-45-67`; None when it is none or digits are lost.

    Russian numbers may begin with 8, 7, +7 or the code of the city or operator;
    those of other countries need their `+`. An extension is kept.
    """
    digits = _restored(text)
    if digits:
        return _russian(digits)
    text = text.removesuffix(".0")
    extension = _EXTENSION.search(text)
    number = text[: extension.start()].rstrip(" (") if extension else text
    if not _WRITTEN.fullmatch(number):
        return None
    digits = re.sub(r"\D", "", number)
    phone = _russian(digits)
    if phone is None and number.startswith("+") and 8 <= len(digits) <= 15:
        phone = None if digits.startswith("7") else f"+{digits}"
    return f"{phone} доб. {extension[1]}" if phone and extension else phone


def _restored(text: str) -> str:
    """Give the digits of `7.9181234567E+10`; nothing for another form or with digits cut off."""
    match = _SCIENTIFIC.fullmatch(text.replace(" ", ""))
    if match is None:
        return ""
    try:
        number = Decimal(match[1].replace(",", ".")).scaleb(int(match[2]))
    except InvalidOperation:
        return ""
    shown = len(re.sub(r"\D", "", match[1]))
    digits = str(int(number))
    return digits if shown >= len(digits) - 1 else ""


def _russian(digits: str) -> str | None:
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    if len(digits) != 10 or digits[0] not in "3489":
        return None
    return f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
