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


class Watch:
    """A thread that does what is due, again and again, as long as it is entered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="due", daemon=True)
        self._builder: Builder | None = None

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
        except NotReadyError as error:
            self._session.warn(error.key, **error.values)
        except Exception:  # noqa: BLE001 - the watch outlives whatever goes wrong with one look
            traceback.print_exc(file=sys.stderr)
