"""Entries as they are stored: what identifies somebody is in boxes, the rest is in the clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from academy.audit import Action, AuditEntry
from ledger.audit.boxes import Box, Boxes, Nonces, plain
from ledger.audit.chain import Sealed
from ledger.columns import from_microseconds, to_microseconds

_ABOUT = ("person", "projection", "path", "commit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it stands in the record.

    What identified somebody who has been forgotten is empty: `is_forgotten` says so.
    """

    number: int
    entry: AuditEntry
    is_forgotten: bool = False


def seal(entry: AuditEntry, boxes: Boxes, nonces: Nonces) -> Sealed:
    """Encrypt an entry: who acted under their key, whose data it was under the owner's."""
    actor = boxes.of(entry.actor)
    about = _about(entry)
    subject = boxes.of(entry.person) if entry.person else None
    who = _who(entry.actor, entry.role, entry.how) if subject else plain(_actor(entry) | about)
    return Sealed(
        moment=to_microseconds(entry.moment),
        action=entry.action.value,
        is_allowed=int(entry.is_allowed),
        rule=entry.rule,
        actor_key=actor.id,
        actor_box=actor.close(who, nonces),
        subject_key=subject.id if subject else 0,
        subject_box=subject.close(plain(about), nonces) if subject else b"",
    )


def opened(number: int, sealed: Sealed, boxes: Mapping[int, Box]) -> Written:
    """Decrypt an entry as far as its keys are still there."""
    parts: dict[str, Any] = {}
    is_forgotten = False
    for key, closed in (
        (sealed.actor_key, sealed.actor_box),
        (sealed.subject_key, sealed.subject_box),
    ):
        box = boxes.get(key)
        found = box.open(closed) if box else None
        is_forgotten |= found is None and key != 0
        parts |= found or {}
    entry = AuditEntry(
        moment=from_microseconds(sealed.moment),
        action=Action(sealed.action),
        is_allowed=bool(sealed.is_allowed),
        rule=sealed.rule,
        **parts,
    )
    return Written(number=number, entry=entry, is_forgotten=is_forgotten)


def _actor(entry: AuditEntry) -> dict[str, object]:
    return {"actor": entry.actor, "role": entry.role, "how": entry.how}


@lru_cache(maxsize=1024)
def _who(actor: str, role: str, how: str) -> bytes:
    """Who reads a page reads the next one as well: this much is written once, sealed each time."""
    return plain({"actor": actor, "role": role, "how": how})


def _about(entry: AuditEntry) -> dict[str, object]:
    about: dict[str, object] = {}
    for name in _ABOUT:
        if value := getattr(entry, name):
            about[name] = value
    if entry.details:
        about["details"] = dict(entry.details)
    return about
