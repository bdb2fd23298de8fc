"""The listener's items: the files of the branch `main` as a `Portfolio`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from academy.identifiers import is_slug
from academy.issue import Issue, Location, Severity
from academy.portfolio import (
    Achievement,
    Entry,
    Goal,
    Item,
    ItemKind,
    Portfolio,
    Reflection,
    Work,
    attachments,
    folder,
)
from formats.files import read_file, read_markdown, read_prose
from formats.portfolio import ITEM_SCHEMAS, SETTINGS, Settings
from formats.schema import Schema

T = TypeVar("T")
AnyItem = TypeVar("AnyItem", bound=Item)

_ITEM_PATHS = (
    (re.compile(r"works/([^/]+)/index\.md"), ItemKind.WORK),
    (re.compile(r"achievements/([^/]+)/index\.md"), ItemKind.ACHIEVEMENT),
    (re.compile(r"goals/([^/]+)\.md"), ItemKind.GOAL),
    (re.compile(r"reflections/([^/]+)\.md"), ItemKind.REFLECTION),
    (re.compile(r"sections/[^/]+/([^/]+)/index\.md"), ItemKind.ENTRY),
)


def read_portfolio(main: Mapping[str, bytes], issues: list[Issue]) -> Portfolio:
    """Read the branch `main`, path to content; adds the mistakes found to `issues`."""
    settings = read_file(SETTINGS, "portfolio.yml", main, issues) or Settings()
    items = _read_items(main, issues)
    declared = {section.id for section in settings.sections}
    places = {item: place for place, item in enumerate(settings.order)}
    entries = _of(items, Entry)
    for entry in entries:
        if entry.section not in declared:
            place = Location(f"{folder(entry)}/index.md")
            values: dict[str, str | int] = {"section": entry.section}
            issues.append(Issue("section-undeclared", Severity.ERROR, place, values))
    return Portfolio(
        about=read_prose("about.md", main, issues),
        headline=settings.headline,
        language=settings.language.value if settings.language else "",
        own_sections=settings.sections,
        works=_newest_first(_of(items, Work), places),
        achievements=_newest_first(_of(items, Achievement), places),
        goals=_in_order(_of(items, Goal), places),
        reflections=_newest_first(_of(items, Reflection), places),
        entries=_newest_first(tuple(one for one in entries if one.section in declared), places),
    )


def _read_items(main: Mapping[str, bytes], issues: list[Issue]) -> list[Item]:
    items: dict[str, Item] = {}
    paths = sorted(main)
    for path in paths:
        found = _item_path(path)
        if found is None:
            continue
        item_id, kind = found
        if not is_slug(item_id):
            values: dict[str, str | int] = {"value": item_id}
            issues.append(Issue("item-id-odd", Severity.ERROR, Location(path), values))
            continue
        item = _read_item(ITEM_SCHEMAS[kind], item_id, path, main, issues)
        if item is None:
            continue
        _check_files(item, path, paths, issues)
        if item_id in items:
            values = {"item": item_id, "other": folder(items[item_id])}
            issues.append(Issue("item-id-doubled", Severity.ERROR, Location(path), values))
            continue
        items[item_id] = item
    return list(items.values())


def _item_path(path: str) -> tuple[str, ItemKind] | None:
    for pattern, kind in _ITEM_PATHS:
        if match := pattern.fullmatch(path):
            return match[1], kind
    return None


def _read_item(
    schema: Schema[Item],
    item_id: str,
    path: str,
    main: Mapping[str, bytes],
    issues: list[Issue],
) -> Item | None:
    extra: dict[str, object] = {"id": item_id}
    if schema is ITEM_SCHEMAS[ItemKind.ENTRY]:
        extra["section"] = path.split("/")[1]
    build = schema.build
    bound = replace(schema, build=lambda **values: build(**values, **extra))
    read = read_markdown(bound, path, main, issues)
    if read is None:
        return None
    item: Item = replace(read[0], body=read[1])
    return item


def _check_files(item: Item, path: str, paths: list[str], issues: list[Issue]) -> None:
    """Declared files have to be there, pictures want words, strays want to be declared."""
    declared = {one.file for one in attachments(item)}
    place = folder(item)
    present = _below(f"{place}/", paths)
    for one in attachments(item):
        if "/" in one.file or f"{place}/{one.file}" not in present:
            values: dict[str, str | int] = {"name": one.file}
            issues.append(Issue("file-missing", Severity.ERROR, Location(path, 0, "files"), values))
        elif not one.caption and not one.alt:
            values = {"name": one.file}
            issues.append(
                Issue("file-without-caption", Severity.ADVICE, Location(path, 0, "files"), values)
            )
    for other in present:
        name = other.removeprefix(f"{place}/")
        if other != path and name not in declared:
            values = {"name": name}
            issues.append(
                Issue("file-not-declared", Severity.WARNING, Location(path, 0, "files"), values)
            )


def _below(place: str, paths: list[str]) -> list[str]:
    """The paths of a sorted list that begin with `place`."""
    start = bisect_left(paths, place)
    end = bisect_left(paths, f"{place}\U0010ffff", lo=start)
    return paths[start:end]


def _of(items: list[Item], kind: type[T]) -> tuple[T, ...]:
    return tuple(item for item in items if isinstance(item, kind))


def _newest_first(items: tuple[AnyItem, ...], places: Mapping[str, int]) -> tuple[AnyItem, ...]:
    def key(item: AnyItem) -> tuple[int, int, int, str]:
        day = getattr(item, "date", None)
        return (_place(item, places), _order(item), -day.toordinal() if day else 0, item.id)

    return tuple(sorted(items, key=key))


def _in_order(items: tuple[Goal, ...], places: Mapping[str, int]) -> tuple[Goal, ...]:
    def key(goal: Goal) -> tuple[int, int, int, str]:
        due = goal.due.toordinal() if goal.due else 10**7
        return (_place(goal, places), _order(goal), due, goal.id)

    return tuple(sorted(items, key=key))


def _place(item: Item, places: Mapping[str, int]) -> int:
    """The place that the settings give an item; those they do not name come after them."""
    return places.get(item.id, len(places))


def _order(item: Item) -> int:
    return item.order if item.order is not None else 10_000
