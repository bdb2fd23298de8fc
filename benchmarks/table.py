"""Measurements as tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from benchmarks.measuring import Cost

SITES = 3
"""Sites a listener: the owner's, that of those responsible, that of participants."""


class Measured(Protocol):
    """A line: what so many listeners cost, and what was written for one."""

    @property
    def name(self) -> str:
        """What was measured."""

    @property
    def cost(self) -> Cost:
        """What it cost."""

    @property
    def listeners(self) -> int:
        """How many listeners."""

    @property
    def files(self) -> float:
        """How many files were written for one."""

    @property
    def bytes(self) -> float:
        """How many bytes were written for one."""


def table(rows: Sequence[Measured]) -> str:
    """Each row against the last one of stock MkDocs above it."""
    lines = [
        "| | sites a second | ms a site | times stock | peak MB | files written | MB written |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    stock = 0.0
    for row in rows:
        processor = row.cost.processor / row.listeners / SITES
        if row.name.startswith("stock"):
            stock = processor
        clock = row.cost.clock / row.listeners / SITES
        times = (
            f"{stock / processor:.0f}" if stock / processor >= 20 else f"{stock / processor:.1f}"
        )
        files = f"{row.files:.0f}" if row.files else ""
        size = f"{row.bytes / 1e6:.2f}" if row.bytes else ""
        lines.append(
            f"| {row.name} | {1 / clock:.1f} | {processor * 1000:.1f} | {times}"
            f" | {row.cost.peak:.0f} | {files} | {size} |"
        )
    return "\n".join(lines)


def scale_table(scale: Sequence[tuple[int, int, Cost]]) -> str:
    """What one more listener costs as the academy grows."""
    lines = [
        "| listeners | of them new | ms of processor a new listener | s by the clock | peak MB |",
        "|---:|---:|---:|---:|---:|",
    ]
    for size, built, cost in scale:
        each = cost.processor / built * 1000
        lines.append(f"| {size:,} | {built:,} | {each:.0f} | {cost.clock:.0f} | {cost.peak:.0f} |")
    return "\n".join(lines)


def numbers_table(numbers: Mapping[str, float]) -> str:
    """Single numbers, each with what it is."""
    return "\n".join(
        ["| | |", "|---|---:|", *(f"| {words} | {one:.3g} |" for words, one in numbers.items())]
    )
