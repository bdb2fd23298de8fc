"""A push: what the client wants to move, the pack it sends, and the report it gets.

There is no `git receive-pack` here. It would move branches first and ask hooks
next; we take the content over, with the event that tells of it, in one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from academy.issue import Issue
from academy.submission import Submission
from academy.submitting import Acting
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.objects import TreeTooLargeError
from forge.embedded.process import GitFailedError, run
from forge.embedded.pushes import Pushed, Taken, UnrelatedHistoryError, take_over
from forge.embedded.repositories import EmbeddedForge
from forge.gate.limits import MIB
from forge.merge_requests import SubmissionMissingError
from forge.port import MAIN
from forge.transfer.packets import FLUSH, BrokenProtocolError, packet, packets_until_flush
from forge.transfer.scan import DEFAULTS, PackLimits, PackRefusedError, scan_pack

BODY_LIMIT = 128 * MIB
NEW = "refs/heads/mr/new"

_COMMANDS = 64
_NOTHING = "0" * 40
_LINE = re.compile(rb"([0-9a-f]{40}) ([0-9a-f]{40}) ([!-~]{1,250})")
_WORK = re.compile(r"refs/heads/mr/(new|[1-9][0-9]{0,5})")
_CAPABILITIES = "report-status report-status-v2 side-band-64k quiet ofs-delta object-format=sha1"


class PushRefusedError(Exception):
    """A push that cannot be taken; the name of the reason is a text of `git`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Command:
    """What a client wants to move: a ref, from a commit to a commit."""

    old: str
    new: str
    ref: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything a client wants, and what it understands."""

    commands: tuple[Command, ...]
    capabilities: frozenset[str]


def advertisement(forge: EmbeddedForge, name: str) -> bytes:
    """Give what a client may build on: what is published, and the branches with work."""
    heads = forge.heads(name)
    shown = [(heads[ref], ref) for ref in sorted(heads) if ref == MAIN or _WORK.fullmatch(ref)]
    (commit, ref), *others = shown or [(_NOTHING, "capabilities^{}")]
    first = packet(f"{commit} {ref}\0{_CAPABILITIES}\n".encode())
    rest = b"".join(packet(f"{commit} {ref}\n".encode()) for commit, ref in others)
    return packet(b"# service=git-receive-pack\n") + FLUSH + first + rest + FLUSH


def read_wishes(body: BinaryIO) -> Wishes:
    """Read what stands before the pack. Raises `BrokenProtocolError`."""
    commands: list[Command] = []
    capabilities: frozenset[str] = frozenset()
    for line in packets_until_flush(body, _COMMANDS):
        text, _, after = line.partition(b"\0")
        match = _LINE.fullmatch(text.rstrip(b"\n"))
        if match is None:
            raise BrokenProtocolError("A command of an unknown kind.")
        if not commands:
            capabilities = frozenset(after.decode("ascii", "replace").split())
        old, new, ref = (part.decode("ascii") for part in match.groups())
        commands.append(Command(old, new, ref))
    return Wishes(tuple(commands), capabilities)


Check = Callable[[Submission], Iterable[Issue]]
"""Says what is wrong in a submission beyond what is refused."""


class Pushes:
    """Takes pushes over into merge requests. It may be shared by threads."""

    def __init__(
        self,
        forge: EmbeddedForge,
        requests: EmbeddedMergeRequests,
        check: Check,
        limits: PackLimits = DEFAULTS,
    ) -> None:
        """Take the parts; `check` says what is wrong in a submission that the gate let in."""
        self._forge, self._requests = forge, requests
        self._check, self._limits = check, limits

    def receive(self, name: str, wishes: Wishes, body: BinaryIO, by: Acting, at: datetime) -> Taken:
        """Take over what comes with `body`, which stands at the start of the pack.

        Raises `PushRefusedError` and `RepositoryMissingError`.
        """
        command = _only_command(wishes)
        start = body.tell()
        try:
            scan_pack(body, self._limits)
        except PackRefusedError as error:
            raise PushRefusedError(error.reason) from None
        body.seek(start)
        with self._forge.incoming(name) as incoming:
            _unpack(incoming, body)
            _check_whole(incoming, command.new, self._forge.heads(name).values())
            return self._take(name, command, Pushed(incoming=incoming, tip=command.new), by, at)

    def wrong_in(self, taken: Taken) -> Iterable[Issue]:
        """Find what is wrong in what was taken; it is told to whoever has pushed."""
        submission = taken.reply.submission
        return self._check(submission) if submission and taken.reply.is_done else ()

    def _take(self, name: str, command: Command, pushed: Pushed, by: Acting, at: datetime) -> Taken:
        """Take a commit over into the merge request that the command names."""
        wanted = command.ref.rpartition("/")[2]
        try:
            if wanted == "new":
                with self._requests.beginning(name, by, at) as work:
                    return take_over(work, None, pushed)
            with self._requests.working(name, int(wanted), by, at) as (work, submission):
                if command.old not in {submission.head, _NOTHING}:
                    raise PushRefusedError("moved")
                return take_over(work, submission, pushed)
        except SubmissionMissingError:
            raise PushRefusedError("no-such-number") from None
        except TreeTooLargeError:
            raise PushRefusedError("too-many-objects") from None
        except UnrelatedHistoryError:
            raise PushRefusedError("unrelated") from None


def _only_command(wishes: Wishes) -> Command:
    """Give the one command of a push that can be taken. Raises `PushRefusedError`."""
    if len(wishes.commands) != 1:
        raise PushRefusedError("one-at-a-time")
    command = wishes.commands[0]
    if _WORK.fullmatch(command.ref) is None:
        raise PushRefusedError("not-own-branch")
    if command.new == _NOTHING:
        raise PushRefusedError("no-deleting")
    return command


def _unpack(incoming: Path, body: BinaryIO) -> None:
    """Let Git check the objects of a pack and keep them in the passing repository."""
    arguments = ("index-pack", "--stdin", "--fix-thin", "--strict", "--threads=1")
    try:
        run(incoming, *arguments, source=body)
    except GitFailedError:
        raise PushRefusedError("broken") from None


def _check_whole(incoming: Path, tip: str, known: Iterable[str]) -> None:
    """Refuse what is no commit, or lacks a part that neither side has."""
    try:
        run(incoming, "cat-file", "-e", f"{tip}^{{commit}}")
        run(incoming, "rev-list", "--objects", "--quiet", tip, "--not", *known, "--")
    except GitFailedError:
        raise PushRefusedError("broken") from None
