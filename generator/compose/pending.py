"""What the listener sent and nobody has published yet, for the listener's eyes."""

from __future__ import annotations

from collections.abc import Iterable

from academy.next_steps import NextStep, sent_step
from academy.portfolio import Item, folder
from academy.submission import Submission
from generator.compose.context import Context


def sent_of(c: Context, item: Item | None) -> tuple[NextStep, ...]:
    """What was sent about an item; about oneself where it is None."""
    place = folder(item) if item else "about"
    return _steps(c, c.dossier.circumstances.on_its_way(place))


def coming(c: Context, below: str) -> tuple[NextStep, ...]:
    """What was sent about new items of a kind or section."""
    present = frozenset(folder(item) for item in c.dossier.portfolio.items())
    return _steps(c, c.dossier.circumstances.coming(below, present))


def _steps(c: Context, sent: Iterable[Submission]) -> tuple[NextStep, ...]:
    return tuple(sent_step(one) for one in sent) if c.is_owner else ()
