"""Which files differ between two commits."""

from __future__ import annotations

from pathlib import Path

from forge.embedded.process import run

_NOTHING = "0" * 40


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
