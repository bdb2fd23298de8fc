"""Appending to the record: one thread a process, many entries a commit, one process at a time."""

from __future__ import annotations

import fcntl
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ledger.audit.chain import BEGINNING, Sealed
from ledger.audit.head import Head, HeadFile
from ledger.audit.segments import Segment, append, file_for, files

_MOST_AT_ONCE = 2000

Make = Callable[[], Sequence[Sealed]]
Done = Callable[[Exception | None], None]
Job = tuple[Make, Done]


class AuditUnwritableError(Exception):
    """The record cannot be written: what was to be recorded must not happen."""


class Writer:
    """Takes entries from any thread and says of each when it is durable."""

    def __init__(self, folder: Path, head: HeadFile) -> None:
        self._folder, self._head = folder, head
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._segment: Segment | None = None

    def submit(self, make: Make, done: Done) -> None:
        """Have entries written; `make` encrypts them, `done` is called in the writer's thread."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="audit", daemon=True)
                self._thread.start()
            self._jobs.put((make, done))

    def close(self) -> None:
        """Write what waits and stop."""
        with self._starting:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._jobs.put(None)
        if thread is not None:
            thread.join()
        if self._segment is not None:
            self._segment.close()
            self._segment = None

    def _work(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._batch()
            self._write(batch)

    def _batch(self) -> tuple[list[Job], bool]:
        """Wait for a job and take what else is there; tells whether to go on."""
        batch: list[Job] = []
        while len(batch) < _MOST_AT_ONCE:
            try:
                job = self._jobs.get(block=not batch)
            except queue.Empty:
                break
            if job is None:
                return batch, False
            batch.append(job)
        return batch, True

    def _write(self, batch: Sequence[Job]) -> None:
        made: list[Sealed] = []
        waiting: list[Done] = []
        for make, done in batch:
            try:
                made += make()
                waiting.append(done)
            except Exception as error:  # noqa: BLE001 - whoever waits for the entry is told
                done(error)
        failure: Exception | None = None
        try:
            if made:
                self._append(made)
        except Exception as error:  # noqa: BLE001 - as above
            failure = error
        for done in waiting:
            done(failure)

    def _append(self, entries: Sequence[Sealed]) -> None:
        with self._alone():
            segment = self._current(entries[-1].moment)
            head = self._head.read()
            with segment.database.writing() as connection:
                number, previous = segment.last(connection) or self._before(segment)
                if head is None and number:
                    # The head was taken away. Whoever verifies shall know.
                    head = Head(number=number, hash=previous.hex(), restarts=1)
                head = head or Head()
                if head.number >= number:
                    # Rows that are missing at the end leave a gap that cannot be closed again.
                    number, previous = head.number, bytes.fromhex(head.hash)
                number, previous = append(connection, number, previous, entries)
            self._head.write(
                Head(number=number, hash=previous.hex(), restarts=head.restarts), number
            )

    def _current(self, moment: int) -> Segment:
        file = file_for(self._folder, moment)
        if self._segment is None or self._segment.file != file or not file.exists():
            if self._segment is not None:
                self._segment.close()
            if not file.exists() and not files(self._folder) and self._head.read() is None:
                self._head.begin()
            self._segment = Segment(file)
            self._segment.make()
        return self._segment

    def _before(self, segment: Segment) -> tuple[int, bytes]:
        """The end of the file before this one, which is still empty."""
        for file in reversed(files(self._folder)):
            if file < segment.file:
                earlier = Segment(file)
                try:
                    with earlier.database.reading() as connection:
                        found = earlier.last(connection)
                finally:
                    earlier.close()
                if found:
                    return found
        return 0, BEGINNING

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from appending."""
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
