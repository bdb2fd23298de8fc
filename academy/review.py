"""Reviews, grades and answers on works (clause 7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from academy.prose import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionGrade:
    """The grade by one criterion of the rubric."""

    criterion: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a review."""

    author: str
    moment: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review of one item, bound to the commit its author saw.

    `author` is a pseudonymous id; `role` is what they acted as.
    """

    item: str
    number: int
    author: str
    role: str
    moment: datetime
    commit: str | None = None
    grade: str | None = None
    criteria: tuple[CriterionGrade, ...] = ()
    answers: tuple[Answer, ...] = ()
    body: Prose = Prose()
