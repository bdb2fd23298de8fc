"""Words of records for statuses, outcomes and kinds of documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from academy.document import DocumentKind
from academy.listener import Status
from academy.results import Outcome
from registry.cells import folded

# Only whole phrases count: «отчислен в связи с завершением обучения» is no expulsion.
STATUSES: Mapping[Status, tuple[str, ...]] = {
    Status.ENROLLED: (
        "обучается", "зачислен", "зачислена", "учится", "слушатель", "восстановлен",
        "восстановлена", "продолжает обучение", "активен", "active", "studying",
    ),
    Status.ON_LEAVE: (
        "академический отпуск", "в академическом отпуске", "академотпуск", "академ", "отпуск",
        "в отпуске", "on leave", "leave",
    ),
    Status.COMPLETED: (
        "завершил", "завершила", "завершил обучение", "завершила обучение", "обучение завершено",
        "выпущен", "выпущена", "выпускник", "выпускница", "окончил", "окончила",
        "окончил обучение", "окончила обучение", "отчислен в связи с завершением обучения",
        "отчислена в связи с завершением обучения", "отчислен в связи с окончанием обучения",
        "отчислена в связи с окончанием обучения", "graduated",
    ),
    Status.EXPELLED: ("отчислен", "отчислена", "исключен", "исключена", "dismissed"),
}  # fmt: skip

# Bare numbers are left out: 5 is a pass in one scale and a failure in another.
OUTCOMES: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.PASSED: (
        "зачтено", "зачет", "сдано", "сдал", "сдала", "отлично", "хорошо", "удовлетворительно",
        "отл", "хор", "удовл", "pass",
    ),
    Outcome.FAILED: (
        "не зачтено", "незачтено", "незачет", "не сдано", "не сдал", "не сдала",
        "неудовлетворительно", "неуд", "fail",
    ),
    Outcome.ABSENT: (
        "неявка", "не явился", "не явилась", "не явка", "н/я", "отсутствовал", "отсутствовала",
    ),
}  # fmt: skip

DOCUMENT_KINDS: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.ORDER: ("приказ", "распоряжение"),
    DocumentKind.CONTRACT: ("договор", "контракт", "соглашение"),
    DocumentKind.CERTIFICATE: (
        "удостоверение", "удостоверение о повышении квалификации", "сертификат", "свидетельство",
    ),
    DocumentKind.DIPLOMA: ("диплом", "диплом о профессиональной переподготовке"),
    DocumentKind.REFERENCE: ("справка",),
    DocumentKind.OTHER: ("другое", "иное", "прочее"),
}  # fmt: skip

_GRADES = frozenset(
    {"отлично", "хорошо", "удовлетворительно", "неудовлетворительно", "отл", "хор", "удовл", "неуд"}
)


def read_status(text: str) -> Status | None:
    """Read a status by one of its words or by the value that a card has."""
    return _STATUS.get(_phrase(text))


def read_outcome(text: str) -> Outcome | None:
    """Read an outcome; the words for grades are outcomes too."""
    return _OUTCOME.get(_phrase(text))


def read_document_kind(text: str) -> DocumentKind | None:
    """Read the kind of a document."""
    return _DOCUMENT_KIND.get(_phrase(text))


def is_grade(text: str) -> bool:
    """Tell whether the word for an outcome says the grade as well."""
    return _phrase(text) in _GRADES


def _phrase(text: str) -> str:
    """Give a phrase in its plain form: `Зачислен(а).` is `зачислен`."""
    without_ending = re.sub(r"\(-?[а-я]{1,3}\)", "", folded(text)).replace("_", " ")
    return without_ending.rstrip(".!; ")


def _table(words: Mapping[Enum, tuple[str, ...]]) -> dict[str, Enum]:
    return {
        _phrase(phrase): value
        for value, phrases in words.items()
        for phrase in (str(value.value), *phrases)
    }


_STATUS: dict[str, Status] = _table(STATUSES)  # type: ignore[arg-type, assignment]
_OUTCOME: dict[str, Outcome] = _table(OUTCOMES)  # type: ignore[arg-type, assignment]
_DOCUMENT_KIND: dict[str, DocumentKind] = _table(DOCUMENT_KINDS)  # type: ignore[arg-type, assignment]
