"""How fast cabinets are built: ours against a loop of stock MkDocs over the same projects.

    python -m benchmarks.building [--quick] [--json FILE] [--scale 1000,3000,10000]

A listener of the synthetic academy has three sites: the owner's, that of those
responsible, and that of participants. Stock MkDocs gets the plain project of each
of them, a process each; ours is `cabinet build --all`, from repositories to sites, with
one process. Rounds take turns, so that whatever else the machine does meets both; the
numbers are medians, the ratios are of processor time. `docs/performance.md` says more.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.house import House, draw_pictures
from benchmarks.measuring import Cost, cost_of, middle, together, written
from benchmarks.one_listener import seconds_of_one
from benchmarks.table import scale_table, table
from cabinet.settings import cores

_STOCK = ("-m", "mkdocs", "build", "--strict", "--quiet")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int = 5
    listeners: int = 200
    stock: int = 8
    unchanged: int = 2000
    single: int = 100
    scale: tuple[int, ...] = (1000, 3000, 10000)


QUICK = Sizes(rounds=3, listeners=24, stock=4, unchanged=100, single=20, scale=(50, 100, 200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what it costs a listener, and what it wrote for one."""

    name: str
    cost: Cost
    listeners: int
    files: float = 0
    bytes: float = 0


@dataclass(slots=True)
class Report:
    """Everything that was measured."""

    rows: list[Row] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)
    scale: list[tuple[int, int, Cost]] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a first impression in some minutes")
    parser.add_argument("--json", type=Path, help="write the numbers to a file, too")
    parser.add_argument("--scale", help="sizes of an academy, with commas; 0 to leave this out")
    chosen = parser.parse_args(arguments)
    sizes = QUICK if chosen.quick else Sizes()
    scale = sizes.scale
    if chosen.scale is not None:
        scale = tuple(int(one) for one in chosen.scale.split(",") if int(one))
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        report = measure(Path(folder), sizes, scale)
    print(table(report.rows))
    print()
    for name, value in report.numbers.items():
        print(f"- {name}: {value:.3g}")
    print()
    print(scale_table(report.scale))
    if chosen.json:
        chosen.json.write_text(json.dumps(as_data(report), indent=2) + "\n", encoding="utf-8")


def measure(folder: Path, sizes: Sizes, scale: Sequence[int]) -> Report:
    """Measure everything in an empty folder."""
    report = Report()
    for name, pictures in (("without pictures", ()), ("with pictures", draw_pictures(12))):
        place = folder / name.replace(" ", "-")
        report.rows += _against_stock(place, name, sizes, pictures)
        shutil.rmtree(place)
    house = House(folder / "academy")
    _tell("scale")
    for before, size in zip((0, *scale), scale, strict=False):
        house.add(range(before, size))
        report.scale.append((size, size - before, house.build(cores())))
    house.add(range(max((0, *scale)), sizes.unchanged))
    house.build(cores())
    _tell("no change")
    unchanged = middle(house.build() for _ in range(sizes.rounds))
    count = len(house.people)
    report.numbers[f"no-change build over {count} listeners, seconds on the clock"] = (
        unchanged.clock
    )
    report.numbers["the same, processor seconds"] = unchanged.processor
    _tell("one listener")
    report.numbers |= seconds_of_one(house, sizes.single)
    return report


def _against_stock(
    folder: Path, name: str, sizes: Sizes, pictures: tuple[bytes, ...]
) -> Iterator[Row]:
    house = House(folder)
    house.add(range(sizes.listeners), pictures)
    plain = house.write_plain_projects(house.people[: sizes.stock], folder / "plain")
    costs: dict[str, list[Cost]] = {}
    sites = (house.home.sites, house.home.assets)
    for number in range(sizes.rounds):
        _tell(f"{name}, round {number + 1} of {sizes.rounds}")
        stock = [cost_of((sys.executable, *_STOCK), project) for project in plain]
        costs.setdefault("stock", []).append(together(stock))
        house.forget_sites()
        costs.setdefault("cold", []).append(house.build())
        made = written(*sites)
        house.change_theme(f"round {number}")
        costs.setdefault("theme", []).append(house.build())
        house.change_pages(f"Round {number}")
        costs.setdefault("pages", []).append(house.build())
        house.announce(f"Текст {number}.")
        costs.setdefault("announcement", []).append(house.build())
        costs.setdefault("nothing", []).append(house.build())
        house.forget_sites()
        costs.setdefault("cores", []).append(house.build(cores()))
    files, size = written(*(project / "site" for project in plain))
    yield Row(
        name=f"stock MkDocs, {name}",
        cost=middle(costs.pop("stock")),
        listeners=sizes.stock,
        files=files / sizes.stock,
        bytes=size / sizes.stock,
    )
    words = {
        "cold": "everything anew",
        "cores": f"everything anew, {cores()} cores",
        "theme": "a template of the theme changed",
        "pages": "a template of pages changed",
        "announcement": "one announcement changed for everybody",
        "nothing": "nothing changed",
    }
    for key, of_key in costs.items():
        first = key == "cold"
        yield Row(
            name=words[key],
            cost=middle(of_key),
            listeners=sizes.listeners,
            files=made[0] / sizes.listeners if first else 0,
            bytes=made[1] / sizes.listeners if first else 0,
        )


def as_data(report: Report) -> dict[str, object]:
    """The report as plain data."""
    return {
        "rows": [
            {
                "name": row.name,
                "listeners": row.listeners,
                "processor": row.cost.processor,
                "clock": row.cost.clock,
                "peak_megabytes": row.cost.peak,
                "files_a_listener": row.files,
                "bytes_a_listener": row.bytes,
            }
            for row in report.rows
        ],
        "numbers": report.numbers,
        "scale": [
            {
                "listeners": size,
                "built": built,
                "processor": cost.processor,
                "clock": cost.clock,
                "peak_megabytes": cost.peak,
            }
            for size, built, cost in report.scale
        ],
    }


def _tell(words: str) -> None:
    print(f"… {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
