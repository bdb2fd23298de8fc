"""The circumstances of listeners in one home: what was sent, and places as of the last count."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

from academy.circumstances import Circumstances
from academy.standing import Standing
from academy.submission import SubmissionState
from catalogue.waiting import touched
from forge.merge_requests import MergeRequests

_WAITING = (SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.APPROVED)


class HomeSurroundings:
    """What `generator.surroundings.Surroundings` asks for, read from a home."""

    def __init__(self, merge_requests: MergeRequests, standings: Path) -> None:
        self._merge_requests = merge_requests
        self._standings = standings
        self._read: tuple[int, dict[str, Standing]] = (0, {})

    def digest(self, person: str) -> str:
        """A digest of the ends of the chains and of the place; empty when there is neither."""
        lives = self._merge_requests.lives(person)
        standing = self._known().get(person)
        if not lives and standing is None:
            return ""
        return sha256(repr((sorted(lives.items()), standing)).encode()).hexdigest()[:16]

    def of(self, person: str) -> Circumstances:
        """What waits for somebody and what it changes, and the place."""
        requests = self._merge_requests
        waiting = tuple(
            one for one in requests.all(person) if one.state in _WAITING or one.is_review_due
        )
        return Circumstances(
            waiting,
            self._known().get(person),
            {
                one.number: touched(requests.changed_files(person, one.number))
                for one in waiting
                if not one.state.is_final
            },
        )

    def _known(self) -> dict[str, Standing]:
        """The standings, read again whenever the file is another one."""
        try:
            changed = self._standings.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if self._read[0] != changed:
            self._read = (changed, read_standings(self._standings))
        return self._read[1]


def read_standings(file: Path) -> dict[str, Standing]:
    """Read the standings of the last count."""
    data = json.loads(file.read_text(encoding="utf-8"))
    day = date.fromisoformat(data["day"])
    return {
        person: Standing(place, among, day) for person, (place, among) in data["places"].items()
    }


def write_standings(file: Path, standings: dict[str, Standing], day: date) -> None:
    """Write the standings in one move, so that no build reads half of them."""
    places = {person: [one.place, one.among] for person, one in sorted(standings.items())}
    beside = file.with_suffix(".new")
    beside.write_text(
        json.dumps({"day": day.isoformat(), "places": places}, indent=1), encoding="utf-8"
    )
    beside.replace(file)
