"""Commits written one after the other, each knowing the ids of those before it.

One `git fast-import` process takes them all and writes one pack. It shows none of
them in a ref: that is for `transaction.py`, when the pack is on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from forge.embedded.intents import NOTHING
from forge.embedded.process import dictation
from forge.embedded.stream import data, files, person
from forge.embedded.writing import check_files, check_signature
from forge.port import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A commit to write.

    It begins with `tree` (an id), else with the tree of its first parent, else
    with nothing; then come the files: path to bytes, or to None to delete.
    """

    author: Author
    at: datetime
    message: str
    parents: tuple[str, ...] = ()
    tree: str | None = None
    files: Mapping[str, bytes | None] = field(default_factory=dict)


class Pen:
    """Writes commits. Their ids are known at once; they are on disk when the block ends."""

    def __init__(self, told: BinaryIO, answers: BinaryIO) -> None:
        self._told, self._answers = told, answers
        self._marks: dict[str, str] = {}

    def write(self, leaf: Leaf) -> str:
        """Write a commit and give its id. Raises `ValueError` for what must not be written."""
        check_signature(leaf.author, leaf.at)
        check_files(leaf.files)
        if "\0" in leaf.message:
            raise ValueError("The message of a commit must not hold a NUL.")
        mark = f":{len(self._marks) + 1}"
        for part in self._commands(leaf, mark):
            self._told.write(part)
        self._told.flush()
        answer = self._answers.readline().decode("ascii").strip()
        if len(answer) != len(NOTHING):
            raise EOFError
        self._marks[answer] = mark
        return answer

    def _commands(self, leaf: Leaf, mark: str) -> Iterator[bytes]:
        """Give the commands for one commit; its branch is forgotten again at once.

        A parent that was written before is named by its mark: it cannot be read yet.
        """
        branch, actor = f"refs/import/{mark[1:]}", person(leaf.author, leaf.at)
        yield f"commit {branch}\nmark {mark}\n".encode()
        yield f"author {actor}\ncommitter {actor}\n".encode()
        yield data(leaf.message.encode())
        for number, parent in enumerate(leaf.parents):
            word = "merge" if number else "from"
            yield f"{word} {self._marks.get(parent, parent)}\n".encode()
        if leaf.tree is not None:
            yield f'M 040000 {leaf.tree} ""\n'.encode()
        yield from files(leaf.files)
        yield f"\nget-mark {mark}\nreset {branch}\nfrom {NOTHING}\n\n".encode()


@contextmanager
def writing_commits(repository: Path, *, loose: bool = False) -> Iterator[Pen]:
    """Take a pen; what it wrote is on disk when the block has ended well.

    With `loose` a few small objects become files of their own rather than a pack.
    """
    settings = ("-c", "fastimport.unpackLimit=100") if loose else ()
    arguments = (*settings, "fast-import", "--quiet", "--done")
    with dictation(repository, *arguments) as (told, answers):
        yield Pen(told, answers)
        told.write(b"done\n")
        told.flush()
