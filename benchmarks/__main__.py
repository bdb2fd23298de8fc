"""Everything that is measured, part by part; `make bench` runs it.

    python -m benchmarks [--quick] [--part NAME]... [--into FOLDER]

Each part is printed when it is done and written to `results.md` and `results.json`, beside
what other parts have written there before.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.building import with_pictures, without_pictures
from benchmarks.growth import growth
from benchmarks.proxy import pages
from benchmarks.publishing import publishing
from benchmarks.reporting import Told, tell
from cabinet.settings import PROGRAM, cores

PARTS: dict[str, tuple[str, Callable[..., Told]]] = {
    "sites": ("Building, without pictures", without_pictures),
    "pictures": ("Building, with three pictures a listener", with_pictures),
    "publishing": ("Publishing and overviews", publishing),
    "pages": ("Handing out pages", pages),
    "growth": ("An academy that grows", growth),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a first impression in some minutes")
    parser.add_argument("--part", action="append", choices=PARTS, help="one part; all without")
    parser.add_argument("--into", type=Path, help="the folder for the results")
    chosen = parser.parse_args(arguments)
    into = chosen.into or PROGRAM / "build" / ("bench-quick" if chosen.quick else "bench")
    into.mkdir(parents=True, exist_ok=True)
    for name in chosen.part or PARTS:
        print(measure(name, into, quick=chosen.quick), flush=True)
    tell(f"done; all of it is in {into}")


def measure(name: str, into: Path, *, quick: bool) -> str:
    """Measure one part and write it down; gives its section of the report."""
    title, part = PARTS[name]
    begun, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        told = part(Path(folder), quick=quick)
    found = _found(into / "results.json")
    found[name] = {
        "text": told.text,
        "data": told.data,
        "seconds": round(time.monotonic() - begun),
        "load_before": round(load, 1),
        "machine": f"{cores()} cores, {platform.machine()}, Python {platform.python_version()}",
    }
    (into / "results.json").write_text(
        json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    sections = [_section(PARTS[one][0], found[one]) for one in PARTS if one in found]
    (into / "results.md").write_text("\n".join(sections), encoding="utf-8")
    return _section(title, found[name])


def _found(file: Path) -> dict[str, Any]:
    """What was measured before."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _section(title: str, part: dict[str, Any]) -> str:
    minutes, seconds = divmod(part["seconds"], 60)
    told = f"{part['machine']}; load before {part['load_before']}; {minutes} min {seconds} s."
    return f"## {title}\n\n{told}\n\n{part['text']}\n"


if __name__ == "__main__":
    main()
