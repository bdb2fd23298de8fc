"""What two people, or one on two devices, have changed in two ways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """A field of an item that was changed on both sides since they parted.

    `item` is the path without its ending (`works/garden`), `field` a key of the head
    or "" for the text below it. Each version is as it is written, or None where
    there is none: `base` when both began, `theirs` in the submission, `published`.
    """

    item: str
    field: str
    base: str | None
    theirs: str | None
    published: str | None
