"""The stream that `git fast-import` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from forge.port import Author, Change

_NOTHING = "0" * 40


def import_stream(changes: Sequence[Change], author: Author, at: datetime) -> bytes:
    """Give the stream that writes a commit for each change and shows none of them in a ref.

    For each change fast-import answers with lines: the new commit, its tree, and
    the tree of the expected commit if there is one. Paths, refs and the author
    have to be checked before: fast-import takes anything.
    """
    parts: list[bytes] = []
    for number, change in enumerate(changes, start=1):
        parts.extend(_commit(number, change, person(author, at)))
    parts.append(b"done\n")
    return b"".join(parts)


def _commit(number: int, change: Change, actor: str) -> Iterator[bytes]:
    """Give the commands for one change.

    The branch that fast-import wants is reset to nothing at the end, so it never
    becomes a ref on disk and cannot be left behind.
    """
    branch = f"refs/import/{number}"
    yield f"commit {branch}\nmark :{number}\nauthor {actor}\ncommitter {actor}\n".encode()
    yield data(change.message.encode())
    if change.expected is not None:
        yield f"from {change.expected}\n".encode()
    if change.replace:
        yield b"deleteall\n"
    yield from files(change.files)
    yield f'\nget-mark :{number}\nls :{number} ""\n'.encode()
    if change.expected is not None:
        yield f'ls {change.expected} ""\n'.encode()
    yield f"reset {branch}\nfrom {_NOTHING}\n\n".encode()


def files(changed: Mapping[str, bytes | None]) -> Iterator[bytes]:
    """Give the commands for files; deletions first, so a file may become a folder."""
    for path, content in sorted(changed.items()):
        if content is None:
            yield f"D {path}\n".encode()
    for path, content in sorted(changed.items()):
        if content is not None:
            yield f"M 100644 inline {path}\n".encode()
            yield data(content)


def data(content: bytes) -> bytes:
    """Give the command that carries bytes of any kind."""
    return b"data %d\n%b\n" % (len(content), content)


def person(author: Author, at: datetime) -> str:
    """Give the author of a commit: a pseudonymous id, an address that nobody has, a moment."""
    offset = at.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    return f"{author.id} <{author.id}@cabinet.invalid> {int(at.timestamp())} {zone}"
