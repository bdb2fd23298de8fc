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
    """A literal replacement: in an asset of this name, or in every page for `*`."""

    name: str
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
    found: dict[str, bytes] = {}
    material = Path(str(package_files("material"))) / "templates" / "assets"
    for root in (material, custom_dir / "assets"):
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix != ".map":
                found[file.relative_to(root).as_posix()] = _changed(file)
    return found


def _changed(file: Path) -> bytes:
    content = file.read_bytes()
    for one in replacements():
        if one.name != "*" and file.match(one.name):
            content = content.replace(one.before.encode(), one.after.encode())
    return content
