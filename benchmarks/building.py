"""How fast cabinets are built: ours against a loop of stock MkDocs over the same projects.

A listener of the synthetic academy has three sites: the owner's, that of those
responsible, and that of participants. Stock MkDocs gets the plain project of each
of them, a process each; ours is `cabinet build --all`, from repositories to sites, with
one process. Rounds take turns, so that whatever else the machine does meets both; the
numbers are medians, the ratios are of processor time. `docs/performance.md` says more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.house import House, draw_pictures
from benchmarks.measuring import Cost, cost_of, middle, together, written
from benchmarks.reporting import Told, tell
from benchmarks.table import numbers_table, table
from cabinet.settings import cores
from forge.renditions import make_renditions

_STOCK = ("-m", "mkdocs", "build", "--strict", "--quiet")
_COLD = "everything anew"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: rounds, listeners of ours, and listeners for stock MkDocs."""

    rounds: int
    listeners: int
    stock: int


PLAIN = Sizes(rounds=5, listeners=200, stock=6)
PICTURED = Sizes(rounds=5, listeners=80, stock=4)
QUICK = Sizes(rounds=3, listeners=24, stock=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what so many listeners cost, and what was written for one."""

    name: str
    cost: Cost
    listeners: int
    files: float = 0
    bytes: float = 0


def without_pictures(folder: Path, *, quick: bool) -> Told:
    """Measure in an empty folder, without a single picture."""
    return told(list(rows(folder, "without pictures", QUICK if quick else PLAIN, ())))


def with_pictures(folder: Path, *, quick: bool) -> Told:
    """Measure in an empty folder, with three pictures a listener."""
    pictures = draw_pictures(12)
    found = told(list(rows(folder, "with pictures", QUICK if quick else PICTURED, pictures)))
    drawing = {
        "a picture of 1600 × 1200 in its sizes, ms of processor": median(map(_drawing, pictures)),
        "a photograph of 2560 × 1920 in its sizes, ms of processor": median(
            map(_drawing, draw_pictures(5, (2560, 1920)))
        ),
    }
    text = f"{found.text}\n\n{numbers_table(drawing)}"
    return Told(text, {"rows": found.data, "drawing": drawing})


def told(found: list[Row]) -> Told:
    """Rows as a table and as data."""
    return Told(table(found), [asdict(row) for row in found])


def _drawing(picture: bytes) -> float:
    """What drawing a picture costs, in milliseconds."""
    begun = time.process_time()
    make_renditions(picture)
    return (time.process_time() - begun) * 1000


def rows(folder: Path, name: str, sizes: Sizes, pictures: tuple[bytes, ...]) -> Iterator[Row]:
    """Every row, from rounds in which stock and ours take turns."""
    house = House(folder)
    house.add(range(sizes.listeners), pictures)
    plain = house.write_plain_projects(house.people[: sizes.stock], folder / "plain")
    stock: list[Cost] = []
    ours: dict[str, list[Cost]] = {}
    made = (0, 0)
    for number in range(sizes.rounds):
        tell(f"{name}, round {number + 1} of {sizes.rounds}")
        stock.append(together(cost_of((sys.executable, *_STOCK), project) for project in plain))
        for words, change, jobs in _changes(house, number, has_pictures=bool(pictures)):
            change()
            ours.setdefault(words, []).append(house.build(jobs))
            if words == _COLD:
                made = written(house.home.sites, house.home.assets)
    files, size = written(*(project / "site" for project in plain))
    yield Row(
        name=f"stock MkDocs, {name}",
        cost=middle(stock),
        listeners=sizes.stock,
        files=files / sizes.stock,
        bytes=size / sizes.stock,
    )
    for words, costs in ours.items():
        is_cold = words == _COLD
        yield Row(
            name=words,
            cost=middle(costs),
            listeners=sizes.listeners,
            files=made[0] / sizes.listeners if is_cold else 0,
            bytes=made[1] / sizes.listeners if is_cold else 0,
        )


def _changes(
    house: House, number: int, *, has_pictures: bool
) -> Iterator[tuple[str, Callable[[], None], int]]:
    """What happens in a round: its name, what changes, and over how many cores is built then."""
    yield _COLD, house.forget_sites, 1
    if has_pictures:
        yield "everything anew, renditions given as to stock", house.forget_pages, 1
    yield "a template of the theme changed", lambda: house.change_theme(f"round {number}"), 1
    yield "a template of pages changed", lambda: house.change_pages(f"Round {number}"), 1
    yield "one announcement changed for everybody", lambda: house.announce(f"Текст {number}."), 1
    yield "nothing changed", lambda: None, 1
    yield f"{_COLD}, {cores()} cores", house.forget_sites, cores()
