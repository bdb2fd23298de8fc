"""Words of records."""

from __future__ import annotations

import pytest

from academy.document import DocumentKind
from academy.listener import Status
from academy.results import Outcome
from messages import catalogue
from registry.words import (
    DOCUMENT_KINDS,
    OUTCOMES,
    STATUSES,
    is_grade,
    read_document_kind,
    read_outcome,
    read_status,
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("обучается", Status.ENROLLED),
        ("Зачислен(а)", Status.ENROLLED),
        ("Зачислен (-а).", Status.ENROLLED),
        ("АКАДЕМИЧЕСКИЙ ОТПУСК", Status.ON_LEAVE),
        ("on_leave", Status.ON_LEAVE),
        ("on leave", Status.ON_LEAVE),
        ("завершил обучение", Status.COMPLETED),
        ("Отчислена", Status.EXPELLED),
        ("исключён", Status.EXPELLED),
        ("отчислен в связи с завершением обучения", Status.COMPLETED),
        ("отчислен по собственному желанию", None),
        ("не отчислен", None),
        ("", None),
    ],
)
def test_a_status_is_read_by_whole_phrases(text, status):
    assert read_status(text) is status


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("зачтено", Outcome.PASSED),
        ("Зачёт", Outcome.PASSED),
        ("отлично", Outcome.PASSED),
        ("незачтено", Outcome.FAILED),
        ("не зачтено", Outcome.FAILED),
        ("Неудовлетворительно", Outcome.FAILED),
        ("неявка", Outcome.ABSENT),
        ("Н/Я", Outcome.ABSENT),
        ("5", None),
        ("87 баллов", None),
    ],
)
def test_an_outcome_is_read_by_words_and_never_by_figures(text, outcome):
    assert read_outcome(text) is outcome


def test_words_for_grades_are_grades():
    assert is_grade("Отлично")
    assert not is_grade("зачтено")


def test_the_kind_of_a_document_is_read():
    assert read_document_kind("Диплом") is DocumentKind.DIPLOMA
    assert read_document_kind("паспорт") is None


@pytest.mark.parametrize("words", [STATUSES, OUTCOMES, DOCUMENT_KINDS])
def test_no_word_means_two_things(words):
    phrases = [phrase for some in words.values() for phrase in some]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_of_our_own_reports_are_read_back(language):
    texts = catalogue(language)
    for status in Status:
        assert read_status(texts.text(f"domain.Status.{status.value}")) is status
