"""Folders of repositories: they appear whole, disappear at once, and have one writer at a time.

What is being made or taken away has a name with a leading dot, which no
repository can have. Whoever makes or takes away one shares the lock of the root;
the sweep wants it alone, so it finds only what the dead have left.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from forge.embedded.layout import lay_out

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_ENDING = ".git"
_UNFINISHED = ".unfinished-"


def is_name(text: str) -> bool:
    """Tell whether `text` may name a repository: 1 to 63 of `a-z`, `0-9` and `-`."""
    return _NAME.fullmatch(text) is not None


def folder_of(root: Path, name: str) -> Path:
    """Give the folder of a repository."""
    return root / f"{name}{_ENDING}"


def repository_names(root: Path) -> tuple[str, ...]:
    """Give the names of the repositories below a root, sorted; anything else there is no matter."""
    with os.scandir(root) as entries:
        folders = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    names = (name.removesuffix(_ENDING) for name in folders if name.endswith(_ENDING))
    return tuple(sorted(name for name in names if is_name(name) and is_repository(root, name)))


def is_repository(root: Path, name: str) -> bool:
    """Tell whether there is a repository of this name."""
    return is_name(name) and os.path.isfile(f"{root}/{name}{_ENDING}/HEAD")  # noqa: PTH113 - asked for each of thousands at a look


@contextmanager
def appearing(root: Path, name: str) -> Iterator[Path]:
    """Give a temporary folder; it gets its place when the block ends well, else it is deleted.

    Raises `FileExistsError` when the place is taken.
    """
    place = folder_of(root, name)
    with locked(root, fcntl.LOCK_SH):
        if place.exists():
            raise FileExistsError(f"There is a repository {name} already.")
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
        try:
            yield unfinished
            _sync_below(unfinished)
            _move(unfinished, place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        sync(root)


@contextmanager
def incoming(root: Path, repository: Path) -> Iterator[Path]:
    """Give a passing repository that sees all objects of another one and keeps new ones apart.

    What is not moved over from it is gone when the block ends.
    """
    with locked(root, fcntl.LOCK_SH):
        place = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
        try:
            lay_out(place)
            objects = repository.absolute() / "objects"
            (place / "objects/info/alternates").write_text(f"{objects}\n", encoding="utf-8")
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def disappear(root: Path, name: str) -> None:
    """Delete the folder of a repository: at once for everyone who looks, then byte by byte."""
    with locked(root, fcntl.LOCK_SH), writing(folder_of(root, name)):
        doomed = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root)) / "repository"
        folder_of(root, name).rename(doomed)
        sync(root)
        shutil.rmtree(doomed.parent)
        sync(root)


def sweep(root: Path) -> None:
    """Delete what killed processes have left, unless somebody is at work just now."""
    with suppress(BlockingIOError), locked(root, fcntl.LOCK_EX | fcntl.LOCK_NB):
        for leftover in root.glob(f"{_UNFINISHED}*"):
            # A Git process may outlive the one that started it by a moment: then the next
            # sweep takes the rest.
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def writing(repository: Path) -> Iterator[None]:
    """Hold a repository for one writer of ours at a time.

    Git's own locks would do, but whoever loses there has done all the work.
    Raises `FileNotFoundError` when there is no repository.
    """
    with locked(repository, fcntl.LOCK_EX):
        yield


@contextmanager
def locked(folder: Path, how: int) -> Iterator[None]:
    """Hold a folder, against threads and processes alike; the lock dies with its owner."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_below(folder: Path) -> None:
    """Wait until everything below a folder is on disk."""
    for place, _, files in os.walk(folder):
        for file in files:
            sync(Path(place, file))
        sync(Path(place))


def _move(unfinished: Path, place: Path) -> None:
    """Give a finished folder its place."""
    try:
        unfinished.rename(place)
    except OSError as error:
        if place.exists():
            raise FileExistsError(f"{place.name} was made by somebody else.") from error
        raise
