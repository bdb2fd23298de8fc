"""What a cabinet shows and its two branches do not hold: what was sent, the place among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.standing import Standing
from academy.submission import Submission


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about a listener beside the dossier itself.

    `touched` says of each submission, by its number, which items it changes, as paths
    without endings: `works/garden`, `goals/latin`, `about`.
    """

    submissions: tuple[Submission, ...] = ()
    standing: Standing | None = None
    touched: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def on_its_way(self, place: str) -> tuple[Submission, ...]:
        """What was sent about an item, and is not published yet; `place` as in `touched`."""
        return tuple(
            one
            for one in self.submissions
            if not one.state.is_final and place in self.touched.get(one.number, ())
        )

    def coming(self, folder: str, present: frozenset[str]) -> tuple[Submission, ...]:
        """What was sent about items below `folder` of which none is among those published."""
        return tuple(
            one
            for one in self.submissions
            if not one.state.is_final
            and any(
                place.startswith(f"{folder}/") and place not in present
                for place in self.touched.get(one.number, ())
            )
        )
