"""One changed listener in a process that is warm: from the commit to the switched sites."""

from __future__ import annotations

import time

from benchmarks import synthetic
from benchmarks.house import House
from forge.port import MAIN, Author, Change
from generator.outcome import State


def seconds_of_one(house: House, count: int) -> dict[str, float]:
    """Change a work of each of `count` listeners, and measure each build."""
    builder = house.office.builder()
    people = house.people[:count]
    # Templates and what else a process makes once.
    builder.build(people[0], synthetic.AT, anew=True)
    clock, processor = [], []
    for number, person in enumerate(people):
        _change(house, person, number)
        started, used = time.perf_counter(), time.process_time()
        outcome = builder.build(person, synthetic.AT)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
        if outcome.state is not State.BUILT:
            raise ValueError(outcome)
    words = "one changed listener rebuilt and switched"
    return {
        f"{words}, ms by the clock, median": _part(clock, 0.5),
        f"{words}, ms by the clock, 95 in 100 below": _part(clock, 0.95),
        f"{words}, ms of processor, median": _part(processor, 0.5),
        f"{words}, ms of processor, 95 in 100 below": _part(processor, 0.95),
    }


def _change(house: House, person: str, number: int) -> None:
    repositories = house.office.repositories
    head = repositories.heads(person)[MAIN]
    path = "works/work-1/index.md"
    blob = repositories.tree(person, head)[path]
    text = repositories.read(person, [blob.id])[blob.id] + f"\nПравка {number}.\n".encode()
    change = Change(ref=MAIN, expected=head, files={path: text}, message="Changed")
    repositories.commit(person, [change], Author("benchmark"), synthetic.AT)


def _part(seconds: list[float], part: float) -> float:
    """A quantile in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, int(part * len(seconds)))] * 1000
