"""Finding what was changed, dropped or reordered in the record."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from ledger.audit.chain import BEGINNING, next_hash
from ledger.audit.head import Head
from ledger.audit.segments import Segment, files, rows


class Damage(Enum):
    """What can be wrong with the record."""

    UNREADABLE = "unreadable"
    CHANGED = "changed"
    MISSING = "missing"
    END_MISSING = "end_missing"
    HEAD_MISSING = "head_missing"
    HEAD_RESTARTED = "head_restarted"
    OTHER_HISTORY = "other_history"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """Something wrong: where, by file and number of the row."""

    damage: Damage
    file: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCheck:
    """The outcome: how many rows were looked at, and everything wrong with them."""

    entries: int
    findings: tuple[AuditFinding, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings


def verify(folder: Path, head: Head | None, kept: Iterable[Head] = ()) -> AuditCheck:
    """Go through the whole record.

    `head` is the one beside the rows, `kept` are those that were kept elsewhere:
    the record has to contain each of them.
    """
    walk = _Walk({one.number: one for one in kept})
    findings = [one for file in files(folder) for one in walk.through(file)]
    findings += walk.against(head)
    return AuditCheck(entries=walk.entries, findings=tuple(findings))


class _Walk:
    """Where a walk through the rows has come to."""

    def __init__(self, kept: dict[int, Head]) -> None:
        self.entries = 0
        self._number, self._hash = 0, BEGINNING
        self._hashes: dict[int, str] = {}
        self._kept = kept

    def through(self, file: Path) -> Iterator[AuditFinding]:
        """Walk through one file."""
        segment = Segment(file)
        try:
            with segment.database.reading() as connection:
                for number, entry, found in rows(connection):
                    expected = next_hash(self._hash, number, entry)
                    if number != self._number + 1:
                        yield AuditFinding(
                            damage=Damage.MISSING, file=file.name, number=self._number + 1
                        )
                    elif expected != found:
                        yield AuditFinding(damage=Damage.CHANGED, file=file.name, number=number)
                    # SQLite keeps any value in any column; what is no hash cannot be gone on from.
                    self._hash = found if isinstance(found, bytes) else expected
                    self._number = number
                    self.entries += 1
                    if number in self._kept:
                        self._hashes[number] = self._hash.hex()
        except (DatabaseError, TypeError, ValueError, AttributeError, struct.error):
            yield AuditFinding(damage=Damage.UNREADABLE, file=file.name, number=self._number + 1)
        finally:
            segment.close()

    def against(self, head: Head | None) -> Iterator[AuditFinding]:
        """Hold the end against the heads."""
        if head is None:
            if self.entries:
                yield AuditFinding(damage=Damage.HEAD_MISSING, file="head")
        else:
            if head.number > self._number:
                yield AuditFinding(damage=Damage.END_MISSING, file="head", number=self._number + 1)
            elif head.number == self._number and head.hash != self._hash.hex():
                yield AuditFinding(damage=Damage.CHANGED, file="head", number=head.number)
            if head.restarts:
                yield AuditFinding(damage=Damage.HEAD_RESTARTED, file="head")
        for one in self._kept.values():
            if self._hashes.get(one.number) != one.hash:
                yield AuditFinding(damage=Damage.OTHER_HISTORY, file="head", number=one.number)
