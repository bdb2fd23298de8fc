"""Bare repositories on a disk of our own: `<root>/<name>.git`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from forge.embedded import folders
from forge.embedded.intents import cut_off
from forge.embedded.layout import lay_out
from forge.embedded.objects import read_blobs, read_pointers, read_snapshots, read_tree
from forge.embedded.process import GitFailedError, run
from forge.embedded.refs import read_heads
from forge.embedded.stillness import stamp
from forge.embedded.transaction import finish
from forge.embedded.writing import check_changes, write
from forge.large.own import OwnLargeFiles
from forge.large.store import LargeFiles
from forge.port import Author, Blob, Change, RepositoryMissingError, Snapshot, StaleHeadError

_PACKS_WORTH_A_TIDY = 20
# Loose objects lie in 256 folders by their ids, evenly: one folder tells of all.
_LOOSE_IN_A_FOLDER_WORTH_A_TIDY = 4


class EmbeddedForge:
    """The forge that is part of the program. It may be shared by threads, and by processes."""

    def __init__(self, root: Path, large_files: LargeFiles | None = None) -> None:
        """Take the folder of the repositories; make it, and sweep it, if need be.

        Without `large_files` there are none, and no pointer to any is let in.
        """
        self._root = root.absolute()
        self._large_files = large_files
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders.sweep(self._root)
        for folder in cut_off(self._root):
            with suppress(FileNotFoundError), folders.writing(folder):
                finish(folder)

    def names(self) -> tuple[str, ...]:
        """Every repository, sorted."""
        return folders.repository_names(self._root)

    def stamp(self) -> str | None:
        """What differs as soon as a repository, `main`, `record` or a merge request has moved."""
        return stamp(self._root)

    def folder(self, name: str) -> Path:
        """The folder of a repository, for whoever serves Git over HTTP.

        Raises `RepositoryMissingError`.
        """
        if not folders.is_repository(self._root, name):
            raise RepositoryMissingError(name)
        return folders.folder_of(self._root, name)

    def create(self, name: str, changes: Sequence[Change], author: Author, at: datetime) -> None:
        """Create a repository with its first commits; it appears whole or not at all.

        Raises `FileExistsError` when there is one already, and `ValueError` for a
        name, a path or an author that must not be.
        """
        if not folders.is_name(name):
            raise ValueError(f"{name!r} cannot be the name of a repository.")
        check_changes(changes, author, at)
        with folders.appearing(self._root, name) as folder:
            lay_out(folder)
            write(folder, changes, author, at)

    def heads(self, name: str) -> Mapping[str, str]:
        """Every ref below `refs/heads/` with the commit it is at.

        Raises `RepositoryMissingError`.
        """
        if not folders.is_name(name):
            raise RepositoryMissingError(name)
        try:
            return read_heads(folders.folder_of(self._root, name))
        except FileNotFoundError as error:
            raise RepositoryMissingError(name) from error

    def tree(self, name: str, commit: str) -> Mapping[str, Blob]:
        """Every file of a commit by its path.

        Raises `RepositoryMissingError`, and `KeyError` when there is no such commit.
        """
        with self.present(name) as folder:
            return read_tree(folder, commit)

    def read(self, name: str, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """The contents of blobs by their ids.

        Raises `RepositoryMissingError`, and `KeyError` for an id that is no blob.
        """
        with self.present(name) as folder:
            return read_blobs(folder, blobs)

    def snapshot(self, name: str, commit: str, limit: int) -> Snapshot:
        """Every file of a commit, with its content unless it has more than `limit` bytes.

        Raises `RepositoryMissingError`, and `KeyError` when there is no such commit.
        """
        return self.snapshots(name, [commit], limit)[commit]

    def snapshots(self, name: str, commits: Sequence[str], limit: int) -> Mapping[str, Snapshot]:
        """The same of several commits, read by one process: commit to its files."""
        with self.present(name) as folder:
            return read_snapshots(folder, commits, limit)

    def resolve(self, name: str, text: str) -> str | None:
        """The commit that a person means by `text`, or None.

        Raises `RepositoryMissingError`.
        """
        if not text.isprintable() or not 0 < len(text) <= 200:
            return None
        arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{text}^{{commit}}")
        with self.present(name) as folder:
            try:
                answer = run(folder, *arguments).decode("ascii").strip()
            except GitFailedError:
                self.folder(name)
                return None
        # An excluding revision (`^main`) is answered with the sign in front.
        return answer if len(answer) == 40 else None

    def commit(
        self, name: str, changes: Sequence[Change], author: Author, at: datetime
    ) -> Mapping[str, str]:
        """Commit to one or several branches: all of them move, or none.

        A file takes the place of a folder of the same name. Raises `StaleHeadError`
        when a branch is not where it was expected, `RepositoryMissingError`, and
        `ValueError` for a path or an author that must not be.
        """
        check_changes(changes, author, at)
        with self.held(name) as folder:
            return write(folder, changes, author, at)

    def remove(self, name: str) -> None:
        """Delete a repository for good (erasure of one person).

        Its large files go first. Raises `RepositoryMissingError`.
        """
        with self.present(name):
            if self._large_files is not None:
                self._large_files.remove(name)
            folders.disappear(self._root, name)

    def large_file(self, name: str, oid: str) -> Path | None:
        """Where a large file of a repository's owner is, or None."""
        if self._large_files is None or self._large_files.glimpse(name, oid) is None:
            return None
        return self._large_files.path(name, oid)

    def large_of(self, name: str) -> OwnLargeFiles:
        """The large files of a repository's owner."""
        return OwnLargeFiles(self._large_files, name)

    @contextmanager
    def incoming(self, name: str) -> Iterator[Path]:
        """A passing repository for what is pushed into another one, seen by nobody yet.

        Raises `RepositoryMissingError`.
        """
        with self.present(name) as folder, folders.incoming(self._root, folder) as place:
            yield place

    def tidy(self, name: str) -> bool:
        """Pack what many commits have left, when it is worth it; tell whether it was.

        Large files that nothing points to any more go too, a week later. Reads and
        commits go on meanwhile. Raises `RepositoryMissingError`.
        """
        with self.present(name) as folder:
            if self._large_files is not None and self._large_files.used(name):
                self._large_files.sweep(name, read_pointers(folder))
            packs = len(list(folder.glob("objects/pack/*.pack")))
            loose = len(list(folder.glob("objects/17/*")))
            if packs < _PACKS_WORTH_A_TIDY and loose < _LOOSE_IN_A_FOLDER_WORTH_A_TIDY:
                return False
            run(folder, "-c", "gc.packRefs=false", "gc", "--quiet")
            # Packing refs takes their locks, which only who holds the repository may do.
            with folders.writing(folder):
                run(folder, "pack-refs", "--all", "--prune")
            return True

    @contextmanager
    def held(self, name: str) -> Iterator[Path]:
        """Hold a repository for one writer; what another was cut off in is finished first.

        Raises `RepositoryMissingError`.
        """
        with self.present(name) as folder, folders.writing(folder):
            finish(folder)
            yield folder

    @contextmanager
    def present(self, name: str) -> Iterator[Path]:
        """Give the folder of a repository; say so when it is gone, also in the middle of work."""
        folder = self.folder(name)
        try:
            yield folder
        except (GitFailedError, StaleHeadError, LookupError, FileNotFoundError) as error:
            if not folder.is_dir():
                raise RepositoryMissingError(name) from error
            raise
