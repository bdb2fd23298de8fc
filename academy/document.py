"""Documents the academy issued to a listener (clause 5.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class DocumentKind(Enum):
    """What a document is."""

    ORDER = "order"
    CONTRACT = "contract"
    CERTIFICATE = "certificate"
    DIPLOMA = "diploma"
    REFERENCE = "reference"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the academy; `id` is its key in the training records."""

    id: str
    title: str
    kind: DocumentKind = DocumentKind.OTHER
    number: str | None = None
    date: dt.date | None = None
    as_of: dt.date | None = None
    department: str | None = None
