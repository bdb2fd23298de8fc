"""A cell that cannot be read: the code of the issue and the values its text names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wrong:
    """Stands in the place of a value; whoever knows the place of the cell makes an issue of it."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
