"""What differs between the stored central data and the incoming ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from academy.document import Document
from academy.listener import Card
from academy.results import Result
from registry.central import Central

Plain = str | date | Enum | None


class Part(Enum):
    """The part of the central data that a change is in."""

    CARD = "card"
    RESULTS = "results"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that changes; `item` is the module or the document it belongs to."""

    part: Part
    item: str = ""
    field: str
    old: Plain
    new: Plain


def difference(before: Central | None, after: Central) -> tuple[FieldChange, ...]:
    """List the fields that differ: card, then results by module, then documents.

    Of a listener who is new, every field that says something is a change.
    """
    return (
        *_changes(Part.CARD, "", before.card if before else None, after.card),
        *_result_changes(before, after),
        *_document_changes(before, after),
    )


def _result_changes(before: Central | None, after: Central) -> Iterator[FieldChange]:
    for result in after.results.results:
        if before is not None and result in before.results.results:
            continue
        former = before.results.of(result.module) if before else None
        yield from _changes(Part.RESULTS, result.module, former, result)
    for name in ("as_of", "department"):
        was = getattr(before.results, name) if before else None
        now = getattr(after.results, name)
        if was != now:
            yield FieldChange(part=Part.RESULTS, field=name, old=was, new=now)


def _document_changes(before: Central | None, after: Central) -> Iterator[FieldChange]:
    for document in after.documents:
        former = before.document(document.id) if before else None
        yield from _changes(Part.DOCUMENTS, document.id, former, document)


def _changes(
    part: Part,
    item: str,
    old: Card | Result | Document | None,
    new: Card | Result | Document,
) -> Iterator[FieldChange]:
    for one in fields(new):
        was = getattr(old, one.name) if old is not None else None
        now = getattr(new, one.name)
        if was != now and one.name not in ("id", "module"):
            yield FieldChange(part=part, item=item, field=one.name, old=was, new=now)
