"""What the desk knows of imports: a report before anything is written, and one after."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from academy.issue import Issue
from messages.outline import Line

Files = Sequence[tuple[str, bytes]]
KEPT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import would change, in sentences; what was done; the mistakes in the files.

    `needs_yes` when it would block so many that somebody has to say yes to just that.
    """

    outline: tuple[Line, ...]
    done: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    needs_yes: bool = False
    changes_nothing: bool = False
    is_applied: bool = False


PlanImport = Callable[[Files, str], ImportReport]
"""Compares files with what is stored and writes nothing; the language of the report is given."""

CarryOutImport = Callable[[Files, str, bool], ImportReport]
"""Writes what files say; the last argument is the yes to blocking many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """Both, as the composition root gives them in."""

    plan: PlanImport
    carry_out: CarryOutImport


class Held:
    """Files between the difference on the screen and the yes to it, in memory only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Files] = OrderedDict()
        self._lock = Lock()

    def keep(self, account: str, files: Files) -> str:
        """Keep files of an account; gives the word to find them by."""
        word = secrets.token_urlsafe(16)
        with self._lock:
            self._kept[account, word] = files
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return word

    def take(self, account: str, word: str) -> Files | None:
        """Take files out again; None when they are gone."""
        with self._lock:
            return self._kept.pop((account, word), None)
