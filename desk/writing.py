"""Saving what somebody writes, and sending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from academy.access import Role
from academy.policy import Policy
from academy.submission import Submission, SubmissionState
from academy.submitting import Acting, Refusal, review_mode
from desk.shelf import Origin, Shelf, Version
from desk.workplace import Workplace
from forge.merge_requests import Proposal, Reply, Sending
from forge.port import Blob, Kept, Saving, StaleHeadError

DECLARATION = "1"
"""The version of the text of the declaration of accuracy (clause 5.2)."""

_SENT = frozenset({SubmissionState.SUBMITTED, SubmissionState.APPROVED, SubmissionState.MERGED})


def acting_author(person: str) -> Acting:
    """A listener acting on their own portfolio."""
    return Acting(account=person, role=Role.LISTENER.value)


def save(
    workplace: Workplace, shelf: Shelf, version: Version, files: Mapping[str, bytes | None]
) -> Kept:
    """Save files into the draft of a piece: path to bytes, or to None to take away.

    A draft holds its whole piece, so the first saving takes the rest along. What the gate
    does not let in is not in it, and is told.
    Raises `DraftMovedError` when it was saved from elsewhere.
    """
    whole: dict[str, bytes | None] = {}
    if version.origin is not Origin.DRAFT and version.files:
        blobs = {path: blob.id for path, blob in version.files.items() if path not in files}
        contents = workplace.repositories.read(shelf.person, list(blobs.values()))
        whole = {path: contents[blob] for path, blob in blobs.items()}
    kept = version.files if version.origin is Origin.DRAFT else {}
    whole |= {
        path: content for path, content in files.items() if content is not None or path in kept
    }
    return workplace.drafts.save(
        shelf.person,
        shelf.key(version.piece),
        Saving(files=whole, base=version.base),
        expected=version.expected,
        at=workplace.now(),
    )


def discard(workplace: Workplace, shelf: Shelf, version: Version) -> None:
    """Throw the draft of a piece away. Raises `DraftMovedError`."""
    if version.draft is not None:
        workplace.drafts.discard(shelf.person, version.draft.key, expected=version.draft.version)


def keep_as_drafts(workplace: Workplace, shelf: Shelf, submission: Submission) -> None:
    """Keep what was sent as drafts, before it is taken back; a newer draft stays as it is."""
    for piece in shelf.pieces(submission):
        version = shelf.version(piece)
        if version.origin is Origin.SUBMISSION and version.files:
            save(workplace, shelf, replace(version, base=shelf.main), {})


def was_published_meanwhile(workplace: Workplace, shelf: Shelf, version: Version) -> bool:
    """Tell whether a piece has changed on `main` since the draft of it was begun."""
    if version.draft is None or version.submission is not None or version.base == shelf.main:
        return False
    before = version.piece.of(workplace.repositories.tree(shelf.person, version.base))
    return _ids(before) != _ids(version.piece.of(shelf.published))


def send(workplace: Workplace, shelf: Shelf, version: Version, title: str, note: str) -> Reply:
    """Send a piece: a submission is opened or goes on, and is sent with its declaration.

    Where the policy wants no review before, it is published at once.
    """
    at, author = workplace.now(), acting_author(shelf.person)
    reply = _with_content(workplace, shelf, version, title, at)
    if not reply.is_done or reply.submission is None:
        return reply
    return hand_in(workplace, shelf, reply.submission, note, author, at)


def hand_in(
    workplace: Workplace,
    shelf: Shelf,
    submission: Submission,
    note: str,
    by: Acting,
    at: datetime,
) -> Reply:
    """Send a submission with its declaration.

    A form that came twice at the same moment has done it already; that is no refusal.
    """
    sending = sending_of(workplace, shelf, submission, workplace.academy().policy, note)
    return sent_once(
        workplace.requests.submit(shelf.person, submission.number, submission.head, sending, by, at)
    )


def sent_once(reply: Reply) -> Reply:
    """What came of sending; that it was sent a moment before is what was asked for."""
    now = reply.submission
    if reply.refusal is Refusal.WRONG_STATE and now and now.state in _SENT:
        return Reply(submission=now)
    return reply


def catch_up(
    workplace: Workplace,
    shelf: Shelf,
    version: Version,
    files: Mapping[str, bytes | None],
    title: str,
) -> bool:
    """Go on from what is published now, with `files` where both sides had changed.

    Tells whether it was done: a submission may have come into another state.
    Raises `DraftMovedError` and `StaleHeadError`.
    """
    submission = version.submission
    if submission is None:
        return _draft_caught_up(workplace, shelf, version, files)
    sent = workplace.repositories.tree(shelf.person, submission.head)
    changes = _changes(workplace, shelf, version, version.piece.of(sent))
    reply = workplace.requests.catch_up(
        shelf.person,
        submission.number,
        submission.head,
        Proposal(files={**changes, **files}, message=title, draft=version.draft),
        acting_author(shelf.person),
        workplace.now(),
    )
    return reply.is_done


def sending_of(
    workplace: Workplace, shelf: Shelf, submission: Submission, policy: Policy, note: str
) -> Sending:
    """Give what goes with a submission: the declaration, and the mode of its review."""
    paths = workplace.requests.changed_files(shelf.person, submission.number)
    return Sending(
        declaration=DECLARATION,
        mode=review_mode(paths, policy),
        policy=policy.version,
        note=note,
    )


def _draft_caught_up(
    workplace: Workplace, shelf: Shelf, version: Version, files: Mapping[str, bytes | None]
) -> bool:
    """Take what only changed where it is published into a draft, which begins there now."""
    before = _ids(version.piece.of(workplace.repositories.tree(shelf.person, version.base)))
    there, mine = _ids(version.piece.of(shelf.published)), _ids(version.files)
    taken = [
        path for path in {*before, *there} if mine.get(path) == before.get(path) != there.get(path)
    ]
    contents = workplace.repositories.read(
        shelf.person, [there[path] for path in taken if path in there]
    )
    whole = {path: contents[there[path]] if path in there else None for path in taken}
    kept = save(workplace, shelf, replace(version, base=shelf.main), {**whole, **files})
    return not kept.issues


def send_files(
    workplace: Workplace,
    shelf: Shelf,
    files: Mapping[str, bytes | None],
    title: str,
    note: str = "",
) -> Reply:
    """Send changes that were not drafted: the order, the settings, what goes."""
    at, author, requests = workplace.now(), acting_author(shelf.person), workplace.requests
    reply = requests.open(shelf.person, title, Proposal(files=files, message=title), author, at)
    submission = reply.submission
    if not reply.is_done or submission is None:
        return reply
    return hand_in(workplace, shelf, submission, note, author, at)


def _with_content(
    workplace: Workplace, shelf: Shelf, version: Version, title: str, at: datetime
) -> Reply:
    """Put the draft of a piece into its submission, which is opened if need be."""
    author, requests = acting_author(shelf.person), workplace.requests
    present = shelf.published
    if version.submission is not None:
        present = workplace.repositories.tree(shelf.person, version.submission.head)
    proposal = Proposal(
        files=_changes(workplace, shelf, version, version.piece.of(present)),
        message=title,
        draft=version.draft,
    )
    submission = version.submission
    if submission is None:
        return requests.open(shelf.person, title, proposal, author, at)
    waits = submission.state in (SubmissionState.SUBMITTED, SubmissionState.APPROVED)
    if not proposal.files and not waits:
        return Reply(submission=submission)
    if not proposal.files:
        raise StaleHeadError("It was sent already.")
    return requests.change(shelf.person, submission.number, submission.head, proposal, author, at)


def _changes(
    workplace: Workplace, shelf: Shelf, version: Version, present: Mapping[str, Blob]
) -> dict[str, bytes | None]:
    """What the draft of a piece changes in what is there."""
    there = _ids(present)
    ids = _ids(version.files)
    differing = {path: one for path, one in ids.items() if there.get(path) != one}
    contents = workplace.repositories.read(shelf.person, list(differing.values()))
    gone: dict[str, bytes | None] = {path: None for path in there if path not in ids}
    return gone | {path: contents[one] for path, one in differing.items()}


def _ids(files: Mapping[str, Blob]) -> dict[str, str]:
    return {path: blob.id for path, blob in files.items()}
