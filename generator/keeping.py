"""What of a listener's last build serves the next one, kept in the listener's own folder.

A cache and nothing more: it can be thrown away at any time, and what does not fit
or cannot be read is made anew. Everything in it says what it was made of, and
serves only where that is the same. Erasing the listener's sites erases it.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from academy.dossier import Dossier
from academy.issue import Issue
from generator.compose.site import Part
from generator.engine.article import Article
from sites.manifest import Stored

DOSSIER = "dossier"
"""The name under which a dossier is kept; a site is kept under that of its projection."""

FORMAT = b"kept 1\n"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Basis:
    """What composed pages rest on: a digest of their inputs, and the time in which it holds."""

    digest: str
    since: datetime
    until: datetime | None

    def carries(self, digest: str, at: datetime) -> bool:
        """Tell whether what rests on this is what would be composed of `digest` at `at`."""
        return (
            self.digest == digest and self.since <= at and (self.until is None or at < self.until)
        )


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """A dossier as it was read, and the mistakes found on the way."""

    basis: Basis
    dossier: Dossier
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class KeptSite:
    """The site of one projection.

    `parts` are its sections as composed, and rest on `basis`; `articles` are by the
    digest of their Markdown, `contents` by that of all they were made of.
    """

    basis: Basis
    parts: Mapping[str, Part] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    contents: Mapping[str, Stored] = field(default_factory=dict)


def to_bytes(kept: KeptDossier | KeptSite, code: str) -> bytes:
    """Write something kept; only the same `code` reads it."""
    return FORMAT + code.encode() + b"\n" + pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)


def from_bytes(raw: bytes | None, kind: type[T], code: str) -> T | None:
    """Read something kept; None for what other code wrote, and for what cannot be read."""
    head = FORMAT + code.encode() + b"\n"
    if raw is None or not raw.startswith(head):
        return None
    try:
        kept = _Reader(io.BytesIO(raw[len(head) :])).load()
    except Exception:  # noqa: BLE001 - a broken cache is as good as none, in whatever way it broke
        return None
    return kept if isinstance(kept, kind) else None


class _Reader(pickle.Unpickler):
    """Reads our own plain data: whatever stands in a file, it calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) in _OUTSIDE:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.partition(".")[0] in _OURS else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


_OURS = {"academy", "generator", "sites"}
_OUTSIDE = {
    ("builtins", "frozenset"),
    ("copyreg", "__newobj__"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
}
