"""The assets of the theme: once for all sites, at an address that changes with their content."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path
from secrets import token_hex


@dataclass(frozen=True, slots=True)
class Replacement:
    """A literal replacement in every page."""

    before: str
    after: str


def replacements() -> tuple[Replacement, ...]:
    """The literal differences between our sites and those of stock MkDocs, from the data file."""
    text = (package_files("generator") / "replacements.toml").read_text(encoding="utf-8")
    return tuple(Replacement(**one) for one in tomllib.loads(text)["replacement"])


@dataclass(frozen=True, slots=True)
class Theme:
    """Assembled assets: the folder they are in and the address they are served at."""

    folder: Path
    digest: str

    @property
    def address(self) -> str:
        """The address, with a slash at the end."""
        return f"/assets/{self.digest}/"


def assemble(custom_dir: Path, target: Path) -> Theme:
    """Put Material's assets and ours into `target/<digest>`, unless they are there already."""
    contents = _contents(custom_dir)
    digest = sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name}\0".encode())
        digest.update(sha256(content).digest())
    theme = Theme(target / digest.hexdigest()[:16], digest.hexdigest()[:16])
    if not theme.folder.is_dir():
        beside = target / f".{theme.digest}.{token_hex(4)}"
        for name, content in contents.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            beside.rename(theme.folder)
        except OSError:
            # Another process has put the same assets in place a moment earlier.
            shutil.rmtree(beside)
    return theme


def _contents(custom_dir: Path) -> dict[str, bytes]:
    """What pages name: Material's sheets, and ours but for the parts a sheet is joined of."""
    material = Path(str(package_files("material"))) / "templates" / "assets"
    ours = custom_dir / "assets"
    found = dict.fromkeys((material / "stylesheets").rglob("*.css"), material)
    found |= {
        file: ours
        for file in ours.rglob("*")
        if file.is_file() and not file.is_relative_to(ours / "cabinet" / "styles")
    }
    return {
        file.relative_to(root).as_posix(): file.read_bytes() for file, root in sorted(found.items())
    }
