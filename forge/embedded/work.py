"""One thing done with a merge request: decided, written, and moved together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from academy.issue import Issue
from academy.submission import Event, EventKind, Submission
from academy.submitting import Acting, Refusal, after, begun, refusal
from forge.embedded.drafts import draft_ref
from forge.embedded.events import message_of
from forge.embedded.intents import NOTHING, Move
from forge.embedded.lives import Lives, life_ref
from forge.embedded.mergers import Settle
from forge.embedded.objects import read_tree
from forge.embedded.pen import Leaf, Pen, writing_commits
from forge.embedded.refs import read_refs
from forge.embedded.transaction import move
from forge.gate.admission import FILE, Admission, Incoming, admit
from forge.gate.layout import layout_of
from forge.large.own import OwnLargeFiles
from forge.merge_requests import Proposal, Reply
from forge.port import MAIN, RECORD, Author, Draft

Writing = Callable[[Pen], tuple[Sequence[Event], Sequence[Move]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A repository held for one writer, who acts in it, and the refs as they are.

    `life` is the head of the chain of the merge request, `NOTHING` for a new one;
    `large` are the owner's large files, `settle` brings together what only seems to conflict.
    """

    folder: Path
    name: str
    number: int
    life: str
    main: str
    record: str
    by: Acting
    at: datetime
    large: OwnLargeFiles
    settle: Settle
    lives: Lives

    def event(self, kind: EventKind, head: str, **more: object) -> Event:
        """Give an event of this moment by who acts."""
        who = {"actor": self.by.account, "role": self.by.role, "moment": self.at}
        return Event(kind=kind, head=head, **who, **more)  # type: ignore[arg-type]

    def leaf(
        self,
        message: str,
        parents: tuple[str, ...],
        files: Mapping[str, bytes | None],
        tree: str | None = None,
    ) -> Leaf:
        """Give a commit of this moment by who acts."""
        author = Author(self.by.account)
        return Leaf(
            author=author, at=self.at, message=message, parents=parents, files=files, tree=tree
        )

    def refused(
        self, submission: Submission, event: Event, *, two_people: bool = True
    ) -> Refusal | None:
        """Tell why this may not happen now."""
        return refusal(submission, event, self.by, two_people=two_people)

    def admit(self, files: Mapping[str, bytes | None], branch: str, commit: str) -> Admission:
        """Let the gate look at what is to be written on top of a commit."""
        present = read_tree(self.folder, commit) if commit != NOTHING else {}
        beside = {path: blob.size for path, blob in present.items() if path not in files}
        given = ((path, content) for path, content in files.items() if content is not None)
        entries = [
            Incoming(path, FILE, self.large.set_apart(path, content)) for path, content in given
        ]
        layout = layout_of(self.name)
        return admit(entries, branch, layout=layout, beside=beside, large=self.large.glimpse)

    def draft_gone(self, proposal: Proposal) -> tuple[Move, ...]:
        """Give the move that takes away a draft, unless it was saved again meanwhile."""
        return _draft_gone(self.folder, proposal.draft)

    def carry_out(
        self,
        submission: Submission | None,
        writing: Writing,
        *,
        issues: tuple[Issue, ...] = (),
        loose: bool = False,
    ) -> Reply:
        """Write commits and events, move all refs in one step, and tell how it stands then.

        `issues` are what the gate has told and let pass.
        """
        with writing_commits(self.folder, loose=loose) as pen:
            events, moves = writing(pen)
            life = self.life
            for event in events:
                parents = () if life == NOTHING else (life,)
                life = pen.write(self.leaf(message_of(event), parents, {}))
        move(self.folder, [*moves, Move(life_ref(self.number), self.life, life)])
        heads = {one.ref: one.new for one in moves if one.ref in {MAIN, RECORD}}
        now = _after(self, submission, events)
        self.lives.keep(now, life)
        return Reply(submission=now, issues=issues, heads=heads)

    def only_event(self, submission: Submission, event: Event) -> Reply:
        """Let an event happen that changes nothing else, if it may."""
        why = self.refused(submission, event)
        if why is not None:
            return Reply(submission=submission, refusal=why)
        return self.carry_out(submission, lambda _: ((event,), ()), loose=True)


def written(admission: Admission, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """Give what is to be written: what the gate let in, and what is deleted."""
    gone = {path: None for path, content in files.items() if content is None}
    return {**gone, **admission.files}


def _after(work: Work, submission: Submission | None, events: Iterable[Event]) -> Submission:
    """Give the submission after these events."""
    for event in events:
        submission = (
            begun(work.name, work.number, event) if submission is None else after(submission, event)
        )
    if submission is None:
        raise ValueError("Nothing has happened to this merge request.")
    return submission


def _draft_gone(folder: Path, draft: Draft | None) -> tuple[Move, ...]:
    """Give the move that takes a draft away, if it is still where it was."""
    if draft is None:
        return ()
    ref = draft_ref(draft.key)
    present = read_refs(folder, [ref]).get(ref)
    return (Move(ref, draft.version, NOTHING),) if present == draft.version else ()
