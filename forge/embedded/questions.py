"""Questions to one `git cat-file` process, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from forge.embedded.process import GitFailedError, conversation

# Questions of one turn. They have to fit into the smallest pipe (a page), because
# Git may begin to answer before it has read the last of them.
_TURN = 64


@dataclass(frozen=True, slots=True)
class Questions:
    """A process that knows the objects of one repository."""

    asked: BinaryIO
    answers: BinaryIO

    def sizes(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Give the size of each object. Raises `KeyError` for one that is not there."""
        for turn in self._turns("info", names):
            for name in turn:
                yield name, self._header(name)[1]

    def contents(self, names: Iterable[str], kind: str) -> Iterator[tuple[str, bytes]]:
        """Give the content of each object. Raises `KeyError` for one that is not of this kind."""
        for turn in self._turns("contents", names):
            for name in turn:
                found, size = self._header(name)
                if found != kind:
                    raise KeyError(name)
                yield name, self._exactly(size)
                self._exactly(1)

    def _turns(self, command: str, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Ask about the names, a turn at a time; the answers have to be read before the next."""
        rest = tuple(names)
        for start in range(0, len(rest), _TURN):
            turn = rest[start : start + _TURN]
            lines = "".join(f"{command} {name}\n" for name in turn)
            # A process that has died is noticed where its answer is missing.
            with suppress(BrokenPipeError):
                self.asked.write(f"{lines}flush\n".encode("ascii"))
                self.asked.flush()
            yield turn

    def _header(self, name: str) -> tuple[str, int]:
        """Read the first line of an answer: the kind of the object and its size."""
        words = self.answers.readline().split()
        if not words:
            raise GitFailedError(f"git cat-file ended before it answered about {name}.")
        if len(words) != 3:
            raise KeyError(name)
        return words[1].decode("ascii"), int(words[2])

    def _exactly(self, size: int) -> bytes:
        """Read so many bytes of an answer."""
        content = self.answers.read(size)
        if len(content) != size:
            raise GitFailedError("git cat-file ended in the middle of an answer.")
        return content


@contextmanager
def questions(repository: Path) -> Iterator[Questions]:
    """Open a process for questions about the objects of a repository."""
    arguments = ("cat-file", "--batch-command", "--buffer")
    with conversation(repository, *arguments) as (asked, answers):
        yield Questions(asked, answers)
