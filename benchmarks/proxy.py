"""Gated pages per second: ours, ours behind nginx, nginx asking ours, and a plain Starlette app.

Every way checks the session; every one of ours makes a durable record of each access before
the first byte leaves. All are asked in turns, on the same machine as the client: what counts
are the ratios, each within one round. Needs nginx and wrk. `docs/performance.md` says more.
"""

from __future__ import annotations

import re
import subprocess
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.doors import (
    ACCELERATED,
    ASKING,
    ASKING_AS_USUAL,
    Door,
    nginx,
    processor_seconds,
    server,
)
from benchmarks.gated_site import COOKIE, PAGE, PERSON, prepare, signed
from benchmarks.reporting import Told, tell

PLAIN = "Starlette `FileResponse`, signed cookie, no record"
OURS = "ours"
USUAL = "nginx `auth_request` to ours, as usually set up"
KEPT = "nginx `auth_request` to ours, asked once, connections kept"
BEHIND = "ours behind nginx, `X-Accel-Redirect`"


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how often is measured, and by how many clients at once."""

    rounds: int = 7
    seconds: int = 5
    connections: int = 64


QUICK = Effort(rounds=2, seconds=2)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: pages a second, the 99th percentile in milliseconds, processor µs of a page."""

    rate: float
    slow: float
    processor: float


def pages(folder: Path, *, quick: bool) -> Told:
    """Measure in an empty folder."""
    found = measure(folder, QUICK if quick else Effort())
    return Told(table(found), {name: [asdict(run) for run in runs] for name, runs in found.items()})


def measure(home: Path, effort: Effort) -> dict[str, list[Run]]:
    """Every way in turns, in an empty folder."""
    token = prepare(home)
    found: dict[str, list[Run]] = {}
    with ExitStack() as stack:
        doors = {
            PLAIN: server("plain", home),
            OURS: server("alone", home),
            USUAL: nginx(home, "usual", "alone", ASKING_AS_USUAL),
            KEPT: nginx(home, "kept", "alone", ASKING),
            BEHIND: nginx(home, "behind", "accelerated", ACCELERATED),
        }
        opened = {name: stack.enter_context(door) for name, door in doors.items()}
        for number in range(effort.rounds):
            tell(f"pages handed out, round {number + 1} of {effort.rounds}")
            for name, door in opened.items():
                cookie = f"session={signed(token)}" if name == PLAIN else f"{COOKIE}{token}"
                found.setdefault(name, []).append(measured(door, cookie, effort))
    return found


def measured(door: Door, cookie: str, effort: Effort) -> Run:
    """Ask for the page as often as it is given. Raises `SystemExit` for anything but the page."""
    address = f"http://127.0.0.1:{door.port}/c/{PERSON}/"
    before = processor_seconds(door.processes)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{effort.connections}", f"-d{effort.seconds}s", "--latency",
         "-H", f"Cookie: {cookie}", address],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    spent = processor_seconds(door.processes) - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(done.stdout)
    rate = re.search(r"Requests/sec: +([0-9.]+)", done.stdout)
    slow = re.search(r"99% +([0-9.]+)(us|ms|s)", done.stdout)
    sent = re.search(r"([0-9]+) requests in .*, ([0-9.]+)(MB|GB) read", done.stdout)
    if rate is None or slow is None or sent is None:
        raise SystemExit(done.stdout)
    pages = int(sent[1])
    size = float(sent[2]) * {"MB": 2**20, "GB": 2**30}[sent[3]] / pages
    if size < len(PAGE) * 0.95:
        raise SystemExit(f"{size} bytes an answer are no page")
    milliseconds = float(slow[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[slow[2]]
    return Run(float(rate[1]), milliseconds, spent / pages * 1e6)


def table(found: dict[str, list[Run]]) -> str:
    """Medians of the rounds, and medians of the ratios within each."""
    lines = [
        "| way | pages a second | p99, ms | times `FileResponse` | processor µs a page | times |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, runs in found.items():
        pairs = list(zip(runs, found[PLAIN], strict=True))
        lines.append(
            f"| {name} | {median(run.rate for run in runs):,.0f}"
            f" | {median(run.slow for run in runs):.0f}"
            f" | {median(run.rate / plain.rate for run, plain in pairs):.2f}"
            f" | {median(run.processor for run in runs):,.0f}"
            f" | {median(plain.processor / run.processor for run, plain in pairs):.2f} |"
        )
    lines += ["", "Behind nginx, within a round:"]
    for name in (USUAL, KEPT):
        pairs = list(zip(found[BEHIND], found[name], strict=True))
        lines.append(
            f"- {median(run.rate / other.rate for run, other in pairs):.2f} times the pages and"
            f" {median(run.processor / other.processor for run, other in pairs):.2f} times"
            f" the processor of {name}"
        )
    return "\n".join(lines)
