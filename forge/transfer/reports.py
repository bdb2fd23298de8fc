"""What a client is told about its push: lines for Git, and words for the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from academy.issue import Issue
from academy.submission import EventKind, Submission
from forge.embedded.pushes import Taken
from forge.transfer.packets import FLUSH, on_band, packet
from forge.transfer.pushing import Wishes
from messages import Catalogue

_SHOWN_ISSUES = 20
_DATA, _WORDS = 1, 2


def report_taken(
    wishes: Wishes, taken: Taken, wrong: Iterable[Issue], account: str, words: Catalogue
) -> bytes:
    """Report what became of the content of a push, and what is still wrong in it."""
    submission = taken.reply.submission
    if taken.reply.refusal is not None:
        return report_refused(wishes, taken.reply.refusal.value, words)
    if not taken.reply.is_done or submission is None:
        issues = _of_issues(taken.reply.issues, words)
        return _report(wishes, "ng", [*issues, _text(words, "not-taken")])
    lines = [
        *_of_issues(taken.reply.issues, words),
        *_of_taken(taken, submission, account, words),
        *_of_wrong(list(wrong), words),
    ]
    return _report(wishes, "ok", lines, taken, submission)


def report_refused(wishes: Wishes, reason: str, words: Catalogue) -> bytes:
    """Report why a push was not taken."""
    lines = [words.text(f"git.refused-{reason}"), _text(words, "not-taken")]
    return _report(wishes, "ng", lines)


def _of_taken(
    taken: Taken, submission: Submission, account: str, words: Catalogue
) -> Iterator[str]:
    """Tell what is there now, and what to do next."""
    opened = submission.events[-1].kind is EventKind.OPENED
    what = "there-already" if taken.is_there else "opened" if opened else "changed"
    yield words.text(f"git.{what}", number=submission.number)
    yield _text(words, "declare")
    if not taken.is_kept:
        yield words.text("git.rewritten", number=submission.number)
        yield words.text("git.identity", account=account)


def _of_issues(issues: Iterable[Issue], words: Catalogue) -> Iterator[str]:
    """Tell what the gate has to say."""
    for issue in list(issues)[:_SHOWN_ISSUES]:
        yield f"{words.what(issue)} {words.fix(issue)}"


def _of_wrong(issues: list[Issue], words: Catalogue) -> Iterator[str]:
    """Tell what should be put right before it is sent: the place, the mistake, the remedy."""
    if issues:
        yield words.count("git.wrong", len(issues))
    for issue in issues[:_SHOWN_ISSUES]:
        place = issue.location
        where = f"{place.file}:{place.line}" if place.line else place.file
        yield f"{where}: {words.what(issue)} {words.fix(issue)}"


def _report(
    wishes: Wishes,
    result: str,
    lines: Iterable[str],
    taken: Taken | None = None,
    submission: Submission | None = None,
) -> bytes:
    """Put a report together as the client understands it."""
    status = b"".join(_status(wishes, result, taken, submission)) + FLUSH
    if "side-band-64k" not in wishes.capabilities:
        return status
    told = b"".join(on_band(_WORDS, (f"{line}\n".encode() for line in lines)))
    return told + b"".join(on_band(_DATA, [status])) + FLUSH


def _status(
    wishes: Wishes, result: str, taken: Taken | None, submission: Submission | None
) -> Iterator[bytes]:
    """Give the lines for Git: how it ended, and which ref it ended up in."""
    yield packet(b"unpack ok\n")
    for command in wishes.commands:
        if result == "ng":
            yield packet(f"ng {command.ref} not taken\n".encode())
            continue
        yield packet(f"ok {command.ref}\n".encode())
        if taken and submission and "report-status-v2" in wishes.capabilities:
            if command.ref != taken.ref:
                yield packet(f"option refname {taken.ref}\n".encode())
            if command.new != submission.head:
                yield packet(f"option new-oid {submission.head}\n".encode())


def _text(words: Catalogue, key: str) -> str:
    """Give a text without values."""
    return words.text(f"git.{key}")
