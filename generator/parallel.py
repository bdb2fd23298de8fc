"""Building many listeners over the cores of the machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime

from generator.building import Builder
from generator.outcome import Outcome

LetGo = Callable[[], None]
"""Closes what no two processes may share, databases and threads; it opens by itself again."""

_BATCH = 8

_builder: Builder


def build_all(
    people: Sequence[str],
    at: datetime,
    builder: Builder,
    let_go: LetGo,
    jobs: int,
    *,
    anew: bool = False,
) -> Iterator[Outcome]:
    """Build `people` in `jobs` processes, and give each outcome as it comes.

    What still holds is found here by `builder`, without starting a process for it.
    """
    todo = []
    for person in people:
        unchanged = None if anew else builder.unchanged(person, at)
        if unchanged is None:
            todo.append(person)
        else:
            yield unchanged
    if jobs <= 1 or len(todo) < 2 * _BATCH:
        yield from (builder.build(person, at, anew=anew) for person in todo)
        return
    # What the first one makes warm, templates above all, every process inherits.
    yield builder.build(todo[0], at, anew=anew)
    yield from _in_processes(todo[1:], at, builder, let_go, jobs, anew=anew)


def _in_processes(
    people: Sequence[str], at: datetime, builder: Builder, let_go: LetGo, jobs: int, *, anew: bool
) -> Iterator[Outcome]:
    global _builder  # noqa: PLW0603 - where processes that split off find it
    _builder = builder
    let_go()
    context = multiprocessing.get_context("fork")
    batches = iter([people[n : n + _BATCH] for n in range(0, len(people), _BATCH)])
    with ProcessPoolExecutor(jobs, context) as pool:
        running: set[Future[list[Outcome]]] = set()
        for batch in batches:
            running.add(pool.submit(_build_batch, batch, at, anew))
            # Only as much is queued as keeps every core busy, so memory does not grow.
            if len(running) >= 2 * jobs:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
        for future in running:
            yield from future.result()


def _build_batch(people: Sequence[str], at: datetime, anew: bool) -> list[Outcome]:
    return [_builder.build(person, at, anew=anew) for person in people]
