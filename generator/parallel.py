"""Building many listeners over the cores of the machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime

from generator.building import Builder
from generator.outcome import Outcome

MakeBuilder = Callable[[], Builder]
"""Makes such a builder in another process, to which it is sent, so it has to be picklable."""

_BATCH = 8

_builder: Builder


def build_all(
    people: Sequence[str],
    at: datetime,
    builder: Builder,
    make: MakeBuilder,
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
    yield from _in_processes(todo, at, make, jobs, anew=anew)


def _in_processes(
    people: Sequence[str], at: datetime, make: MakeBuilder, jobs: int, *, anew: bool
) -> Iterator[Outcome]:
    # Started anew rather than forked: this process may have threads and open databases.
    context = multiprocessing.get_context("spawn")
    batches = iter([people[n : n + _BATCH] for n in range(0, len(people), _BATCH)])
    with ProcessPoolExecutor(jobs, context, _prepare, (make,)) as pool:
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


def _prepare(make: MakeBuilder) -> None:
    global _builder  # noqa: PLW0603 - a worker process has one builder for its life
    _builder = make()


def _build_batch(people: Sequence[str], at: datetime, anew: bool) -> list[Outcome]:
    return [_builder.build(person, at, anew=anew) for person in people]
