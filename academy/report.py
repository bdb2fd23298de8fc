"""A listener's report that data of the academy are wrong about them (clauses 3.1, 5.6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ReportTopic(Enum):
    """Which central data a report is about: those of one page of the cabinet."""

    GENERAL = "general"
    STUDY = "study"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report: `settled` is None as long as the academy has not answered."""

    id: int
    person: str
    topic: ReportTopic
    moment: datetime
    text: str
    settled: datetime | None = None
    settled_by: str = ""
    answer: str = ""
