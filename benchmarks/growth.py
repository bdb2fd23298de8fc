"""An academy that grows: what one more listener costs, a run that changes nothing, one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.house import House
from benchmarks.measuring import Cost, middle
from benchmarks.one_listener import seconds_of_one
from benchmarks.reporting import Told, tell
from benchmarks.table import numbers_table, scale_table
from cabinet.settings import cores


@dataclass(frozen=True, slots=True)
class Steps:
    """How large the academy grows, and what is measured on the way.

    At the size `looked_at` a run that changes nothing is made `rounds` times, and then
    `changed` listeners are changed one by one.
    """

    sizes: Sequence[int] = (1000, 2000, 3000, 10000)
    looked_at: int = 2000
    rounds: int = 5
    changed: int = 100


QUICK = Steps(sizes=(50, 100, 200), looked_at=100, rounds=3, changed=20)


@dataclass(frozen=True, slots=True)
class Step:
    """So many listeners, so many of them new, and what building them over the cores cost."""

    listeners: int
    new: int
    cost: Cost


def growth(folder: Path, *, quick: bool) -> Told:
    """Measure in an empty folder."""
    return measured(folder, QUICK if quick else Steps())


def measured(folder: Path, wanted: Steps) -> Told:
    """Let an academy grow."""
    house = House(folder)
    steps: list[Step] = []
    numbers: dict[str, float] = {}
    for before, size in zip((0, *wanted.sizes), wanted.sizes, strict=False):
        tell(f"an academy grows to {size:,} listeners, the last has {max(wanted.sizes):,}")
        house.add(range(before, size))
        steps.append(Step(size, size - before, house.build(cores())))
        if size == wanted.looked_at:
            numbers = _looked_at(house, wanted)
    text = f"{scale_table([(one.listeners, one.new, one.cost) for one in steps])}\n\n"
    data = {"steps": [asdict(one) for one in steps], "numbers": numbers}
    return Told(text + numbers_table(numbers), data)


def _looked_at(house: House, wanted: Steps) -> dict[str, float]:
    tell(f"nothing changes for {wanted.looked_at:,} listeners, {wanted.rounds} times")
    unchanged = middle(house.build() for _ in range(wanted.rounds))
    words = f"nothing changed for {wanted.looked_at:,} listeners"
    numbers = {
        f"{words}, s by the clock": unchanged.clock,
        f"{words}, s of processor": unchanged.processor,
    }
    tell(f"{wanted.changed} listeners are changed one by one")
    return numbers | seconds_of_one(house, wanted.changed)
