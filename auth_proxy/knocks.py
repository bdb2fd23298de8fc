"""Refusals of people who are not signed in: written down, but not as often as anybody likes.

Nobody is there who answers for it, and anybody can ask from outside: a line for each would let a
stranger fill the record. The first of a kind within a minute is written before it is answered,
the others are counted, and the count is written when the minute is over.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from academy.audit import AuditEntry
from ledger.audit.log import AuditLog
from ledger.audit.writer import AuditUnwritableError

LOG = logging.getLogger("cabinet.doors")

MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 30
"""Kinds that get lines of their own; whatever else comes in the same minute shares one."""
_IPV6_BITS = 64
"""One subscriber has that many addresses (RFC 6177)."""

Kind = tuple[str, ...]
_OTHERS: Kind = ()


@dataclass(slots=True)
class _Group:
    """Refusals of one kind: the first of them, and how many came after it, the last at `last`."""

    kind: Kind
    first: AuditEntry
    last: datetime
    written: Future[None] = field(default_factory=Future)
    more: int = 0

    def closing(self) -> AuditEntry:
        details = {**self.first.details, "more": str(self.more)}
        return replace(self.first, moment=self.last, details=details)


class Knocks:
    """Writes refusals into the record; from event loops and from threads."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._minute: datetime | None = None
        self._groups: dict[Kind, _Group] = {}
        self._over: list[AuditEntry] = []

    async def record(self, entry: AuditEntry, asked: str) -> None:
        """Come back when the refusal, or the first of its kind, is durable.

        `asked` is what was asked for, as it was written: it tells kinds apart, so that the time
        of an answer does not tell what is there from what is not. It is not kept.
        Raises `AuditUnwritableError`.
        """
        group, is_first = self._joined(entry, asked)
        if not is_first:
            await asyncio.shield(asyncio.wrap_future(group.written))
            return
        with self._writing(group):
            await self._log.record(group.first)

    def record_now(self, entry: AuditEntry, asked: str) -> None:
        """Do the same in a thread that may wait."""
        group, is_first = self._joined(entry, asked)
        if not is_first:
            group.written.result()
            return
        with self._writing(group):
            self._log.record_now(group.first)

    @asynccontextmanager
    async def lifetime(self, now: Callable[[], datetime]) -> AsyncIterator[None]:
        """While the server runs: what was counted is written when its minute is over."""
        closing = asyncio.create_task(self._close_minutes(now))
        try:
            yield
        finally:
            closing.cancel()
            with suppress(asyncio.CancelledError):
                await closing
            await self.close_minute(now() + MINUTE)

    async def close_minute(self, now: datetime) -> None:
        """Write what was counted before the minute of `now`; what cannot be written waits."""
        with self._lock:
            self._turn(_minute_of(now))
            over, self._over = self._over, []
        for place, entry in enumerate(over):
            try:
                await self._log.record(entry)
            except AuditUnwritableError:
                LOG.exception("refusals that were counted cannot be written down")
                with self._lock:
                    self._over = over[place:] + self._over
                return

    async def _close_minutes(self, now: Callable[[], datetime]) -> None:
        while True:
            await asyncio.sleep(MINUTE.total_seconds())
            await self.close_minute(now())

    def _joined(self, entry: AuditEntry, asked: str) -> tuple[_Group, bool]:
        """The group of a refusal, and whether it is the first there."""
        what = sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()
        kind: Kind = (_network(entry.how), entry.action.value, entry.rule, what)
        with self._lock:
            self._turn(_minute_of(entry.moment))
            if kind not in self._groups and len(self._groups) >= MOST_A_MINUTE:
                kind = _OTHERS
                entry = replace(entry, how="", actor="", person="", path="", details={})
            group = self._groups.get(kind)
            if group is None:
                group = self._groups[kind] = _Group(kind, entry, entry.moment)
                return group, True
            group.more, group.last = group.more + 1, entry.moment
            return group, False

    @contextmanager
    def _writing(self, group: _Group) -> Iterator[None]:
        """Tell those who wait how it ended; what could not be written is begun anew."""
        try:
            yield
        except BaseException:
            with self._lock:
                if self._groups.get(group.kind) is group:
                    del self._groups[group.kind]
            group.written.set_exception(AuditUnwritableError("the first of its kind"))
            raise
        group.written.set_result(None)

    def _turn(self, minute: datetime) -> None:
        if minute != self._minute:
            self._over += [one.closing() for one in self._groups.values() if one.more]
            self._groups, self._minute = {}, minute


def _minute_of(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _network(host: str) -> str:
    """An address, or the network of the subscriber whose address it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_BITS), strict=False))
    return host
