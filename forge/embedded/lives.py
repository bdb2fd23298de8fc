"""The lives of merge requests: chains of commits on `refs/mr/<n>/meta`, one event a commit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from academy.submission import Event, Submission
from academy.submitting import told
from forge.embedded.events import event_of
from forge.embedded.process import GitFailedError, run
from forge.embedded.refs import read_below

LIVES = "refs/mr"

_LIFE = re.compile(r"refs/mr/([1-9][0-9]{0,5})/meta")
_KEPT = 4096


def life_ref(number: int) -> str:
    """Give the ref of the life of a merge request."""
    return f"{LIVES}/{number}/meta"


def content_ref(number: int) -> str:
    """Give the branch with the content of a merge request."""
    return f"refs/heads/mr/{number}"


def edit_ref(number: int, edit: int) -> str:
    """Give the ref of a suggested edit."""
    return f"{LIVES}/{number}/edits/{edit}"


def read_lives(repository: Path) -> dict[int, str]:
    """Give the head of each chain by its number, in order. Raises `FileNotFoundError`."""
    found = {
        int(match[1]): commit
        for ref, commit in read_below(repository, LIVES).items()
        if (match := _LIFE.fullmatch(ref))
    }
    return dict(sorted(found.items()))


class Lives:
    """Submissions as their chains tell of them. A chain never changes, so it is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str], Submission] = {}

    def keep(self, submission: Submission, head: str) -> None:
        """Keep a submission whose chain has come to end at this commit."""
        self._known[submission.person, submission.number, head] = submission

    def read(
        self, repository: Path, person: str, heads: Mapping[int, str]
    ) -> tuple[Submission, ...]:
        """Give the submissions whose chains end at these commits."""
        known = {number: self._known.get((person, number, heads[number])) for number in heads}
        unread = [heads[number] for number, found in known.items() if found is None]
        chains = _read_chains(repository, unread) if unread else {}
        if len(self._known) + len(chains) > _KEPT:
            self._known.clear()
        submissions = []
        for number, head in heads.items():
            submission = known[number] or told(person, number, chains[head])
            self._known[person, number, head] = submission
            submissions.append(submission)
        return tuple(submissions)


def _read_chains(repository: Path, heads: list[str]) -> dict[str, tuple[Event, ...]]:
    """Read whole chains, oldest event first, by their heads."""
    output = run(repository, "log", "-z", "--format=%H %P%n%B", "--no-show-signature", *heads, "--")
    entries = {}
    for entry in output.decode().split("\0"):
        ids, _, message = entry.partition("\n")
        commit, _, parent = ids.partition(" ")
        entries[commit] = (parent, message)
    chains = {}
    for head in heads:
        events = []
        commit = head
        while commit:
            if commit not in entries:
                raise GitFailedError(f"The chain {head} of {repository.name} is broken.")
            commit, message = entries[commit]
            events.append(event_of(message))
        chains[head] = tuple(reversed(events))
    return chains
