"""Whether anything has moved since the last look: told by folders, not one ref is read.

Git moves a ref by renaming a file into its folder, and packs refs by renaming one into
the repository, so the folder tells of it whoever has done it: the desk, a push, a command,
or a person with Git at the disk itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from forge.embedded.lives import LIVES
from forge.embedded.refs import HEADS

# The clock of a file system goes by ticks of up to ten milliseconds: what moves twice in one
# looks as if it had moved once. So a folder is believed only when it has been still for longer.
_STILL_FOR_NS = 100_000_000


def stamp(root: Path) -> str | None:
    """Give what differs as soon as a repository, `main`, `record` or a life below a root has moved.

    None while something moves, and a moment after.
    """
    trusted = time.time_ns() - _STILL_FOR_NS
    digest = sha256()
    for name, moved in _folders(os.fspath(root)):
        if moved > trusted:
            return None
        digest.update(f"{name} {moved}\n".encode())
    return digest.hexdigest()


def _folders(root: str) -> Iterator[tuple[str, int]]:
    """Every folder that tells of a move, and when something was renamed into it last."""
    with os.scandir(root) as entries:
        repositories = sorted(one.path for one in entries if one.name.endswith(".git"))
    for repository in repositories:
        for folder in (repository, f"{repository}/{HEADS}", f"{repository}/{LIVES}"):
            yield folder, _moved(folder)
        yield from sorted(_below(f"{repository}/{LIVES}"))


def _below(folder: str) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            yield from [(one.path, _moved(one.path)) for one in entries]
    except FileNotFoundError:
        return


def _moved(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked for thousands of folders a look
    except FileNotFoundError:
        return 0
