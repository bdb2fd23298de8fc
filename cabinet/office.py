"""Wiring: where the parts of the program meet.

A part is imported when it is first asked for: a command starts with its own parts only.
"""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from academy.issue import Issue
from cabinet.clock import now
from cabinet.settings import PROGRAM, Home
from forge.port import MAIN, RepositoryMissingError
from messages import catalogue

if TYPE_CHECKING:
    from academy.institution import Academy
    from administration.clerk import Clerk
    from cabinet.surroundings import HomeSurroundings
    from cabinet.tidying import Tidying
    from catalogue.listeners import Catalogue
    from catalogue.queue import Queue
    from catalogue.summaries import Summaries
    from forge.embedded.drafts import EmbeddedDrafts
    from forge.embedded.merge_requests import EmbeddedMergeRequests
    from forge.embedded.repositories import EmbeddedForge
    from forge.large.arrivals import StoredArrivals
    from forge.large.store import LargeFiles
    from forge.merge_requests import Conflict
    from generator.building import Builder
    from generator.workshop import Workshop
    from ledger import Ledger
    from sites.store import Sites

ACADEMY = "academy"
"""The name of the academy's own repository."""

FILE_LIMIT = 4 * 1024 * 1024


class NotReadyError(Exception):
    """The home is not ready for a command; the text key says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class Content:
    """The academy's repository at its head."""

    commit: str
    files: Mapping[str, bytes]
    academy: Academy | None
    issues: tuple[Issue, ...]


class Office:
    """The parts of the program for one home, made when they are first needed."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._content: Content | None = None
        self._reconciled: Mapping[str, str | None] | None = None

    @cached_property
    def repositories(self) -> EmbeddedForge:
        """The embedded forge."""
        from forge.embedded.repositories import EmbeddedForge

        return EmbeddedForge(self.home.repositories, self.large_files)

    @cached_property
    def tidying(self) -> Tidying:
        """What packs repositories now and then."""
        from cabinet.tidying import Tidying

        return Tidying(self.repositories)

    @cached_property
    def large_files(self) -> LargeFiles:
        """Recordings, which Git has pointers to."""
        from forge.large.store import LargeFiles

        return LargeFiles(self.home.large_files)

    @cached_property
    def arrivals(self) -> StoredArrivals:
        """Large files that are on their way from a browser."""
        from forge.large.arrivals import StoredArrivals

        return StoredArrivals(self.large_files)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The index over all listeners."""
        from catalogue.listeners import Catalogue

        return Catalogue(self.repositories, self.home.index)

    @cached_property
    def summaries(self) -> Summaries:
        """What overviews of staff say of each portfolio."""
        from catalogue.summaries import Summaries

        return Summaries(self.home.summaries)

    @cached_property
    def merge_requests(self) -> EmbeddedMergeRequests:
        """What was sent to be published."""
        from forge.embedded.merge_requests import EmbeddedMergeRequests

        return EmbeddedMergeRequests(self.repositories, _settled)

    @cached_property
    def drafts(self) -> EmbeddedDrafts:
        """What somebody is editing."""
        from forge.embedded.drafts import EmbeddedDrafts

        return EmbeddedDrafts(self.repositories)

    @cached_property
    def queue(self) -> Queue:
        """Everything that waits for a reviewer."""
        from catalogue.queue import Queue

        return Queue(self.repositories, self.merge_requests, self.catalogue, self.home.queue)

    @cached_property
    def ledger(self) -> Ledger:
        """Accounts, sessions, consents in force, links, the record of access.

        Raises `NotReadyError` before `cabinet init`.
        """
        from ledger import open_ledger

        self.academy_commit()
        return open_ledger(self.home.root)

    @cached_property
    def clerk(self) -> Clerk:
        """Whoever runs the program, by their name in the operating system."""
        from administration.clerk import Clerk

        name = re.sub(r"[^a-z0-9]+", "-", getpass.getuser().lower()).strip("-")
        return Clerk(account=f"os-{name}"[:48].rstrip("-"), role="registrar", how="command line")

    @cached_property
    def surroundings(self) -> HomeSurroundings:
        """What cabinets show beside the dossiers: what was sent, and places in the rating."""
        from cabinet.surroundings import HomeSurroundings

        return HomeSurroundings(self.merge_requests, self.home.standings)

    @cached_property
    def sites(self) -> Sites:
        """The built sites."""
        from sites.store import Sites

        return Sites(self.home.sites)

    @cached_property
    def workshop(self) -> Workshop:
        """Templates and MkDocs, kept warm."""
        from generator.workshop import Workshop

        return Workshop(PROGRAM, self.home.assets)

    def academy_commit(self) -> str:
        """The head of the academy's repository. Raises `NotReadyError` before `cabinet init`."""
        try:
            return self.repositories.heads(ACADEMY)[MAIN]
        except (RepositoryMissingError, KeyError):
            raise NotReadyError("not-initialised", home=str(self.home.root)) from None

    def content(self) -> Content:
        """The academy's content at its head, with what is wrong in it."""
        commit = self.academy_commit()
        if self._content is None or self._content.commit != commit:
            snapshot = self.repositories.snapshot(ACADEMY, commit, FILE_LIMIT)
            files = {path: one for path, (_, one) in snapshot.items() if one is not None}
            self._content = content_of(files, commit)
        return self._content

    def academy(self) -> Academy:
        """The academy's content. Raises `NotReadyError` when it cannot be read at all."""
        content = self.content()
        if content.academy is None:
            raise NotReadyError("academy-unreadable")
        return content.academy

    def builder(self) -> Builder:
        """A builder for the academy's content as it is now."""
        from administration.sharing import SharedProjections
        from generator.building import Builder

        shares = SharedProjections(self.ledger, partial(now, self.home))
        return Builder(
            self.repositories,
            self.sites,
            self.workshop,
            self.academy(),
            shares.of,
            self.surroundings,
        )

    def reconcile(self, at: datetime) -> None:
        """Bring the ledger to what the cards say, if a repository has moved since the last time."""
        from administration.reconciling import reconcile

        self.catalogue.refresh()
        records = self.catalogue.records()
        if records == self._reconciled:
            return
        words = catalogue(self.academy().language)
        listeners = self.catalogue.listeners()
        reconcile(self.ledger, self.repositories, listeners, at, words)
        self._reconciled = records

    def close(self) -> None:
        """Close what is open; what is asked for later opens again."""
        if "ledger" in self.__dict__:
            self.ledger.close()


def _settled(conflict: Conflict) -> bytes | None:
    """Bring together changes of different fields, which lie on neighbouring lines."""
    from formats.settling import settle

    given = (conflict.base, conflict.theirs, conflict.published)
    return settle(conflict.path, *given).content


def content_of(files: Mapping[str, bytes], commit: str) -> Content:
    """Read an academy's content from its files: path to content."""
    from formats.academy_content import checked_academy

    read = checked_academy(files, commit)
    return Content(commit, files, read.academy, read.issues)


def files_below(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder of the program: path to content."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
