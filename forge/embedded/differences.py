"""Which files differ between two commits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from forge.embedded.process import run

_NOTHING = "0" * 40
_KEPT = 4096


class Differences:
    """What differs between commits. Two commits never change, so they are compared once.

    It may be shared by threads: at worst two of them compare the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Mapping[str, tuple[str, str]]] = {}

    def read(self, repository: Path, old: str, new: str) -> Mapping[str, tuple[str, str]]:
        """Give each path that differs, as `changed_blobs` does; both are full ids."""
        key = (repository.name, old, new)
        known = self._known.get(key)
        if known is None:
            known = MappingProxyType(changed_blobs(repository, old, new))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = known
        return known


def changed_blobs(repository: Path, old: str, new: str) -> dict[str, tuple[str, str]]:
    """Give each path that differs, with the ids of both contents; "" where there is no file.

    The commits are full ids, or parents of them (`<id>^1`).
    """
    arguments = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-commit-id", old, new)
    fields = run(repository, *arguments).decode("utf-8", "surrogateescape").split("\0")
    found = {}
    for about, path in zip(fields[0::2], fields[1::2], strict=False):
        ids = about.split()[2:4]
        old_blob, new_blob = ("" if one == _NOTHING else one for one in ids)
        found[path] = (old_blob, new_blob)
    return found
