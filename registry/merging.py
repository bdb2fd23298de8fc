"""Rows laid over what is stored: a blank cell keeps, a dash clears (clause 5.5)."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import fields, replace

from academy.document import Document
from academy.institution import Academy
from academy.listener import Card
from academy.results import Result, Results
from registry.central import RESULTS_FILE, Stored, document_file
from registry.doubles import one_result, one_row
from registry.fields import HEADINGS, REQUIRED, Column, TableKind
from registry.findings import Findings
from registry.incoming import IncomingRow
from registry.references import options_of, resolve
from registry.values import Value, document_id
from registry.wrong import Wrong

_CARD_FIELDS = frozenset(one.name for one in fields(Card))
_RESULT_FIELDS = frozenset({"outcome", "grade", "date", "teacher"})
_DOCUMENT_FIELDS = frozenset({"kind", "title", "number", "date", "department"})


def merge_card(
    stored: Card | None, row: IncomingRow, academy: Academy, findings: Findings
) -> Card | None:
    """Lay a row over a card; without a card, make one.

    Gives the stored card when nothing differs or the row is older than it,
    and None when the row cannot be used.
    """
    values = _named(row, _CARD_FIELDS)
    if values.get("group") and "programme" not in values:
        group = academy.group(str(values["group"]))
        values["programme"] = group.programme if group else None
    if stored is None and not _is_complete(row, values, findings):
        return None
    card = _laid_over(stored, row, values)
    if not _is_group_right(card, row, academy, findings):
        return None
    if stored and _is_outdated(row, card == replace(stored, as_of=card.as_of), stored, findings):
        return stored
    return card


def merge_results(
    stored: Stored | None, rows: Sequence[IncomingRow], card: Card, academy: Academy,
    findings: Findings,
) -> Results:  # fmt: skip
    """Lay rows over results, module by module."""
    before = stored.central.results if stored else Results()
    if rows and stored and RESULTS_FILE in stored.damaged:
        findings.once("stored-damaged", rows[0].place(Column.EXTERNAL_ID), file=RESULTS_FILE)
        return before
    modules: dict[str, list[IncomingRow]] = {}
    options = options_of(academy, Column.MODULE, card.programme)
    for row in rows:
        module = resolve(str(row.values[Column.MODULE]), options)
        if isinstance(module, Wrong):
            findings.error(module.code, row.place(Column.MODULE), **module.values)
        else:
            named = replace(row, values={**row.values, Column.MODULE: module})
            modules.setdefault(module, []).append(named)
    order = [module for module, _ in options]
    results, standing = before, []
    for module in sorted(modules, key=order.index):
        row = one_result(modules[module], findings)
        after = _with_result(results, module, row)
        if not _is_outdated(row, after == results, before, findings):
            results = after
            standing.append(row)
    return _dated(results, standing, before)


def merge_documents(
    stored: Stored | None, rows: Sequence[IncomingRow], findings: Findings
) -> tuple[Document, ...]:
    """Lay rows over documents, by the id that the code of each gives."""
    documents = {one.id: one for one in stored.central.documents} if stored else {}
    doubles: dict[str, list[IncomingRow]] = {}
    for row in rows:
        doubles.setdefault(document_id(str(row.values[Column.DOCUMENT])), []).append(row)
    for key, same in doubles.items():
        row = one_row(same, findings)
        file = document_file(key)
        if stored and file in stored.damaged:
            findings.once("stored-damaged", row.place(Column.DOCUMENT), file=file)
        elif key not in documents and Column.TITLE not in row.values:
            findings.error("cell-missing", row.place(Column.TITLE))
        else:
            _put_document(documents, key, row, findings)
    return tuple(documents[key] for key in sorted(documents))


def _named(row: IncomingRow, names: Container[str]) -> dict[str, Value | None]:
    """Give the values of a row by the names that the domain has for them."""
    return {str(c.value): value for c, value in row.values.items() if str(c.value) in names}


def _is_outdated(
    row: IncomingRow, is_same: bool, stored: Card | Results | Document, findings: Findings
) -> bool:
    """Tell whether a row is older than what is stored: an old export must not bring the past back.

    One that says nothing else than what is stored is not worth a report.
    """
    if stored.as_of is None or row.as_of >= stored.as_of:
        return False
    if not is_same:
        days = {"day": f"{row.as_of:%d.%m.%Y}", "stored": f"{stored.as_of:%d.%m.%Y}"}
        findings.error("row-outdated", row.place(Column.AS_OF), **days)
    return True


def _is_complete(row: IncomingRow, values: Mapping[str, Value | None], findings: Findings) -> bool:
    """Tell whether a row is enough for a new card; a column that is missing is told once."""
    is_complete = True
    for column in sorted(REQUIRED[TableKind.LISTENERS], key=list(Column).index):
        if column in (Column.EXTERNAL_ID, Column.FULL_NAME) or values.get(column.value):
            continue
        is_complete = False
        is_name = column in (Column.LAST_NAME, Column.FIRST_NAME)
        source = Column.FULL_NAME if is_name and Column.FULL_NAME in row.table.columns else column
        if source in row.table.columns:
            findings.once("cell-missing", row.place(source))
        else:
            place = row.table.place(row.table.table.header, source)
            findings.once("column-missing-for-new", place, column=HEADINGS[source][0])
    return is_complete


def _laid_over(stored: Card | None, row: IncomingRow, values: Mapping[str, Value | None]) -> Card:
    if stored is None:
        given = {key: value for key, value in values.items() if value is not None}
        return Card(external_id=row.external_id, as_of=row.as_of, **given)  # type: ignore[arg-type]
    card = replace(stored, **values)  # type: ignore[arg-type]
    if card.status is not stored.status and not values.get("status_since"):
        card = replace(card, status_since=row.as_of)
    # A file that says the date of its data confirms what it repeats; one that does not, does not.
    return replace(card, as_of=row.as_of) if card != stored or row.dated else card


def _is_group_right(card: Card, row: IncomingRow, academy: Academy, findings: Findings) -> bool:
    group = academy.group(card.group)
    if not {Column.GROUP, Column.PROGRAMME} & row.values.keys():
        return True
    if group is None or group.programme == card.programme:
        return True
    found = academy.programme(card.programme)
    findings.error(
        "group-of-another-programme", row.place(Column.GROUP), group=group.title,
        programme=found.title if found else card.programme,
    )  # fmt: skip
    return False


def _with_result(results: Results, module: str, row: IncomingRow) -> Results:
    old = results.of(module)
    values = _named(row, _RESULT_FIELDS)
    if old is None or old.outcome is not values["outcome"]:
        # Grade, date and teacher belong to the outcome they came with.
        new = Result(module=module, **values)  # type: ignore[arg-type]
    else:
        new = replace(old, **values)  # type: ignore[arg-type]
    if old is None:
        return replace(results, results=(*results.results, new))
    kept = tuple(new if one is old else one for one in results.results)
    return replace(results, results=kept)


def _dated(results: Results, rows: Sequence[IncomingRow], before: Results) -> Results:
    """Put the department and the date of the data to the results."""
    for row in rows:
        if Column.DEPARTMENT in row.values:
            department = row.values[Column.DEPARTMENT]
            results = replace(results, department=str(department) if department else None)
    days = [row.as_of for row in rows if row.dated or results != before]
    return replace(results, as_of=max(days)) if days else results


def _put_document(
    documents: dict[str, Document], key: str, row: IncomingRow, findings: Findings
) -> None:
    old = documents.get(key)
    values = _named(row, _DOCUMENT_FIELDS)
    if old is None:
        documents[key] = Document(id=key, as_of=row.as_of, **values)  # type: ignore[arg-type]
        return
    new = replace(old, **values)  # type: ignore[arg-type]
    if _is_outdated(row, new == old, old, findings):
        return
    documents[key] = replace(new, as_of=row.as_of) if new != old or row.dated else new
