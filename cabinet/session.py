"""What a command works with: the home, the moment, the language, and where it prints."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from academy.issue import Issue
from cabinet.clock import Clock, now, running_clock
from cabinet.office import NotReadyError, Office
from cabinet.settings import Home
from catalogue.listed import Listed
from formats.dates import parse_moment
from messages import Catalogue

OK = 0
CONTENT_HAS_ERRORS = 1
WRONG_USE = 2


@dataclass
class Session:
    """One run of the command line."""

    home: Home
    words: Catalogue
    arguments: Namespace

    @cached_property
    def office(self) -> Office:
        """The parts of the program."""
        return Office(self.home)

    @cached_property
    def at(self) -> datetime:
        """The moment this run works for."""
        return self.now()

    def now(self) -> datetime:
        """The moment it is: `--at`, else the demo's, else by the clock."""
        wanted = getattr(self.arguments, "at", None)
        if wanted:
            return moment(wanted)
        return now(self.home)

    @cached_property
    def clock(self) -> Clock:
        """The clock of a server, one for everything in it: it runs on from that moment."""
        wanted = getattr(self.arguments, "at", None)
        return running_clock(self.home, moment(wanted) if wanted else None)

    def close(self) -> None:
        """Close what the run has opened."""
        if "office" in self.__dict__:
            self.office.close()

    def say(self, key: str, **values: object) -> None:
        """Print a text."""
        print(self.words.text(f"command_line.{key}", **values))

    def count(self, key: str, number: int, **values: object) -> str:
        """A counting text."""
        return self.words.count(f"command_line.{key}", number, **values)

    def print_json(self, data: object) -> None:
        """Print plain data for a machine."""
        print(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))

    def write(self, parts: Iterable[str]) -> None:
        """Print text as it comes."""
        for part in parts:
            print(part, end="")

    def warn(self, key: str, **values: object) -> None:
        """Print a text to the error stream."""
        print(self.words.text(f"command_line.{key}", **values), file=sys.stderr)

    def print_issues(self, issues: Iterable[Issue], indent: str = "  ") -> None:
        """Print mistakes."""
        for issue in issues:
            for line in self.issue_lines(issue):
                print(f"{indent}{line}")

    def issue_lines(self, issue: Issue) -> list[str]:
        """A mistake: where, how bad, what is wrong, what to do."""
        place = issue.location
        where = ":".join(str(part) for part in (place.file, place.line, place.field) if part)
        severity = self.words.text(f"command_line.severity-{issue.severity.value}")
        return [f"{where}: {severity}: {self.words.what(issue)}", f"    → {self.words.fix(issue)}"]

    def listeners(self, wanted: Iterable[str]) -> list[Listed]:
        """Find listeners by person id, external id or name; each has to be exactly one."""
        self.office.catalogue.refresh()
        found = []
        for text in wanted:
            matches = self.office.catalogue.find(text)
            if not matches:
                raise NotReadyError("listener-unknown", text=text)
            if len(matches) > 1:
                people = ", ".join(f"{title(one)} ({one.person})" for one in matches[:5])
                raise NotReadyError("listener-ambiguous", text=text, people=people)
            found.append(matches[0])
        return found


def title(listed: Listed) -> str:
    """What to call a listener in a report."""
    return listed.card.full_name if listed.card else listed.person


def moment(text: str) -> datetime:
    """Read the value of `--at`; raises `NotReadyError` for what is no moment."""
    found = parse_moment(text)
    if found is None:
        raise NotReadyError("moment-wrong", text=text)
    return found


def _plain(value: object) -> str:
    """What JSON has no kind of its own for; days and moments as ISO 8601 writes them."""
    return value.isoformat() if isinstance(value, date) else str(value)
