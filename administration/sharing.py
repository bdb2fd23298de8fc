"""Links for outside readers (clause 7.4): made by their owner, or by staff at the owner's word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from academy.audit import Action
from academy.consent import Purpose, purposes_in_force
from academy.projection import Projection, ProjectionKind
from administration.clerk import Clerk
from ledger import Ledger
from ledger.changes import Watch
from ledger.shares import Share


class ShareRefusedError(ValueError):
    """A link that cannot be made; the argument is the key of the text that says why."""


class ShareDesk:
    """Links as somebody works with them: the owner themselves, or a clerk."""

    def __init__(self, ledger: Ledger, clerk: Clerk) -> None:
        self._ledger, self._clerk = ledger, clerk

    def create(
        self, person: str, items: Iterable[str], at: datetime, expires: datetime, label: str = ""
    ) -> tuple[str, Share]:
        """Make a link to some items; gives its token, once. Raises `ShareRefusedError`."""
        chosen = frozenset(items)
        if not chosen:
            raise ShareRefusedError("share-without-items")
        if expires <= at:
            raise ShareRefusedError("share-expires-at-once")
        in_force = purposes_in_force(self._ledger.consents.of(person), at)
        if Purpose.OUTSIDERS not in in_force:
            raise ShareRefusedError("share-without-consent")
        entry = self._clerk.entry(
            Action.SHARE_CREATED,
            at,
            person,
            items=" ".join(sorted(chosen)),
            expires=expires.isoformat(),
        )
        self._ledger.audit.record_now(entry)
        return self._ledger.shares.create(
            person, chosen, at, expires=expires, created_by=self._clerk.account, label=label
        )

    def revoke(self, share_id: str, at: datetime, person: str | None = None) -> bool:
        """Close a link at once, if it is one of `person`; False when it is closed or unknown."""
        share = self._ledger.shares.get(share_id)
        if share is None or person not in (None, share.person):
            return False
        if not self._ledger.shares.revoke(share_id, at):
            return False
        entry = self._clerk.entry(Action.SHARE_REVOKED, at, share.person, share=share_id)
        self._ledger.audit.record_now(entry)
        return True


class SharedProjections:
    """The projections that links in force ask the builder for; read anew when links change."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now
        self._watch = Watch(ledger.database)
        self._lock = threading.Lock()
        self._kept: dict[str, list[Share]] = {}

    def of(self, person: str) -> tuple[Projection, ...]:
        """The projections of a person's links."""
        with self._lock:
            if self._watch.has_moved():
                self._kept = {}
                for share in self._ledger.shares.not_revoked():
                    self._kept.setdefault(share.person, []).append(share)
            found = self._kept.get(person, [])
        at = self._now() if found else None
        return tuple(
            Projection(kind=ProjectionKind.SHARE, share=share.id, items=share.items)
            for share in found
            if at is not None and share.is_open(at)
        )
