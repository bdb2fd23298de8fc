"""What an author has written and what was published meanwhile, brought together.

Whatever changed on one side only comes together by itself. What changed on both
in two ways is a collision: its author sees both and says which it shall be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.conflict import FieldConflict
from desk.shelf import Shelf, Version
from desk.workplace import Workplace
from forge.port import Blob
from formats.settling import settle

WHOLE = "*"
"""Stands for a file as a whole, where no field of it can be told: a picture, a removed page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """A field of a file, the text of it (""), or the whole of it, changed in two ways.

    `mine` and `there` are as they are written; None where there is nothing.
    """

    path: str
    field: str
    mine: str | None
    there: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Both sides by their paths, and how they differ from where they parted.

    `merged` is what comes together by itself, None for a file that goes; `touched` are
    the paths that somebody has to be asked about.
    """

    base: Mapping[str, Blob]
    mine: Mapping[str, Blob]
    there: Mapping[str, Blob]
    contents: Mapping[str, bytes]
    merged: Mapping[str, bytes | None] = field(default_factory=dict)
    touched: tuple[str, ...] = ()

    def of(self, side: Mapping[str, Blob], path: str) -> bytes | None:
        """The content of a path on one side."""
        return self.contents[side[path].id] if path in side else None

    @property
    def collisions(self) -> tuple[Collision, ...]:
        """Everything to be asked about, in the order of the files."""
        return tuple(one for path in self.touched for one in _collisions(self, path))

    def settled(
        self, chosen: Mapping[tuple[str, str], str | None]
    ) -> dict[str, bytes | None] | None:
        """Give the files with what was chosen: for each collision, by path and field.

        For a whole file the choice is "mine" or "there". None when a choice is missing.
        """
        files = dict(self.merged)
        for path in self.touched:
            if (path, WHOLE) in chosen:
                side = self.mine if chosen[path, WHOLE] == "mine" else self.there
                files[path] = self.of(side, path)
                continue
            fields = {name: text for (file, name), text in chosen.items() if file == path}
            content = settle(path, *self._three(path), fields).content
            if content is None:
                return None
            files[path] = content
        return files

    def _three(self, path: str) -> tuple[bytes | None, bytes | None, bytes | None]:
        return self.of(self.base, path), self.of(self.mine, path), self.of(self.there, path)


def meeting(workplace: Workplace, shelf: Shelf, version: Version) -> Meeting:
    """Compare what is being written, or was sent, with what is published.

    Of a submission everything is compared, for its pieces go together.
    """
    base, mine = _mine(workplace, shelf, version)
    there: Mapping[str, Blob] = shelf.published
    if version.submission is None:
        there = version.piece.of(there)
    both = [
        path
        for path in sorted({*base, *mine, *there})
        if len({_id(side, path) for side in (base, mine, there)}) == 3
    ]
    ids = {side[path].id for side in (base, mine, there) for path in both if path in side}
    contents = workplace.repositories.read(shelf.person, sorted(ids))
    found = Meeting(base=base, mine=mine, there=there, contents=contents)
    merged: dict[str, bytes | None] = {}
    for path in both:
        content = settle(
            path, found.of(base, path), found.of(mine, path), found.of(there, path)
        ).content
        if content is not None:
            merged[path] = content
    touched = tuple(path for path in both if path not in merged)
    return Meeting(
        base=base, mine=mine, there=there, contents=contents, merged=merged, touched=touched
    )


def _mine(
    workplace: Workplace, shelf: Shelf, version: Version
) -> tuple[Mapping[str, Blob], Mapping[str, Blob]]:
    """Where the author started from, and what they have now."""
    tree = workplace.repositories.tree
    submission = version.submission
    if submission is None:
        return version.piece.of(tree(shelf.person, version.base)), version.files
    sent = tree(shelf.person, submission.head)
    others = {path: blob for path, blob in sent.items() if not version.piece.holds(path)}
    return tree(shelf.person, submission.base), others | dict(version.files)


def _collisions(found: Meeting, path: str) -> tuple[Collision, ...]:
    three = (found.of(found.base, path), found.of(found.mine, path), found.of(found.there, path))
    conflicts: tuple[FieldConflict, ...] = settle(path, *three).conflicts
    if not conflicts:
        return (Collision(path=path, field=WHOLE, mine=None, there=None),)
    return tuple(
        Collision(path=path, field=one.field, mine=one.theirs, there=one.published)
        for one in conflicts
    )


def _id(side: Mapping[str, Blob], path: str) -> str:
    return side[path].id if path in side else ""
