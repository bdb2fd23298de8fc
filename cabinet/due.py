"""What time and others make due: new files in the inbox, moved heads, flipped facts."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType
from typing import Self

from cabinet.commands.build import build_public_pages, everyone
from cabinet.inbox import take_in
from cabinet.office import NotReadyError
from cabinet.session import Session
from generator.building import Builder
from sites.compressed import prepare
from sites.store import Sites

SECONDS_BETWEEN_LOOKS = 2.0


def run_once(session: Session, builder: Builder | None = None) -> Builder:
    """Do everything that is due; gives the builder, to be lent to the next run.

    Raises `NotReadyError` when the academy's content cannot be read.
    """
    take_in(session)
    session.office.reconcile(session.now())
    commit = session.office.academy_commit()
    if builder is None or builder.academy.policy.version != commit:
        builder = session.office.builder()
        build_public_pages(session)
    at = session.now()
    for person in everyone(session.office):
        builder.build(person, at)
    session.office.tidying.run()
    return builder


class Compressing:
    """Makes what was built smaller, once for each build, before anybody asks for it."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._done: dict[str, tuple[int, int]] = {}

    def run(self, stop: threading.Event) -> None:
        """Compress what is new, until it is done or `stop` is set."""
        for person in self._sites.people():
            if stop.is_set():
                return
            look = self._look(person)
            manifest = self._sites.manifest(person) if self._done.get(person) != look else None
            if manifest is not None:
                prepare(self._sites, manifest)
                self._done[person] = look

    def _look(self, person: str) -> tuple[int, int]:
        found = (self._sites.root / person / "manifest.json").stat()
        return found.st_ino, found.st_mtime_ns


class Watch:
    """A thread that does what is due, again and again, as long as it is entered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="due", daemon=True)
        self._builder: Builder | None = None
        self._compressing = Compressing(session.office.sites)

    def __enter__(self) -> Self:
        """Do what is due once, and go on beside."""
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop after the listener that is being built."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            self._look()

    def _look(self) -> None:
        try:
            self._builder = run_once(self._session, self._builder)
            self._compressing.run(self._stop)
        except NotReadyError as error:
            self._session.warn(error.key, **error.values)
        except Exception:  # noqa: BLE001 - the watch outlives whatever goes wrong with one look
            traceback.print_exc(file=sys.stderr)
