"""Reading a listener's repository for a build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from academy.dossier import Dossier
from academy.institution import Academy
from academy.issue import Issue
from forge.port import MAIN, RECORD, Repositories, Snapshot
from formats.dossier import checked_dossier

FILE_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a repository holds at its heads: both trees, the dossier, every mistake found."""

    main: Mapping[str, bytes]
    dossier: Dossier | None
    issues: tuple[Issue, ...]


class Unread(Mapping[str, bytes]):
    """The files of a commit whose names are known; they are read when the first is asked for."""

    def __init__(
        self, repositories: Repositories, person: str, commit: str | None, names: Collection[str]
    ) -> None:
        self._read: Callable[[], Mapping[str, bytes]] = partial(
            _files, repositories, person, commit
        )
        self._names = names
        self._contents: Mapping[str, bytes] | None = None

    def __getitem__(self, name: str) -> bytes:
        """The content of a file."""
        if self._contents is None:
            self._contents = self._read()
        return self._contents[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a file."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """The names of the files."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)


def read_portfolio(
    repositories: Repositories, person: str, heads: Mapping[str, str], academy: Academy
) -> Portfolio:
    """Read a listener's repository at `heads` and check it against the academy's content."""
    wanted = [heads[ref] for ref in (MAIN, RECORD) if ref in heads]
    found = repositories.snapshots(person, wanted, FILE_LIMIT) if wanted else {}
    main, record = (_plain_files(found.get(heads.get(ref, ""), {})) for ref in (MAIN, RECORD))
    return portfolio_of(person, main, record, academy)


def portfolio_of(
    person: str, main: Mapping[str, bytes], record: Mapping[str, bytes], academy: Academy
) -> Portfolio:
    """Read both trees of a listener, path to content, and check them."""
    read = checked_dossier(person, main, record, academy)
    return Portfolio(main, read.dossier, read.issues)


def _files(repositories: Repositories, person: str, commit: str | None) -> dict[str, bytes]:
    if commit is None:
        return {}
    return _plain_files(repositories.snapshot(person, commit, FILE_LIMIT))


def _plain_files(snapshot: Snapshot) -> dict[str, bytes]:
    return {
        path: content
        for path, (blob, content) in snapshot.items()
        # Whatever is no plain file never came through the gate, and never gets onto a site.
        if content is not None and blob.mode == "100644"
    }
