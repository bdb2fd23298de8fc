"""What a command costs: processor time, time on the clock, memory, and files written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# To Linux a command is as large as whoever has started it was: this one is small.
_START = """
import os, sys, time
begun = time.monotonic()
nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[nowhere])
_, status, usage = os.wait4(child, 0)
clock = time.monotonic() - begun
print(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


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
    done = subprocess.run(
        (sys.executable, "-I", "-S", "-c", _START, *command),
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace")
        raise RuntimeError(f"{' '.join(command)}: {words[-2000:]}")
    return Cost(*map(float, done.stdout.split()))


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
