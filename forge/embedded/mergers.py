"""Merging two commits without a working folder: a tree, or what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forge.embedded.objects import read_blobs
from forge.embedded.process import attempt
from forge.merge_requests import Conflict

_STAGE = re.compile(r"[0-7]{6} ([0-9a-f]{40}) ([123])\t(.*)", re.DOTALL)

# A renamed file is a deleted and a new one for us: an item never changes its name.
_SETTINGS = ("-c", "merge.renames=false", "-c", "merge.directoryRenames=false")


Settle = Callable[[Conflict], bytes | None]
"""Brings a conflict of lines together when there is none in what they mean; else gives None."""


def unsettled(_: Conflict) -> bytes | None:
    """Leave every conflict to people."""
    return None


@dataclass(frozen=True, slots=True)
class Merged:
    """The tree of both together, and what has to be written into it.

    In the files of `settled` and of `conflicts` it holds markers nobody should see:
    those of `settled` have their content here, the others need somebody to decide.
    """

    tree: str
    settled: Mapping[str, bytes | None] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def merge(repository: Path, published: str, theirs: str, settle: Settle = unsettled) -> Merged:
    """Merge two commits: that of `main`, and that of a merge request."""
    arguments = ("merge-tree", "--write-tree", "-z", "--no-messages", published, theirs)
    _, output = attempt(repository, *_SETTINGS, *arguments)
    tree, *lines = output.decode("utf-8", "surrogateescape").split("\0")
    stages: dict[str, dict[str, str]] = {}
    for line in lines:
        match = _STAGE.fullmatch(line)
        if match:
            stages.setdefault(match[3], {})[match[2]] = match[1]
    conflicts = _conflicts(repository, stages)
    contents = {one.path: settle(one) for one in conflicts}
    return Merged(
        tree.strip(),
        {path: content for path, content in contents.items() if content is not None},
        tuple(one for one in conflicts if contents[one.path] is None),
    )


def _conflicts(repository: Path, stages: dict[str, dict[str, str]]) -> tuple[Conflict, ...]:
    """Give the three contents of each file in conflict."""
    ids = [blob for found in stages.values() for blob in found.values()]
    contents = read_blobs(repository, ids)

    def content(path: str, stage: str) -> bytes | None:
        blob = stages[path].get(stage)
        return None if blob is None else contents[blob]

    return tuple(
        Conflict(
            path=path,
            base=content(path, "1"),
            published=content(path, "2"),
            theirs=content(path, "3"),
        )
        for path in sorted(stages)
    )
