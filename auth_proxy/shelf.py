"""Built sites as the door reads them: a path is looked up in a manifest, never on the disk.

A manifest is read again when its file is another one; a request costs one look at
the file. Contents are kept in a bounded part of the memory.
"""

from __future__ import annotations

import os
import re
import stat
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from sites.compressed import COMPRESSED, Compressed, compressed
from sites.manifest import Manifest, Stored
from sites.store import Sites

BUILDS_KEPT = 256
BYTES_KEPT = 64 * 1024 * 1024
LARGEST_KEPT = 1024 * 1024
"""Contents above this are read piece by piece, each time."""

_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC

Key = TypeVar("Key")
Value = TypeVar("Value")
Look = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Build:
    """The sites of one person as they are served now."""

    person: str
    commit: str
    projections: Mapping[str, Mapping[str, Stored]]
    compressed: Compressed


class Shelf:
    """The built sites. Not for use by several threads at once."""

    def __init__(self, sites: Sites, bytes_kept: int = BYTES_KEPT) -> None:
        self.sites = sites
        self._root = str(sites.root)
        self._builds: OrderedDict[str, tuple[Look, Build | None]] = OrderedDict()
        self._contents = Kept[tuple[str, str, str], bytes](bytes_kept)

    def build(self, person: str) -> Build | None:
        """What is served of a person, whose id is one; None when nothing is there to rely on."""
        try:
            found = os.lstat(f"{self._root}/{person}/manifest.json")
        except (FileNotFoundError, NotADirectoryError):
            self._builds.pop(person, None)
            return None
        look = (found.st_ino, found.st_mtime_ns, self._look_at_compressed(person))
        known = self._builds.get(person)
        if known is not None and known[0] == look:
            self._builds.move_to_end(person)
            return known[1]
        build = self._read(person) if stat.S_ISREG(found.st_mode) else None
        self._builds[person] = (look, build)
        if len(self._builds) > BUILDS_KEPT:
            self._builds.popitem(last=False)
        return build

    def content(self, build: Build, stored: Stored, encoding: str = "") -> bytes:
        """A whole content, in an encoding that there is. Raises `OSError` when it is gone."""
        key = (build.person, stored.digest, encoding)
        found = self._contents.get(key)
        if found is None:
            found = self._content(build, stored, encoding)
            self._contents.keep(key, found, len(found))
        return found

    @contextmanager
    def opened(self, person: str, digest: str) -> Iterator[int]:
        """Open the file of a content, following no link on the way: its descriptor."""
        folders: list[int] = []
        try:
            folders.append(os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
            for name in (person, "objects"):
                folders.append(os.open(name, _FOLDER, dir_fd=folders[-1]))
            folders.append(os.open(digest, _FILE, dir_fd=folders[-1]))
            yield folders[-1]
        finally:
            for one in folders:
                os.close(one)

    def _look_at_compressed(self, person: str) -> int:
        try:
            found = os.lstat(f"{self._root}/{person}/{COMPRESSED}")
        except FileNotFoundError:
            return 0
        return found.st_ino ^ found.st_mtime_ns

    def _content(self, build: Build, stored: Stored, encoding: str) -> bytes:
        if encoding:
            try:
                return build.compressed.read(stored.digest, encoding)
            except KeyError as error:
                raise FileNotFoundError(stored.digest) from error
        with self.opened(build.person, stored.digest) as file:
            content = os.pread(file, stored.size + 1, 0)
        if len(content) != stored.size:
            raise FileNotFoundError(stored.digest)
        return content

    def _read(self, person: str) -> Build | None:
        if stat.S_ISLNK(os.lstat(f"{self._root}/{person}").st_mode):
            return None
        manifest = self.sites.manifest(person)
        if manifest is None or not _is_sound(manifest):
            return None
        heads = (manifest.inputs.main, manifest.inputs.record)
        commit = "+".join(head[:12] for head in heads if head)
        return Build(person, commit, manifest.projections, compressed(self.sites, person))


class Kept(Generic[Key, Value]):
    """What was used last, up to a size."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """What is kept under a key."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Keep a value; what has not been used for longest goes."""
        if size > self._size or key in self._values:
            return
        self._values[key] = (value, size)
        self._used += size
        while self._used > self._size:
            _, (_, freed) = self._values.popitem(last=False)
            self._used -= freed


def _is_sound(manifest: Manifest) -> bool:
    return all(
        _DIGEST.fullmatch(stored.digest)
        for files in manifest.projections.values()
        for stored in files.values()
    )
