"""What the rest of the program may ask of a forge: repositories and drafts.

Everything that needs repositories knows these Protocols only, and that of
`forge/merge_requests.py`, so another forge can stand in the place of the embedded one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from academy.issue import Issue

MAIN = "refs/heads/main"
RECORD = "refs/heads/record"


class StaleHeadError(Exception):
    """A ref had moved on: read again, decide again, write again."""


class RepositoryMissingError(Exception):
    """There is no repository of this name."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in a tree: the id of its content, its size in bytes and its mode (`100644`)."""

    id: str
    size: int
    mode: str


Snapshot = Mapping[str, tuple[Blob, bytes | None]]
"""The files of a commit by their paths; the content of one that is too large is None."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acted: a pseudonymous id, never a name (152-FZ)."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """New content for one branch: path to bytes, or to None to delete.

    `expected` is the commit the branch has to be at; None means it must not exist yet.
    With `replace` the tree holds nothing but these files.
    """

    ref: str
    expected: str | None
    files: Mapping[str, bytes | None]
    message: str
    replace: bool = False


class Repositories(Protocol):
    """Storage of repositories. Ids are 40-hex strings, paths use `/`, moments have a time zone."""

    def names(self) -> tuple[str, ...]:
        """Every repository, sorted."""

    def stamp(self) -> str | None:
        """What differs as soon as a repository, `main`, `record` or a merge request has moved.

        It costs less than a look at every repository. None when nothing can be told now.
        """

    def create(self, name: str, changes: Sequence[Change], author: Author, at: datetime) -> None:
        """Create a repository with its first commits; it appears whole or not at all.

        Raises `FileExistsError` when there is one already.
        """

    def heads(self, name: str) -> Mapping[str, str]:
        """Every ref below `refs/heads/` with the commit it is at.

        Raises `RepositoryMissingError`.
        """

    def tree(self, name: str, commit: str) -> Mapping[str, Blob]:
        """Every file of a commit by its path. Symlinks and submodules are in it, by their modes.

        Raises `KeyError` when there is no such commit.
        """

    def read(self, name: str, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """The contents of blobs by their ids, in one go. Raises `KeyError` for an unknown id."""

    def snapshot(self, name: str, commit: str, limit: int) -> Snapshot:
        """Every file of a commit with its content: `tree` and `read` in one go.

        A file of more than `limit` bytes, and a submodule, comes with None.
        Raises `KeyError` when there is no such commit.
        """

    def snapshots(self, name: str, commits: Sequence[str], limit: int) -> Mapping[str, Snapshot]:
        """The same of several commits in one go: commit to its files."""

    def resolve(self, name: str, text: str) -> str | None:
        """The commit that a person means by `text` (a branch, a short id), or None."""

    def commit(
        self, name: str, changes: Sequence[Change], author: Author, at: datetime
    ) -> Mapping[str, str]:
        """Commit to one or several branches in one transaction: all of them move, or none.

        Gives the new commit of each ref; a branch whose tree would not change keeps its commit.
        Raises `StaleHeadError` when a branch is not where it was expected.
        """

    def large_file(self, name: str, oid: str) -> Path | None:
        """Where a large file of a repository's owner is, by its SHA-256; None without one."""

    def remove(self, name: str) -> None:
        """Delete a repository for good (erasure of one person)."""


class DraftMovedError(Exception):
    """Somebody has saved this draft since: `present` is what is there now, None when it is gone."""

    def __init__(self, present: Draft | None) -> None:
        super().__init__("The draft was saved from elsewhere.")
        self.present = present


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Which draft: whose it is, and what they are editing (`works-garden`)."""

    account: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody is editing and has not sent.

    `version` changes with each save; it is a commit, so `Repositories.snapshot`
    gives the contents. `base` is the commit of `main` the editing started from;
    `memo` is whatever the desk wants to find again, such as the fields of a form.
    """

    key: DraftKey
    version: str
    base: str
    saved: datetime
    files: Mapping[str, Blob]
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What to save into a draft: path to bytes, or to None to delete; other files stay."""

    files: Mapping[str, bytes | None]
    base: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was saved, and what the gate has to say of it.

    A file with an error among the issues is not in the draft; the others are.
    """

    draft: Draft
    issues: tuple[Issue, ...] = ()


class Drafts(Protocol):
    """Drafts: saved often, kept without a history, gone when they are sent or thrown away."""

    def save(
        self, name: str, key: DraftKey, saving: Saving, *, expected: str | None, at: datetime
    ) -> Kept:
        """Save a draft, as far as the gate lets it in; it is on disk when this returns.

        `expected` is the version the editing goes on from, None for a new draft.
        Raises `DraftMovedError` with the other one when it was saved from elsewhere.
        """

    def get(self, name: str, key: DraftKey) -> Draft | None:
        """The draft as it was saved last, or None."""

    def of_account(self, name: str, account: str) -> tuple[Draft, ...]:
        """Every draft of an account, by its key."""

    def discard(self, name: str, key: DraftKey, *, expected: str) -> None:
        """Throw a draft away, unless it was saved from elsewhere (`DraftMovedError`)."""
