"""A plan and its outcome for people to read, and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

from academy.institution import Academy
from messages import Catalogue, catalogue
from messages.outline import Line, printed
from registry.applying import ImportOutcome
from registry.difference import FieldChange, Part, Plain
from registry.fields import Column
from registry.plan import ImportPlan, Planned
from registry.references import options_of

_NAMED = {
    "programme": Column.PROGRAMME,
    "group": Column.GROUP,
    "category": Column.CATEGORY,
    "department": Column.DEPARTMENT,
    "curator": Column.CURATOR,
}


def describe(plan: ImportPlan, language: str) -> list[str]:
    """Say what an import would do: counts, and of each listener what was and what will be.

    What is wrong with the files is not among it; it is in `plan.issues`.
    """
    return list(printed(outline(plan, language)))


def outline(plan: ImportPlan, language: str) -> tuple[Line, ...]:
    """Say the same with the listeners below their number, and what changes below each."""
    return tuple(_Description(plan, catalogue(language)).lines())


def describe_outcome(outcome: ImportOutcome, language: str) -> list[str]:
    """Say what an import has done."""
    words = catalogue(language)
    if not outcome.is_applied:
        return [words.text("registry.not-applied")]
    return [
        words.count("registry.done-created", len(outcome.created)),
        words.count("registry.done-changed", len(outcome.changed)),
        words.count("registry.unchanged", outcome.unchanged),
    ]


def as_data(plan: ImportPlan) -> dict[str, object]:
    """Give a plan as plain data: ids and values of the domain, no words."""
    return {
        "created": [_listener_data(one) for one in plan.created],
        "changed": [_listener_data(one) for one in plan.changed],
        "unchanged": [one.incoming.external_id for one in plan.unchanged],
        "blocked": [one.incoming.external_id for one in plan.blocked],
        "open_listeners": plan.open_listeners,
        "needs_yes": plan.needs_yes,
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity.value,
                "file": issue.location.file,
                "line": issue.location.line,
                "column": issue.location.field,
                "values": dict(issue.values),
            }
            for issue in plan.issues
        ],
    }


class _Description:
    """The report about a plan in one language."""

    def __init__(self, plan: ImportPlan, words: Catalogue) -> None:
        self._plan, self._words = plan, words

    def lines(self) -> Iterator[Line]:
        plan = self._plan
        new = tuple(Line(f"{self._who(one)}{self._extent(one)}") for one in plan.created)
        yield Line(self._count("created", len(plan.created)), new)
        changed = tuple(Line(self._who(one), self._changes(one)) for one in plan.changed)
        yield Line(self._count("changed", len(plan.changed)), changed)
        yield Line(self._count("unchanged", len(plan.unchanged)))
        if plan.blocked:
            blocked = tuple(Line(self._who(one)) for one in plan.blocked)
            yield Line(
                self._count("blocked", len(plan.blocked), total=plan.open_listeners), blocked
            )
        if plan.needs_yes:
            yield Line(self._text("needs-yes", percent=plan.academy.policy.mass_block_percent))

    def _changes(self, one: Planned) -> tuple[Line, ...]:
        return tuple(Line(self._change(change, one)) for change in one.changes)

    def _text(self, key: str, **values: object) -> str:
        return self._words.text(f"registry.{key}", **values)

    def _count(self, key: str, number: int, **values: object) -> str:
        return self._words.count(f"registry.{key}", number, **values)

    def _who(self, one: Planned) -> str:
        return f"{one.after.card.full_name} ({one.incoming.external_id})"

    def _extent(self, one: Planned) -> str:
        """What comes with a new listener."""
        parts = [_title(self._plan.academy, "group", one.after.card.group)]
        if one.after.results.results:
            parts.append(self._count("results", len(one.after.results.results)))
        if one.after.documents:
            parts.append(self._count("documents", len(one.after.documents)))
        return f": {', '.join(parts)}"

    def _change(self, change: FieldChange, one: Planned) -> str:
        field = self._text(f"field-{change.field}")
        old, new = self._value(change.field, change.old), self._value(change.field, change.new)
        return f"{self._item(change, one)}{field}: {old} → {new}"

    def _item(self, change: FieldChange, one: Planned) -> str:
        if change.part is Part.CARD:
            return ""
        if not change.item:
            return f"{self._text('of-results')}, "
        if change.part is Part.RESULTS:
            programme = self._plan.academy.programme(one.after.card.programme)
            module = programme.module(change.item) if programme else None
            return f"{self._text('of-module', title=module.title if module else change.item)}, "
        document = one.after.document(change.item)
        return f"{self._text('of-document', title=document.title if document else '')}, "

    def _value(self, field: str, value: Plain) -> str:
        if value is None:
            return self._text("nothing")
        if isinstance(value, Enum):
            return self._words.text(f"domain.{type(value).__name__}.{value.value}")
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        return _title(self._plan.academy, field, value)


def _title(academy: Academy, field: str, value: str) -> str:
    """Give the title of what an id names, or the value itself."""
    if field not in _NAMED:
        return value
    return dict(options_of(academy, _NAMED[field])).get(value, value)


def _listener_data(one: Planned) -> dict[str, object]:
    return {
        "external_id": one.incoming.external_id,
        "person": one.person,
        "name": one.after.card.full_name,
        "changes": [
            {
                "part": change.part.value,
                "item": change.item,
                "field": change.field,
                "old": _plain(change.old),
                "new": _plain(change.new),
            }
            for change in one.changes
        ],
    }


def _plain(value: Plain) -> str | None:
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value
