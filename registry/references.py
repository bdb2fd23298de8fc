"""Names in exports as identifiers of the academy's own content."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from academy.institution import Academy
from registry.cells import folded, read_code
from registry.fields import Column
from registry.sensitive import shown
from registry.wrong import Wrong

Options = tuple[tuple[str, str], ...]


def resolve(text: str, options: Options) -> str | Wrong:
    """Give the id of what `text` names by its id or its title; case and ё do not count."""
    wanted = {folded(text), folded(read_code(text) or "")} - {""}
    by_id = {one for one, _ in options if folded(one) in wanted}
    found = by_id or {one for one, title in options if folded(title) in wanted}
    if len(found) == 1:
        return found.pop()
    if found:
        return Wrong("cell-ambiguous", {"value": shown(text), "options": ", ".join(sorted(found))})
    return unknown(text, options)


def unknown(text: str, options: Options) -> Wrong:
    """Say that nothing is called so, with what is nearest."""
    names = {folded(name): title for one, title in options for name in (one, title)}
    close = get_close_matches(folded(text), names, n=1, cutoff=0.6)
    values = {"value": shown(text), "known": _few(title for _, title in options)}
    if close:
        return Wrong("cell-unknown-close", {**values, "close": names[close[0]]})
    return Wrong("cell-unknown", values)


def options_of(academy: Academy, column: Column, programme: str | None = None) -> Options:
    """What a column may name: id and title. With a programme, only its groups or modules."""
    if column is Column.CURATOR:
        return tuple((one.id, one.name) for one in academy.staff)
    if column is Column.GROUP:
        groups = [one for one in academy.groups if programme in (None, one.programme)]
        return tuple((one.id, one.title) for one in groups)
    if column is Column.MODULE:
        found = academy.programme(programme) if programme else None
        return tuple((one.id, one.title) for one in found.modules) if found else ()
    if column is Column.PROGRAMME:
        return tuple((one.id, one.title) for one in academy.programmes)
    if column is Column.DEPARTMENT:
        return tuple((one.id, one.title) for one in academy.departments)
    return tuple((one.id, one.title) for one in academy.categories)


def _few(titles: Iterable[str]) -> str:
    ordered = sorted(set(titles))
    return (", ".join(ordered[:8]) or "—") + ("…" if len(ordered) > 8 else "")
