"""Content that a Git client has pushed becomes content of a merge request.

The commits of a client carry names, addresses and dates of the client's choice,
and pictures with all their hidden data. So what is pushed is taken over as one
commit of ours, with the files as the gate lets them in. Commits that are already as
we would write them, with nothing in them that the last one does not show, stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from academy.submission import Event, EventKind, Submission
from academy.submitting import Refusal, may_begin
from forge.embedded.begun import begun_before
from forge.embedded.folders import sync
from forge.embedded.intents import NOTHING, Move
from forge.embedded.lives import content_ref
from forge.embedded.objects import read_blobs, read_pushed_tree, read_tree
from forge.embedded.pen import Pen
from forge.embedded.process import attempt, run
from forge.embedded.work import Work
from forge.gate.admission import FILE, Admission, Incoming, admit
from forge.gate.layout import layout_of, part_of
from forge.gate.limits import DEFAULTS
from forge.merge_requests import Reply
from forge.paths import ATTRIBUTES, fault_of
from forge.port import Blob

_TITLE_CHARACTERS = 160
_COMMITS_THAT_STAY = 100
_SUBMODULE = "160000"

Files = Mapping[str, tuple[Blob, bytes]]


class UnrelatedHistoryError(Exception):
    """What was pushed does not come from a copy of this repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a client has pushed into `incoming`, a passing repository: its last commit."""

    incoming: Path
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of it: the answer, the branch it is on now, and whether its commits stayed.

    `is_there` when the same was pushed before, and nothing new was begun.
    """

    reply: Reply
    ref: str
    is_kept: bool = False
    is_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """What a push changes: files that are not as they were, and files that are gone."""

    base: str
    changed: Files
    gone: frozenset[str]
    admission: Admission

    def written(self) -> dict[str, bytes | None]:
        """Give what is to be written; what was published meanwhile was admitted then."""
        given = {path: content for path, (_, content) in self.changed.items()}
        return {**dict.fromkeys(self.gone), **given, **self.admission.files}

    def is_as_it_came(self) -> bool:
        """Tell whether the gate has left every file alone."""
        admitted = self.admission.files.items()
        return all(
            path in self.changed and self.changed[path][1] == content for path, content in admitted
        )


def take_over(work: Work, submission: Submission | None, pushed: Pushed) -> Taken:
    """Take what was pushed over, into a new merge request or one that is there.

    Raises `UnrelatedHistoryError` and `TreeTooLargeError`.
    """
    ref = content_ref(work.number)
    why = _why_not(work, submission)
    if why is not None:
        return Taken(reply=Reply(submission=submission, refusal=why), ref=ref)
    difference = _difference(work, submission, pushed)
    if not difference.admission.is_clean:
        issues = difference.admission.issues
        return Taken(reply=Reply(submission=submission, issues=issues), ref=ref)
    if not difference.changed and not difference.gone:
        reply = Reply(submission=submission, refusal=Refusal.NOTHING_IN_IT)
        return Taken(reply=reply, ref=ref)
    known = None
    if submission is None:
        known = begun_before(work, difference.base, difference.written())
    if known is not None:
        reply, kept = Reply(submission=known), known.head == pushed.tip
        return Taken(reply=reply, ref=content_ref(known.number), is_kept=kept, is_there=True)
    stays = difference.is_as_it_came() and _is_as_we_write(work, submission, pushed)
    return Taken(reply=_write(work, submission, pushed, difference, stays), ref=ref, is_kept=stays)


def _why_not(work: Work, submission: Submission | None) -> Refusal | None:
    """Tell why who acts may not push this."""
    if submission is None:
        return None if may_begin(work.name, work.by) else Refusal.NOT_AUTHOR
    return work.refused(submission, work.event(EventKind.CHANGED, submission.head))


def _difference(work: Work, submission: Submission | None, pushed: Pushed) -> _Difference:
    """Give what a push changes, as far as the gate lets it."""
    base = _merge_base(pushed.incoming, work.main, pushed.tip)
    files = read_pushed_tree(pushed.incoming, pushed.tip)
    present = read_tree(work.folder, base if submission is None else submission.head)
    published = read_tree(work.folder, work.main)
    new = {path: blob for path, blob in files.items() if present.get(path) != blob}
    wanted = [blob.id for blob in new.values() if blob.mode != _SUBMODULE]
    contents = {**read_blobs(pushed.incoming, wanted)}
    changed = {path: (blob, contents.get(blob.id, b"")) for path, blob in new.items()}
    entering = [
        Incoming(path, blob.mode, content)
        for path, (blob, content) in changed.items()
        if published.get(path) != blob
    ]
    names = {entry.path for entry in entering}
    beside = {path: blob.size for path, blob in files.items() if path not in names}
    ref, layout = content_ref(work.number), layout_of(work.name)
    return _Difference(
        base=base,
        changed=changed,
        gone=frozenset(present.keys() - files.keys()),
        admission=admit(entering, ref, layout=layout, beside=beside, large=work.large.glimpse),
    )


