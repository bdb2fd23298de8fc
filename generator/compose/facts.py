"""Items and modules in a few facts, for the line under a title."""

from __future__ import annotations

from markupsafe import Markup

from academy.portfolio import Achievement, Entry, Goal, Item, Reflection, Work
from academy.results import ModuleProgress
from generator.compose.context import Context
from generator.compose.places import address


def facts_of(c: Context, item: Item) -> tuple[str, ...]:
    """What kind of thing an item is, and of which day."""
    words = c.words
    found: tuple[str, ...] = ()
    match item:
        case Work():
            found = (words.name(item.work_kind), words.day(item.date))
        case Achievement():
            parts = (item.category, item.level, item.part)
            found = (*(words.name(one) for one in parts), words.day(item.date))
        case Goal():
            due = words.text("due-on", day=words.day(item.due)) if item.due else ""
            found = (words.name(item.state), due)
        case Reflection() | Entry():
            found = (words.day(item.date),)
    return tuple(filter(None, found))


def linked_facts_of(c: Context, item: Item, page: str) -> list[str]:
    """The facts of an item for its own page, with a link to its module."""
    return [*facts_of(c, item), module_of(c, item, page)]


def module_of(c: Context, item: Item, page: str) -> str:
    """The module whose outcome a work proves, with a link where this site has the plan."""
    if not isinstance(item, Work) or not item.module:
        return ""
    title = c.module_title(item.module)
    if not c.has_study or not c.knows_module(item.module):
        return title
    place = address(f"study.md#m-{item.module}", page)
    return Markup('<a href="{}">{}</a>').format(Markup(place), Markup(c.escape(title)))  # noqa: S704


def module_facts(c: Context, one: ModuleProgress) -> tuple[str, ...]:
    """Workload, control, teacher and term of a module."""
    words = c.words
    teacher = c.academy.employee(one.module.teacher)
    starts = words.text("starts-on", day=words.day(one.starts)) if one.starts else ""
    due = words.text("control-by", day=words.day(one.due)) if one.due else ""
    hours = words.count("hours", one.module.hours)
    control = words.name(one.module.control)
    return tuple(filter(None, (hours, control, teacher.name if teacher else "", starts, due)))
