"""Appending to the record: one thread a process, many entries a commit, one process at a time."""

from __future__ import annotations

import fcntl
import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ledger.audit.appending import End
from ledger.audit.boxes import Nonces
from ledger.audit.chain import BEGINNING, Sealed
from ledger.audit.head import Head, HeadFile
from ledger.audit.segments import Files, Segment

_MOST_AT_ONCE = 2000

Make = Callable[[Nonces], Sequence[Sealed]]
Done = Callable[[Exception | None], None]
Job = tuple[Make, Done]


class AuditUnwritableError(Exception):
    """The record cannot be written: what was to be recorded must not happen."""


class Writer:
    """Takes entries from any thread and says of each when it is durable.

    `look` is called before the entries of each commit are encrypted.
    """

    def __init__(self, folder: Path, head: HeadFile, look: Callable[[], None]) -> None:
        self._lock, self._head, self._look = f"{folder}/lock", head, look
        self._files = Files(folder)
        self._jobs: queue.SimpleQueue[Sequence[Job] | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._segment: Segment | None = None
        self._end: End | None = None

    def submit(self, jobs: Sequence[Job]) -> None:
        """Have entries written.

        Of each job the first encrypts its entries and the second is told how it
        ended, both in the writer's thread. When there are none of them, all that
        is done for an entry is done without one: it ends as an entry would have.
        """
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="audit", daemon=True)
                self._thread.start()
            self._jobs.put(jobs)

    def close(self) -> None:
        """Write what waits and stop."""
        with self._starting:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._jobs.put(None)
        if thread is not None:
            thread.join()
        self._leave()

    def _work(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._batch()
            self._write(batch)

    def _batch(self) -> tuple[list[Job], bool]:
        """Wait for jobs and take what else is there; tells whether to go on."""
        batch: list[Job] = []
        while len(batch) < _MOST_AT_ONCE:
            try:
                jobs = self._jobs.get(block=not batch)
            except queue.Empty:
                break
            if jobs is None:
                return batch, False
            batch += jobs
        return batch, True

    def _write(self, batch: Sequence[Job]) -> None:
        made, waiting = self._made(batch)
        failure: Exception | None = None
        try:
            if made:
                self._append(made)
            elif waiting:
                self._rehearse()
        except Exception as error:  # noqa: BLE001 - as above
            failure = error
            self._leave()
        for done in waiting:
            done(failure)

    def _made(self, batch: Sequence[Job]) -> tuple[list[Sealed], list[Done]]:
        """The entries that could be made, and who waits for them; the others are told."""
        made: list[Sealed] = []
        waiting: list[Done] = []
        nonces = Nonces()
        try:
            self._look()
        except Exception as error:  # noqa: BLE001 - whoever waits for an entry is told
            for _, done in batch:
                done(error)
            return made, waiting
        for make, done in batch:
            try:
                made += make(nonces)
                waiting.append(done)
            except Exception as error:  # noqa: BLE001 - as above
                done(error)
        return made, waiting

    def _append(self, entries: Sequence[Sealed]) -> None:
        with self._alone():
            end = self._current(entries[-1].moment)
            head = self._head.read()
            with end.writing():
                number, previous = end.last() or self._before()
                if head is None and number:
                    # The head was taken away. Whoever verifies shall know.
                    head = Head(number=number, hash=previous.hex(), restarts=1)
                head = head or Head()
                if head.number >= number:
                    # Rows that are missing at the end leave a gap that cannot be closed again.
                    number, previous = head.number, bytes.fromhex(head.hash)
                number, previous = end.append(number, previous, entries)
            self._head.write(
                Head(number=number, hash=previous.hex(), restarts=head.restarts), number
            )

    def _rehearse(self) -> None:
        with self._alone():
            head, newest = self._head.read(), self._files.all()[-1:]
            if newest:
                end = self._open(newest[0])
                with end.writing():
                    end.last()
                    end.rehearse()
            elif head is None:
                self._head.begin()
            if head is not None:
                self._head.write(head, head.number)

    def _current(self, moment: int) -> End:
        file = self._files.of(moment)
        if not self._files.all() and self._head.read() is None:
            self._head.begin()
        return self._open(file)

    def _open(self, file: Path) -> End:
        is_there = os.path.exists(file)  # noqa: PTH110 - once a commit
        if self._segment is None or self._end is None or self._segment.file != file or not is_there:
            self._leave()
            self._segment = Segment(file)
            self._segment.make()
            self._end = End(self._segment)
        return self._end

    def _leave(self) -> None:
        """Close the file that was written to; whoever writes next opens it again."""
        end, segment, self._end, self._segment = self._end, self._segment, None, None
        if end is not None:
            end.close()
        if segment is not None:
            segment.close()

    def _before(self) -> tuple[int, bytes]:
        """The end of the file before the one that is written to, which is still empty."""
        for file in reversed(self._files.all()):
            if self._segment is not None and file < self._segment.file:
                earlier = Segment(file)
                end = End(earlier)
                try:
                    found = end.last()
                finally:
                    end.close()
                    earlier.close()
                if found:
                    return found
        return 0, BEGINNING

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from appending."""
        lock = os.open(self._lock, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
