"""What the same person has begun already: a push, or a button, that came twice."""

from __future__ import annotations

from collections.abc import Mapping

from academy.submission import Submission
from forge.embedded.differences import changed_blobs
from forge.embedded.lives import read_lives
from forge.embedded.objects import blob_of, read_tree
from forge.embedded.work import Work


def begun_before(work: Work, base: str, written: Mapping[str, bytes | None]) -> Submission | None:
    """Find what who acts has begun at `base` with the same changes, and that goes on still.

    It is asked while the repository is held, so of two that come at once one is the first.
    """
    lives = work.lives.read(work.folder, work.name, read_lives(work.folder))
    own = [one for one in lives if one.author == work.by.account and one.base == base]
    going_on = [one for one in own if not one.state.is_final]
    if not going_on:
        return None
    changes = _changes(work, base, written)
    for one in going_on:
        changed = changed_blobs(work.folder, one.base, one.head)
        if {path: after for path, (_, after) in changed.items()} == changes:
            return one
    return None


def _changes(work: Work, base: str, written: Mapping[str, bytes | None]) -> dict[str, str]:
    """Give each path that differs from `base`, with the id of its new content."""
    before = {path: blob.id for path, blob in read_tree(work.folder, base).items()}
    after = {
        path: "" if content is None else blob_of(content).id for path, content in written.items()
    }
    return {path: blob for path, blob in after.items() if blob != before.get(path, "")}
