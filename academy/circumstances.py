"""What a cabinet shows and its two branches do not hold: what was sent, the place among others."""

from __future__ import annotations

from dataclasses import dataclass

from academy.standing import Standing
from academy.submission import Submission


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about a listener beside the dossier itself."""

    submissions: tuple[Submission, ...] = ()
    standing: Standing | None = None
