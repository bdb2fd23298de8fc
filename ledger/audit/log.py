"""The record of access as the program uses it: write, read, verify, forget."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path

from academy.audit import AuditEntry
from ledger.audit.boxes import Boxes, Nonces
from ledger.audit.callbacks import Callbacks, settle
from ledger.audit.chain import Sealed
from ledger.audit.entries import Written, seal
from ledger.audit.head import HeadFile, Signer
from ledger.audit.reading import Reader
from ledger.audit.verifying import AuditCheck, verify
from ledger.audit.writer import Writer


class AuditLog:
    """The record of one home."""

    def __init__(self, folder: Path, boxes: Boxes, signer: Signer) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._boxes, self._signer = folder, boxes, signer
        self._head = HeadFile(folder / "head", signer)
        self._writer = Writer(folder, self._head, boxes.look)
        self._reader = Reader(folder, boxes)
        self._callbacks: Callbacks | None = None

    async def record(self, entry: AuditEntry) -> None:
        """Write an entry; comes back when it is durable. Raises `AuditUnwritableError`."""
        loop = asyncio.get_running_loop()
        callbacks = self._callbacks
        if callbacks is None or callbacks.loop is not loop:
            callbacks = self._callbacks = Callbacks(loop, self._writer)
        await callbacks.submit(partial(self._sealed, (entry,)))

    def record_now(self, entry: AuditEntry) -> None:
        """Write an entry, from a thread that may wait. Raises `AuditUnwritableError`."""
        self.record_many([entry])

    def record_many(self, entries: Iterable[AuditEntry]) -> None:
        """Write several entries, all or none. Raises `AuditUnwritableError`."""
        future: Future[None] = Future()
        self._writer.submit([(partial(self._sealed, list(entries)), partial(settle, future))])
        future.result()

    def rehearse(self, patience: float) -> None:
        """Do all that is done for an entry, without one: ends as writing one would at this moment.

        Raises `AuditUnwritableError`, and `TimeoutError` after so many seconds.
        """
        future: Future[None] = Future()
        self._writer.submit([(_nothing, partial(settle, future))])
        future.result(patience)

    def query(
        self,
        *,
        person: str | None = None,
        actor: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Written]:
        """Read entries, the newest last; with `limit` the newest so many of them."""
        return self._reader.query(person=person, actor=actor, since=since, limit=limit)

    def looks_at(self, person: str, since: datetime, limit: int = 200) -> tuple[Written, ...]:
        """Who looked at the data of a person, the newest first; their own looks are left out."""
        return self._reader.looks_at(person, since, limit)

    def verify(self, *kept: str) -> AuditCheck:
        """Look for anything changed, dropped or reordered; `kept` are heads kept elsewhere.

        Raises `ValueError` for a kept head that was not signed here.
        """
        heads = []
        for line in kept:
            head = self._signer.read(line)
            if head is None:
                raise ValueError(line)
            heads.append(head)
        return verify(self._folder, self._head.read(), heads)

    def signed_head(self) -> str:
        """The head as a line to be kept elsewhere; empty before the first entry."""
        head = self._head.read()
        return self._signer.signed(head) if head else ""

    def forget(self, owner: str) -> bool:
        """Destroy the key of a person: nothing of them can be read any more, the chain holds."""
        return self._boxes.destroy(owner)

    def close(self) -> None:
        """Write what waits and stop."""
        self._writer.close()
        self._boxes.close()

    def _sealed(self, entries: Sequence[AuditEntry], nonces: Nonces) -> list[Sealed]:
        return [seal(entry, self._boxes, nonces) for entry in entries]


def _nothing(_nonces: Nonces) -> Sequence[Sealed]:
    return ()
