"""Delivering a built site: a path is looked up in a manifest, never on the disk."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from sites.manifest import Manifest
from sites.store import Sites

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_SHOWN = frozenset({".css", ".html", ".js", ".json", ".svg", ".woff2"})
_PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to deliver: where its content is, its type, and whether it is shown or saved."""

    file: Path
    digest: str
    size: int
    media_type: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The address lacks the slash at its end."""


def find(sites: Sites, manifest: Manifest, projection: str, path: str) -> Found | Moved | None:
    """Find a path of a projection; None for what is not there, exactly as for what must not be."""
    files = manifest.projections.get(projection)
    if files is None:
        return None
    name = f"{path}index.html" if not path or path.endswith("/") else path
    stored = files.get(name)
    if stored is None:
        return Moved() if f"{path}/index.html" in files and not path.endswith("/") else None
    ending = Path(name).suffix.lower()
    return Found(
        sites.path_of(manifest.person, stored),
        stored.digest,
        stored.size,
        media_type(name),
        ending in _SHOWN or ending in _PICTURES,
    )


def media_type(name: str) -> str:
    """The type of a file by the ending of its name; unknown ones are bytes."""
    ending = Path(name).suffix.lower()
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
