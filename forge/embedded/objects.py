"""Commits, trees and blobs read from Git: the hot reads, behind three functions.

Each of them is one process; `docs/decisions/storage-of-repositories.md` has the
measurements. What somebody has pushed is read as far as it may go: a dozen trees, each
ten times in the next, would make a million million paths. What is asked for are full
ids, so nothing that a person typed can become an option or a second question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha1
from math import inf
from pathlib import Path

from academy.pointer import POINTER_BYTES, read_pointer
from forge.embedded.process import GitFailedError, run
from forge.embedded.questions import Questions, questions
from forge.port import Blob, Snapshot

PUSHED_PATHS = 1_000_000
"""How many characters all paths of a pushed commit may have: twice what the gate takes."""

_ID = re.compile(r"[0-9a-f]{40}")
_FOLDER = "040000"
_SUBMODULE = "160000"


class TreeTooLargeError(Exception):
    """A pushed commit has more files and folders than anybody could want."""


def read_tree(repository: Path, commit: str) -> dict[str, Blob]:
    """Give every file of a commit by its path. Raises `KeyError` when there is no such commit."""
    _check_ids([commit])
    try:
        listing = run(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    except GitFailedError:
        # The question costs a process, so it is asked only now.
        with questions(repository) as asking:
            list(asking.contents([f"{commit}^{{tree}}"], "tree"))
        raise
    return dict(_listed(line) for line in listing.split(b"\0") if line)


def read_pushed_tree(repository: Path, commit: str) -> dict[str, Blob]:
    """Give every file of a commit that somebody has pushed, by its path.

    Raises `TreeTooLargeError` as soon as there is more than any portfolio may have.
    """
    _check_ids([commit])
    with questions(repository) as asking:
        files = _walk(asking, f"{commit}^{{tree}}", PUSHED_PATHS)
        ids = dict.fromkeys(blob for mode, blob in files.values() if mode != _SUBMODULE)
        sizes = dict(asking.sizes(ids))
    return {path: Blob(blob, sizes.get(blob, 0), mode) for path, (mode, blob) in files.items()}


def read_blobs(repository: Path, blobs: Sequence[str]) -> dict[str, bytes]:
    """Give the contents of blobs by their ids. Raises `KeyError` for an id that is no blob."""
    wanted = tuple(dict.fromkeys(blobs))
    _check_ids(wanted)
    if not wanted:
        return {}
    with questions(repository) as asking:
        return dict(asking.contents(wanted, "blob"))


def read_snapshots(repository: Path, commits: Sequence[str], limit: int) -> dict[str, Snapshot]:
    """Give every file of each commit, with its content unless it has more than `limit` bytes.

    All of them are read by one process. Raises `KeyError` when there is no such commit.
    """
    _check_ids(commits)
    with questions(repository) as asking:
        trees = {commit: _walk(asking, f"{commit}^{{tree}}") for commit in commits}
        entries = [entry for files in trees.values() for entry in files.values()]
        ids = dict.fromkeys(blob for mode, blob in entries if mode != _SUBMODULE)
        sizes = dict(asking.sizes(ids))
        small = [blob for blob, size in sizes.items() if size <= limit]
        contents = dict(asking.contents(small, "blob"))
    return {
        commit: {
            path: (Blob(blob, sizes.get(blob, 0), mode), contents.get(blob))
            for path, (mode, blob) in sorted(files.items())
        }
        for commit, files in trees.items()
    }


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that was read: its tree, its message, and its files by their paths."""

    tree: str
    message: str
    files: dict[str, Blob]


def read_commit(repository: Path, commit: str) -> Commit:
    """Read a commit with everything but the contents of its files. Raises `KeyError`."""
    _check_ids([commit])
    with questions(repository) as asking:
        content = dict(asking.contents([commit], "commit"))[commit]
        files = _walk(asking, f"{commit}^{{tree}}")
        sizes = dict(asking.sizes(dict.fromkeys(blob for _, blob in files.values())))
    head, _, message = content.decode("utf-8", "surrogateescape").partition("\n\n")
    return Commit(
        tree=head.partition("\n")[0].removeprefix("tree "),
        message=message,
        files={path: Blob(blob, sizes[blob], mode) for path, (mode, blob) in files.items()},
    )


def tree_id(repository: Path, commit: str) -> str:
    """Give the id of the tree of a commit. Raises `KeyError` when there is none."""
    _check_ids([commit])
    with questions(repository) as asking:
        content = dict(asking.contents([commit], "commit"))[commit]
    return content.partition(b"\n")[0].removeprefix(b"tree ").decode("ascii")


def read_pointers(repository: Path) -> frozenset[str]:
    """Give the ids of all large files that something in the repository points to."""
    only_blobs = ("--objects", "--filter=object:type=blob", "--filter-provided-objects")
    listed = run(repository, "rev-list", "--all", *only_blobs)
    ids = dict.fromkeys(line[:40].decode("ascii") for line in listed.splitlines())
    with questions(repository) as asking:
        small = [blob for blob, size in asking.sizes(ids) if size <= POINTER_BYTES]
        contents = dict(asking.contents(small, "blob"))
    found = (read_pointer(content) for content in contents.values())
    return frozenset(pointer.oid for pointer in found if pointer is not None)


def blob_of(content: bytes) -> Blob:
    """Give what Git calls a plain file of this content."""
    whole = b"blob %d\0%b" % (len(content), content)
    return Blob(sha1(whole, usedforsecurity=False).hexdigest(), len(content), "100644")


def _walk(asking: Questions, root: str, room: float = inf) -> dict[str, tuple[str, str]]:
    """Give the mode and the id of every file below a tree, level by level.

    Raises `TreeTooLargeError` when the paths, those of folders too, have more characters
    than there is `room` for.
    """
    files: dict[str, tuple[str, str]] = {}
    level = {root: [""]}
    while level:
        below: dict[str, list[str]] = {}
        for tree, content in asking.contents(level, "tree"):
            for name, mode, target in _entries(content):
                for prefix in level[tree]:
                    room -= len(prefix) + len(name) + 1
                    if room < 0:
                        raise TreeTooLargeError
                    if mode == _FOLDER:
                        below.setdefault(target, []).append(f"{prefix}{name}/")
                    else:
                        files[f"{prefix}{name}"] = (mode, target)
        level = below
    return files


def _entries(tree: bytes) -> Iterable[tuple[str, str, str]]:
    """Give the name, the mode and the id of every entry of a raw tree object."""
    position = 0
    while position < len(tree):
        space = tree.index(b" ", position)
        end = tree.index(b"\0", space)
        mode = tree[position:space].decode("ascii").zfill(6)
        position = end + 21
        yield _text(tree[space + 1 : end]), mode, tree[end + 1 : position].hex()


def _listed(line: bytes) -> tuple[str, Blob]:
    """Read a line of `git ls-tree -l`: mode, kind, id and size, then the path after a tab."""
    about, _, path = line.partition(b"\t")
    mode, _, blob, size = about.decode("ascii").split()
    return _text(path), Blob(blob, 0 if size == "-" else int(size), mode)


def _text(path: bytes) -> str:
    """Give a path as text; a pushed one that is no UTF-8 stays distinguishable."""
    return path.decode("utf-8", "surrogateescape")


def _check_ids(ids: Iterable[str]) -> None:
    """Raise `ValueError` for what is no full id."""
    for text in ids:
        if not _ID.fullmatch(text):
            raise ValueError(f"{text!r} is no full id of an object.")
