"""Built sites on disk: contents by digest, and one manifest a listener that is switched whole.

`<root>/<person>/objects/<digest>` holds each content once, whatever projections
show it; `<root>/<person>/manifest.json` says which path of which projection is
which content. Renaming a new manifest into place switches all projections of a
listener at one moment. `<root>/<person>/kept/` is what the generator wants to
find again at its next build, `<root>/<person>/ahead/` what was made for it before its
time. Erasing a person is removing one folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from sites.manifest import Manifest, Stored, from_json, to_json

MOST_AHEAD = 60
"""How much is laid ahead for one listener; of more the oldest goes, and is made in its time."""


class Sites:
    """The folder of built sites."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def manifest(self, person: str) -> Manifest | None:
        """The build of a listener that is served now; None when there is none to rely on."""
        try:
            raw = (self.root / person / "manifest.json").read_bytes()
        except FileNotFoundError:
            return None
        try:
            return from_json(person, raw)
        except (ValueError, KeyError, TypeError):
            # An unreadable manifest is as good as none: the next build writes it anew.
            return None

    def people(self) -> tuple[str, ...]:
        """Everyone who has a build."""
        if not self.root.is_dir():
            return ()
        return tuple(
            sorted(one.name for one in self.root.iterdir() if (one / "manifest.json").exists())
        )

    def path_of(self, person: str, stored: Stored) -> Path:
        """The file of a content."""
        return self.root / person / "objects" / stored.digest

    def is_whole(self, manifest: Manifest) -> bool:
        """Tell whether every content of a build is there in its full size."""
        folder = f"{self.root}/{manifest.person}/objects/"
        wanted = {stored.digest: stored.size for stored in manifest.stored()}
        try:
            return all(os.stat(folder + name).st_size == size for name, size in wanted.items())  # noqa: PTH116 - a build of 2,000 listeners that changes nothing is made of these
        except FileNotFoundError:
            return False

    def has(self, person: str, stored: Stored) -> bool:
        """Tell whether a content is there in its full size."""
        try:
            return self._is_full(person, stored)
        except FileNotFoundError:
            return False

    @staticmethod
    def stored_as(sha256_digest: str, size: int) -> Stored:
        """How a content of this SHA-256 (in hex) is stored."""
        return Stored(sha256_digest[:40], size)

    def store(self, person: str, content: bytes) -> Stored:
        """Keep a content; one that is there already costs a look."""
        stored = self.stored_as(sha256(content).hexdigest(), len(content))
        path = self.path_of(person, stored)
        try:
            if path.stat().st_size == stored.size:
                return stored
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        _write_beside(path, content)
        return stored

    def take_in(self, person: str, stored: Stored, source: Path) -> Stored:
        """Keep a content that is a large file already: as a second name of it, if that can be."""
        path = self.path_of(person, stored)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{token_hex(4)}")
        try:
            beside.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, beside)
        beside.replace(path)
        return stored

    def switch(self, manifest: Manifest) -> None:
        """Make a build the one that is served; contents neither it nor the last one need go."""
        before = self.manifest(manifest.person)
        folder = self.root / manifest.person
        folder.mkdir(parents=True, exist_ok=True)
        _write_beside(folder / "manifest.json", to_json(manifest))
        self._sweep(manifest, before)
        if not manifest.projections:
            shutil.rmtree(folder / "ahead", ignore_errors=True)

    def kept(self, person: str, name: str) -> bytes | None:
        """Something kept for the next build of a person; None when it is not there."""
        try:
            return (self.root / person / "kept" / quote(name, safe="")).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, person: str, contents: Mapping[str, bytes | None]) -> None:
        """Keep these for the next build, and no others; None leaves one as it is."""
        folder = self.root / person / "kept"
        folder.mkdir(parents=True, exist_ok=True)
        names = {quote(name, safe=""): content for name, content in contents.items()}
        for name, content in names.items():
            if content is not None:
                _write_beside(folder / name, content)
        for file in folder.iterdir():
            if file.name not in names:
                file.unlink(missing_ok=True)

    def lay_ahead(self, person: str, name: str, content: bytes) -> None:
        """Lay something ready for a build to come; nothing for who has no sites, or no longer."""
        folder = self.root / person / "ahead"
        with suppress(FileNotFoundError):
            folder.mkdir(exist_ok=True)
            _write_beside(folder / name, content)
            files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
            for file in files[:-MOST_AHEAD]:
                file.unlink()

    def is_ahead(self, person: str, name: str) -> bool:
        """Tell whether something is laid ready."""
        return (self.root / person / "ahead" / name).exists()

    def take_ahead(self, person: str, name: str) -> bytes | None:
        """Take what was laid ready, for good; None when it is not there."""
        file = self.root / person / "ahead" / name
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return None
        file.unlink(missing_ok=True)
        return content

    def remove(self, person: str) -> None:
        """Delete everything that was built for a person."""
        shutil.rmtree(self.root / person, ignore_errors=True)

    def _is_full(self, person: str, stored: Stored) -> bool:
        place = f"{self.root}/{person}/objects/{stored.digest}"
        return os.stat(place).st_size == stored.size  # noqa: PTH116 - asked for each file of each site

    def _sweep(self, manifest: Manifest, before: Manifest | None) -> None:
        # A reader may have looked a content up a moment ago, so the last build's stay for now.
        kept = {
            stored.digest
            for one in (manifest, before)
            if one is not None
            for stored in one.stored()
        }
        objects = self.root / manifest.person / "objects"
        if objects.is_dir():
            for file in objects.iterdir():
                if file.name not in kept:
                    file.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside, and then renamed into place."""
    beside = f"{path.parent}/.{path.name}.{token_hex(4)}"
    with open(beside, "wb") as file:  # noqa: PTH123 - written a million times a build
        file.write(content)
    os.replace(beside, path)  # noqa: PTH105 - as above
