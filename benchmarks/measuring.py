"""What a command costs: processor time, time on the clock, memory, and files written."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of a command and all it started, seconds on the clock, peak in megabytes.

    The peak is that of the largest single process.
    """

    processor: float
    clock: float
    peak: float


def cost_of(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a folder. Raises `RuntimeError` with its words when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    words = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr:
        process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {words.decode(errors='replace')[-2000:]}")
    return Cost(
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - started,
        usage.ru_maxrss / 1024,
    )


def together(costs: Iterable[Cost]) -> Cost:
    """The cost of one command after the other."""
    found = list(costs)
    return Cost(
        sum(one.processor for one in found),
        sum(one.clock for one in found),
        max(one.peak for one in found),
    )


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each number on its own."""
    found = list(costs)
    return Cost(
        median(one.processor for one in found),
        median(one.clock for one in found),
        median(one.peak for one in found),
    )


def written(*folders: Path) -> tuple[int, int]:
    """How many files there are below folders, and how many bytes."""
    sizes = [
        file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file()
    ]
    return len(sizes), sum(sizes)
