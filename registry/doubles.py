"""Several rows about one thing: which of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from academy.results import Outcome
from registry.fields import Column
from registry.findings import Findings
from registry.incoming import IncomingRow

Decide = Callable[[IncomingRow, IncomingRow], IncomingRow | None]


def one_row(rows: Sequence[IncomingRow], findings: Findings) -> IncomingRow:
    """Make one row of all rows about a card or a document.

    Rows that do not contradict each other are added up. Of two that do, the
    one with the later «Данные на» stands; when the rows say no such dates,
    the earlier row of the file stands and the other is reported.
    """
    return _one_row(rows, _by_date_of_data, findings)


def one_result(rows: Sequence[IncomingRow], findings: Findings) -> IncomingRow:
    """Make one row of all rows about one module of a listener.

    Rows with different dates are several tries: a passed one stands, else the last.
    """
    return _one_row(rows, _by_try, findings)


def _one_row(rows: Sequence[IncomingRow], decide: Decide, findings: Findings) -> IncomingRow:
    standing = rows[0]
    for row in rows[1:]:
        clash = _clash(standing, row)
        if clash is None:
            standing = _sum(standing, row)
            continue
        better = decide(standing, row)
        if better is None:
            other = standing.place(clash)
            same_file = other.file == row.place(clash).file
            findings.error(
                "row-contradicts",
                row.place(clash),
                other=str(other.line) if same_file else f"{other.file}:{other.line}",
            )
        else:
            standing = better
    return standing


def _clash(one: IncomingRow, other: IncomingRow) -> Column | None:
    """Name the first field about which both rows say something, and not the same."""
    return next(
        (
            column
            for column, value in other.values.items()
            if column in one.values and one.values[column] != value
        ),
        None,
    )


def _sum(one: IncomingRow, other: IncomingRow) -> IncomingRow:
    dated = [row.as_of for row in (one, other) if row.dated]
    return replace(
        one,
        values={**other.values, **one.values},
        as_of=max(dated, default=one.as_of),
        dated=bool(dated),
    )


def _by_date_of_data(one: IncomingRow, other: IncomingRow) -> IncomingRow | None:
    if one.dated and other.dated and one.as_of != other.as_of:
        return max(one, other, key=lambda row: row.as_of)
    return None


def _by_try(one: IncomingRow, other: IncomingRow) -> IncomingRow | None:
    was, now = one.values.get(Column.DATE), other.values.get(Column.DATE)
    if not isinstance(was, date) or not isinstance(now, date) or was == now:
        return _by_date_of_data(one, other)
    passed = [row for row in (one, other) if row.values[Column.OUTCOME] is Outcome.PASSED]
    if len(passed) == 1:
        return passed[0]
    return other if now > was else one
