"""The record of access as the program uses it: write, read, verify, forget."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement

from academy.audit import Action, AuditEntry
from ledger.audit.boxes import Box, Boxes
from ledger.audit.chain import Sealed
from ledger.audit.head import HeadFile, Signer
from ledger.audit.segments import ENTRIES, Segment, files, rows
from ledger.audit.verifying import AuditCheck, verify
from ledger.audit.writer import AuditUnwritableError, Writer
from ledger.columns import from_microseconds, to_microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it stands in the record.

    What identified somebody who has been forgotten is empty: `is_forgotten` says so.
    """

    number: int
    entry: AuditEntry
    is_forgotten: bool = False


class AuditLog:
    """The record of one home."""

    def __init__(self, folder: Path, boxes: Boxes, signer: Signer) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._boxes, self._signer = folder, boxes, signer
        self._head = HeadFile(folder / "head", signer)
        self._writer = Writer(folder, self._head)

    async def record(self, entry: AuditEntry) -> None:
        """Write an entry; comes back when it is durable. Raises `AuditUnwritableError`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def done(error: Exception | None) -> None:
            loop.call_soon_threadsafe(_settle, future, error)

        self._writer.submit(partial(self._sealed, entry), done)
        await future

    def record_now(self, entry: AuditEntry) -> None:
        """Write an entry, from a thread that may wait. Raises `AuditUnwritableError`."""
        future: Future[None] = Future()
        self._writer.submit(partial(self._sealed, entry), partial(_settle, future))
        future.result()

    def record_many(self, entries: Iterable[AuditEntry]) -> None:
        """Write several entries, in as few commits as can be. Raises `AuditUnwritableError`."""
        futures: list[Future[None]] = []
        for entry in entries:
            future: Future[None] = Future()
            self._writer.submit(partial(self._sealed, entry), partial(_settle, future))
            futures.append(future)
        for future in futures:
            future.result()

    def query(
        self,
        *,
        person: str | None = None,
        actor: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Written]:
        """Read entries, the newest last; with `limit` the newest so many of them."""
        conditions: list[ColumnElement[bool]] = []
        for owner, column in ((person, ENTRIES.c.subject_key), (actor, ENTRIES.c.actor_key)):
            if owner is not None:
                box = self._boxes.find(owner)
                if box is None:
                    return
                conditions.append(column == box.id)
        if since is not None:
            conditions.append(ENTRIES.c.moment >= to_microseconds(since))
        boxes = self._boxes.all()
        for number, sealed in self._rows(conditions, limit):
            yield _opened(number, sealed, boxes)

    def looks_at(self, person: str, since: datetime, limit: int = 200) -> tuple[Written, ...]:
        """Who looked at the data of a person, the newest first; their own looks are left out."""
        found = [
            one
            for one in self.query(person=person, since=since)
            if one.entry.actor != person and one.entry.is_allowed
        ]
        return tuple(reversed(found[-limit:]))

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

    def _sealed(self, entry: AuditEntry) -> Sealed:
        actor = self._boxes.of(entry.actor)
        about = {
            "projection": entry.projection,
            "path": entry.path,
            "commit": entry.commit,
            "details": dict(entry.details),
        }
        about = {key: value for key, value in about.items() if value}
        who: dict[str, Any] = {"actor": entry.actor, "role": entry.role, "how": entry.how}
        values = {
            "moment": to_microseconds(entry.moment),
            "action": entry.action.value,
            "is_allowed": entry.is_allowed,
            "rule": entry.rule,
            "actor_key": actor.id,
        }
        if not entry.person:
            return Sealed(actor_box=actor.close(who | about), **values)  # type: ignore[arg-type]
        subject = self._boxes.of(entry.person)
        return Sealed(
            actor_box=actor.close(who),
            subject_key=subject.id,
            subject_box=subject.close(about | {"person": entry.person}),
            **values,  # type: ignore[arg-type]
        )

    def _rows(
        self, conditions: list[ColumnElement[bool]], limit: int | None
    ) -> Iterator[tuple[int, Sealed]]:
        found: list[tuple[int, Sealed]] = []
        for file in reversed(files(self._folder)) if limit is not None else files(self._folder):
            with closing(Segment(file)) as segment, segment.database.reading() as connection:
                part = [(number, sealed) for number, sealed, _ in rows(connection, *conditions)]
            if limit is None:
                yield from part
                continue
            found = part + found
            if len(found) >= limit:
                break
        if limit is not None:
            yield from found[-limit:]


def _settle(future: Any, error: Exception | None) -> None:  # noqa: ANN401 - either sort of future
    if future.done():
        return  # Whoever waited has gone away.
    if error is None:
        future.set_result(None)
    else:
        failure = AuditUnwritableError(type(error).__name__)
        failure.__cause__ = error
        future.set_exception(failure)


def _opened(number: int, sealed: Sealed, boxes: dict[int, Box]) -> Written:
    parts: dict[str, Any] = {}
    is_forgotten = False
    for key, closed in (
        (sealed.actor_key, sealed.actor_box),
        (sealed.subject_key, sealed.subject_box),
    ):
        box = boxes.get(key)
        plain = box.open(closed) if box else None
        is_forgotten |= plain is None and key != 0
        parts |= plain or {}
    entry = AuditEntry(
        moment=from_microseconds(sealed.moment),
        action=Action(sealed.action),
        is_allowed=sealed.is_allowed,
        rule=sealed.rule,
        **parts,
    )
    return Written(number=number, entry=entry, is_forgotten=is_forgotten)
