"""Git processes: the only module that imports GitPython.

Every operation has its own `Git` object, because a shared one hangs between
threads. The commands get the repository and the settings through their
environment, so neither the machine's configuration nor a stray `GIT_DIR`
reaches them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from types import MappingProxyType
from typing import BinaryIO

# GitPython refuses to be imported when Git is missing, before we could say so in words.
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

from git import Git, GitCommandError, GitCommandNotFound

_MISSING = "Git is not installed: install Git 2.38 or newer."

_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
    "GIT_DEFAULT_HASH": "sha1",
    "GIT_NAMESPACE": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
}


class GitUnusableError(Exception):
    """Git is missing: the environment has to be mended before anything works."""


class GitFailedError(Exception):
    """A Git command failed though it should not have: our own fault, or a damaged repository."""


def run(
    repository: Path, *arguments: str, given: bytes = b"", source: BinaryIO | int = PIPE
) -> bytes:
    """Run one Git command on a repository, give it its input, and give back its output.

    A `source` is an open file that the command reads itself, from where it stands.
    Raises `GitFailedError` with the words of Git when it fails.
    """
    process = _start(repository, arguments, source=source)
    output, complaint = process.communicate(given)
    if process.returncode != 0:
        raise _failure(repository, arguments, complaint)
    return bytes(output)


def attempt(repository: Path, *arguments: str) -> tuple[int, bytes]:
    """Run a Git command whose ending is an answer: give its code and its output.

    Raises `GitFailedError` for what is no answer: a code above 1.
    """
    process = _start(repository, arguments)
    output, complaint = process.communicate(b"")
    if process.returncode not in {0, 1}:
        raise _failure(repository, arguments, complaint)
    return process.returncode, bytes(output)


@contextmanager
def dictation(repository: Path, *arguments: str) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Start a Git command that writes what it is told: its input and its output.

    When the block ends well, so has the command, else `GitFailedError` is
    raised; when the block fails, the command is stopped and writes nothing.
    """
    process = _start(repository, arguments)
    try:
        yield process.stdin, process.stdout
    except BaseException as error:
        process.terminate()
        complaint = process.stderr.read()
        process.communicate()
        if isinstance(error, BrokenPipeError | EOFError):
            raise _failure(repository, arguments, complaint) from error
        raise
    _, complaint = process.communicate()
    if process.returncode != 0:
        raise _failure(repository, arguments, complaint)


@contextmanager
def conversation(
    repository: Path, *arguments: str, protocol: str = ""
) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Start a Git command that is asked and answers in turns: its input and its output.

    `protocol` is the version that a client on the network asks for.
    """
    process = _start(repository, arguments, {"GIT_PROTOCOL": protocol})
    try:
        yield process.stdin, process.stdout
    finally:
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.stderr.close()
        with suppress(GitCommandError):
            process.wait()


def _failure(
    repository: Path, arguments: tuple[str, ...], complaint: str | bytes
) -> GitFailedError:
    """Give the words of Git as an error of ours."""
    words = complaint if isinstance(complaint, str) else complaint.decode(errors="replace")
    return GitFailedError(f"git {arguments[0]} in {repository.name}: {words.strip()}")


def _start(
    repository: Path,
    arguments: tuple[str, ...],
    more: Mapping[str, str] = MappingProxyType({}),
    source: BinaryIO | int = PIPE,
) -> Git.AutoInterrupt:
    """Start a Git command with pipes at all its ends.

    It runs beside the repository and not in it: a folder that is removed at this
    moment would look as if Git were missing.
    """
    command = ["git", *arguments]
    environment = {**_environment(repository), **more}
    git = Git(str(repository.parent))
    try:
        return git.execute(command, istream=source, as_process=True, env=environment)
    except GitCommandNotFound as error:
        raise GitUnusableError(_MISSING) from error


def _environment(repository: Path) -> dict[str, str]:
    """Give the variables that make Git see this repository and nothing else.

    GitPython always hands on the environment of our own process; what could
    point Git elsewhere cannot be taken out there, so it is overruled. An
    explicit `GIT_DIR` also means that the owner of the folder is not asked for
    (`safe.directory`).
    """
    place = str(repository.absolute())
    overruled = {
        "GIT_OBJECT_DIRECTORY": str(Path(place) / "objects"),
        "GIT_COMMON_DIR": place,
        "GIT_WORK_TREE": place,
        "GIT_INDEX_FILE": str(Path(place) / "index"),
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_SHALLOW_FILE": "",
    }
    leaked = {name: value for name, value in overruled.items() if name in os.environ}
    return {**_SETTINGS, **leaked, "GIT_DIR": place}
