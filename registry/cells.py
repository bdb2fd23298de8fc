"""What a cell says: dates, codes, names and addresses as people and programs write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_SEPARATORS = frozenset({"Cc", "Zs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cf", "Cn", "Co", "Cs"})
_FORMULA_ERROR = re.compile(
    r"#+|#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA"
    r"|Н/Д|ССЫЛКА!|ДЕЛ/0!|ЗНАЧ!|ИМЯ\?|ПУСТО!|ЧИСЛО!)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2}) ([а-я]+) (\d{4})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_EXCEL_ZERO = date(1899, 12, 30)
_WHOLE = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)


def plain(text: str) -> str:
    """Give the text of a cell without what cannot be seen: one line, single spaces, none around."""
    signs = (
        " " if unicodedata.category(sign) in _SEPARATORS else sign
        for sign in unicodedata.normalize("NFC", text)
        if unicodedata.category(sign) not in _UNSEEN
    )
    # Invisible signs may have kept a letter from its accent, so it is composed once more.
    return " ".join(unicodedata.normalize("NFC", "".join(signs)).split())


def folded(text: str) -> str:
    """Give what two texts share that mean the same: case, ё, quotes and dashes do not count."""
    even = plain(text).casefold().replace("ё", "е")
    even = re.sub("[«»“”„\"'’`]", "", even)
    return " ".join(re.sub("[‐‑‒–—−]", "-", even).split())


def is_dash(text: str) -> bool:
    """Tell whether a cell holds a dash alone: what is stored is to be cleared."""
    return text in ("-", "–", "—", "−")


def is_formula_error(text: str) -> bool:
    """Tell whether a cell holds what Excel shows in the place of a value: `#N/A`, `######`."""
    return _FORMULA_ERROR.fullmatch(text) is not None


def read_day(text: str) -> date | None:
    """Read a date: `05.03.2026`, `2026-03-05`, `5 марта 2026 г.`, a day number of Excel.

    A time of day after it is left out. Other forms are None: `03/05/2026` is
    another day on the other side of the ocean, and `05.03.26` another century.
    """
    text = _TIME.sub("", text).removesuffix("г.").removesuffix("года").strip()
    if match := _SERIAL.fullmatch(text):
        return _plausible_day(_EXCEL_ZERO + timedelta(days=int(match[1])))
    if match := _ISO.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DOTTED.fullmatch(text):
        return _day(match[3], match[2], match[1])
    match = _IN_WORDS.fullmatch(text.casefold())
    if match and match[2] in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[2]) + 1), match[1])
    return None


def read_code(text: str) -> str | None:
    """Read a code of the training records; None when Excel has made another value of it.

    `1024.0` is the code `1024` that went through a spreadsheet, but of
    `1.02E+15` the digits are lost, and a date has never been a code.
    """
    text = text.removeprefix("'")
    if match := _WHOLE.fullmatch(text):
        return match[1]
    if _SCIENTIFIC.fullmatch(text) or _ISO.fullmatch(_TIME.sub("", text)):
        return None
    return text or None


def code_likeness(code: str) -> str:
    """Give what two codes share that people or Excel have mixed up: case, leading zeros, spaces."""
    return re.sub(r"\s", "", code).casefold().translate(_LATIN).lstrip("0") or "0"


def read_name(text: str) -> str | None:
    """Read a part of a name; None without a letter or with a digit in it."""
    has_letter = any(map(str.isalpha, text))
    return text if has_letter and not any(map(str.isdigit, text)) else None


def split_full_name(text: str) -> tuple[str, str, str | None] | None:
    """Split «Фамилия Имя Отчество»; what follows the second word is the patronymic."""
    if read_name(text) is None:
        return None
    last, _, rest = text.replace(",", " ").strip().partition(" ")
    first, _, patronymic = rest.strip().partition(" ")
    return (last, first, patronymic.strip() or None) if last and first else None


def read_mailbox(text: str) -> str | None:
    """Read an address of e-mail; None for anything else, Russian letters before `@` included."""
    text = text.removeprefix("mailto:")
    return text if _MAILBOX.fullmatch(text) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return _plausible_day(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _plausible_day(day: date) -> date | None:
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


# Russian letters that look like Latin ones, small: nobody sees which of them a code has.
_LATIN = str.maketrans("авсеокмнртху", "abceokmhptxy")