def _merge_base(repository: Path, published: str, tip: str) -> str:
    """Give the commit of `main` that a push builds on."""
    code, output = attempt(repository, "merge-base", published, tip)
    if code:
        raise UnrelatedHistoryError
    return output.decode("ascii").split()[0]


def _is_as_we_write(work: Work, submission: Submission | None, pushed: Pushed) -> bool:
    """Tell whether the commits can stay: ours in form, in line, and without hidden content."""
    known = [work.main] if submission is None else [work.main, submission.head]
    if submission is not None:
        in_line, _ = attempt(
            pushed.incoming, "merge-base", "--is-ancestor", submission.head, pushed.tip
        )
        if in_line != 0:
            return False
    new = (pushed.tip, "--not", *known, "--")
    people = run(pushed.incoming, "log", "-z", "--format=%an <%ae>%n%cn <%ce>", *new).decode(
        errors="replace"
    )
    ours = f"{work.by.account} <{work.by.account}@cabinet.invalid>"
    if {line for entry in people.split("\0") for line in entry.splitlines()} != {ours}:
        return False
    if not _are_plain(work, pushed, new):
        return False
    only_blobs = ("--objects", "--filter=object:type=blob", "--filter-provided-objects")
    listed = run(pushed.incoming, "rev-list", *only_blobs, *new).decode(errors="replace")
    shown = {blob.id for blob in read_pushed_tree(pushed.incoming, pushed.tip).values()}
    return all(line.partition(" ")[0] in shown for line in listed.splitlines())


def _are_plain(work: Work, pushed: Pushed, new: tuple[str, ...]) -> bool:
    """Tell whether each new commit, and not the last one only, holds plain files in their places.

    What an earlier one holds would otherwise lie in every clone, unseen by anybody here.
    """
    commits = run(pushed.incoming, "rev-list", *new).decode("ascii").split()
    if len(commits) > _COMMITS_THAT_STAY:
        return False
    ref, layout = content_ref(work.number), layout_of(work.name)
    for commit in commits:
        files = read_pushed_tree(pushed.incoming, commit)
        if len(files) > DEFAULTS.files or any(blob.mode != FILE for blob in files.values()):
            return False
        if any(part_of(path, ref, layout) is None or _is_odd(path) for path in files):
            return False
    return True


def _is_odd(path: str) -> bool:
    return path != ATTRIBUTES and fault_of(path) is not None


def _write(
    work: Work,
    submission: Submission | None,
    pushed: Pushed,
    difference: _Difference,
    stays: bool,
) -> Reply:
    """Write the content and the event that tells of it."""
    before = NOTHING if submission is None else submission.head
    start = difference.base if submission is None else submission.head
    newer = submission is not None and difference.base != submission.base
    title = _title(pushed)
    parents = (start, difference.base) if newer else (start,)
    leaf = work.leaf(title, parents, difference.written())

    def writing(pen: Pen) -> tuple[tuple[Event], tuple[Move]]:
        if stays:
            _keep(work, pushed)
        head = pushed.tip if stays else pen.write(leaf)
        event = (
            work.event(EventKind.OPENED, head, text=title, commit=difference.base)
            if submission is None
            else work.event(EventKind.CHANGED, head, commit=difference.base)
        )
        return (event,), (Move(content_ref(work.number), before, head),)

    return work.carry_out(submission, writing, issues=difference.admission.issues)


def _title(pushed: Pushed) -> str:
    """Give the first line of the last commit as a title; what cannot be seen is left out."""
    text = run(pushed.incoming, "log", "-1", "--format=%s", pushed.tip).decode(errors="replace")
    return "".join(filter(str.isprintable, text)).strip()[:_TITLE_CHARACTERS] or "Git"


def _keep(work: Work, pushed: Pushed) -> None:
    """Pack the commits that stay into the repository, and nothing that lay beside them."""
    place = work.folder / "objects/pack"
    new = f"{pushed.tip}\n^{work.main}\n".encode("ascii")
    run(pushed.incoming, "pack-objects", "--revs", "--quiet", str(place / "pack"), given=new)
    sync(place)
