"""The study plan drawn: a piece a module, as long as its hours.

Where a module stands is told by shape (filled with a tick, hatched with an arrow
above it, crossed with a mark of exclamation, dashed and empty), so the picture
reads without colour; without sight it reads as its description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from academy.results import ModuleProgress, ModuleState, Progress
from formats.prose.normal_form import escaped
from generator.compose.words import Words

WIDTH = 360
_ROW = 52
_TOP = 12
_HEIGHT = 22
_GAP = 4
_LEAST = 22
_IN_A_ROW = 11
_RADIUS = 5


def plan_picture(plan: Progress, words: Words) -> Markup:
    """Draw a plan as an SVG picture that takes its colours from the style sheet."""
    rows = _rows(plan.modules)
    pieces = "\n".join(
        _piece(one, left, _ROW * number, width)
        for number, row in enumerate(rows)
        for one, left, width in _laid_out(row)
    )
    told = "; ".join(_told(one, words) for one in plan.modules)
    # Numbers are ours, and the words are escaped.
    return Markup(  # noqa: S704
        f'<svg viewBox="-1 0 {WIDTH + 2} {_ROW * len(rows) - 4}" role="img" data-search-exclude="" '
        'aria-labelledby="plan-title plan-told">\n'
        f'<title id="plan-title">{escaped(words.text("plan-picture"))}</title>\n'
        f'<desc id="plan-told">{escaped(told)}</desc>\n{pieces}\n</svg>'
    )


def _told(one: ModuleProgress, words: Words) -> str:
    hours = words.count("hours", one.module.hours)
    return f"{one.number}. {one.module.title}, {hours}: {words.name(one.state)}"


def _rows(modules: Sequence[ModuleProgress]) -> list[Sequence[ModuleProgress]]:
    """Break a long plan into rows of nearly the same length."""
    rows = -(-len(modules) // _IN_A_ROW)
    size = -(-len(modules) // rows)
    return [modules[start : start + size] for start in range(0, len(modules), size)]


def _laid_out(row: Sequence[ModuleProgress]) -> Iterator[tuple[ModuleProgress, float, float]]:
    """Share the width of a row out by hours; a short module keeps room for its mark."""
    free = WIDTH - _GAP * (len(row) - 1) - _LEAST * len(row)
    hours = sum(one.module.hours for one in row) or 1
    left = 0.0
    for one in row:
        width = round(_LEAST + free * one.module.hours / hours, 1)
        yield one, round(left, 1), width
        left += width + _GAP


def _piece(one: ModuleProgress, left: float, above: int, width: float) -> str:
    top = above + _TOP
    middle = round(left + width / 2, 1)
    state = one.state.value
    shapes = [f'<path class="c-strip__{state}" d="{_box(left, top, width)}"></path>']
    if one.state is ModuleState.NOW:
        shapes.append(f'<path class="c-strip__hatch" d="{_hatch(left, top, width)}"></path>')
        arrow = f"M{middle - 5:g} {above}h10l-5 8z"
        shapes.append(f'<path class="c-strip__arrow" d="{arrow}"></path>')
    if one.state is ModuleState.DONE:
        tick = f"M{middle - 5:g} {top + 11}l4 4 7 -8"
        shapes.append(f'<path class="c-strip__tick" d="{tick}"></path>')
    if one.state is ModuleState.OVERDUE:
        late = f"M{middle:g} {top + 5}v7m0 4v1"
        shapes.append(f'<path class="c-strip__late" d="{late}"></path>')
    below = top + _HEIGHT + 12
    shapes.append(f'<text class="c-strip__number" x="{middle:g}" y="{below}">{one.number}</text>')
    return "\n".join(shapes)


def _box(left: float, top: int, width: float) -> str:
    across, down, r = round(width - 2 * _RADIUS, 1), _HEIGHT - 2 * _RADIUS, _RADIUS
    return (
        f"M{left + r:g} {top}h{across:g}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}"
        f"h-{across:g}a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z"
    )


def _hatch(left: float, top: int, width: float) -> str:
    """Slanting lines inside a piece, clear of its rounded corners."""
    inner = _HEIGHT - 6
    count = max(0, int((width - 6 - inner) // 6)) + 1
    start = left + (width - inner - 6 * (count - 1)) / 2
    lines = (f"M{start + 6 * n:.1f} {top + _HEIGHT - 3}l{inner} -{inner}" for n in range(count))
    return "".join(lines)
