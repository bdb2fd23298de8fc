"""Write into the demo's verifications what the official saw: the manifest of each item.

    python -m tools.seal_demo_verifications [folder]

Run it after the texts or pictures of the demo were changed. Some verifications are
meant to be void, because their items were edited after they had been seen: those
keep the manifest they have.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from academy.dossier import Dossier
from academy.listener import Card
from academy.verification import SeenFile, Verification
from formats.files import read_file
from formats.items import read_portfolio
from formats.record import VERIFICATION
from formats.yaml_tree import write_yaml

FOLDER = Path(__file__).parents[1] / "portfolios" / "demo"
MEANT_TO_BE_VOID = frozenset({("AL-2026-0011", "sad-dlya-dvuh-shkolnikov")})


def seal(portfolio: Path) -> None:
    """Write the manifests of one listener's verifications."""
    main = files_in(portfolio / "main")
    seen = content_by_item(portfolio.name, main)
    for path in sorted((portfolio / "record" / "verification").glob("*.yml")):
        if (portfolio.name, path.stem) in MEANT_TO_BE_VOID:
            continue
        plain = VERIFICATION.write(replace(_read(path), manifest=seen[path.stem]))
        path.write_text(write_yaml(plain), encoding="utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    """Read a folder as a branch: path to content."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def content_by_item(name: str, main: Mapping[str, bytes]) -> dict[str, tuple[SeenFile, ...]]:
    """Give what belongs to each item that can be read."""
    dossier = Dossier(
        person=name,
        card=Card(
            external_id=name, last_name="-", first_name="-", programme="-", group="-", category="-"
        ),
        portfolio=read_portfolio(main, []),
        files={
            path: SeenFile(path, len(content), sha256(content).hexdigest())
            for path, content in main.items()
        },
    )
    return {item.id: dossier.content_of(item) for item in dossier.portfolio.items()}


def _read(path: Path) -> Verification:
    """Read a verification; without a manifest it stands for one of nothing."""
    content = path.read_bytes().replace(
        b"manifest: []", b'manifest: [{path: "-", size: 0, sha256: "-"}]'
    )
    verification = read_file(VERIFICATION, path.name, {path.name: content}, [])
    if verification is None:
        raise ValueError(f"{path} cannot be read.")
    return verification


def main(folder: Path = FOLDER) -> int:
    """Seal every portfolio of the demo."""
    for portfolio in sorted(folder.glob("AL-*")):
        seal(portfolio)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
