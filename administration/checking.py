"""What is wrong in what somebody has sent: the mistakes that `cabinet check` would find in it.

The gate looks at each file by itself, and refuses what must not enter. Whether the files
fit together is said to people, wherever they send from, and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from academy.institution import Academy
from academy.issue import Issue, in_order
from academy.submission import Submission
from forge.port import MAIN, RECORD, Repositories
from formats.academy_content import checked_academy
from formats.dossier import checked_dossier
from formats.prose.checking import prose_issues

_TEXT_LIMIT = 256 * 1024
_Files = dict[str, bytes]


def submission_issues(
    repositories: Repositories, academy: Academy, submission: Submission
) -> tuple[Issue, ...]:
    """Find what is wrong in a listener's submission: in what it changes, or because of that."""
    person = submission.person
    heads = repositories.heads(person)
    commits = (submission.base, submission.head, heads.get(RECORD, heads[MAIN]))
    found = repositories.snapshots(person, commits, _TEXT_LIMIT)
    before, after, record = (
        # Pictures and recordings are looked at by their names only.
        {path: content or b"" for path, (_, content) in found[commit].items()}
        for commit in commits
    )

    def issues(main: _Files) -> tuple[Issue, ...]:
        read = checked_dossier(person, main, record if RECORD in heads else {}, academy)
        texts = prose_issues(read.dossier.portfolio, main) if read.dossier else ()
        # The academy's word is no business of whoever sends.
        of_main = (one for one in read.issues if one.location.file not in record)
        return (*of_main, *texts)

    paths = before.keys() | after.keys()
    changed = {path for path in paths if before.get(path) != after.get(path)}
    return _new(changed, issues(before), issues(after))


def content_issues(
    present: Mapping[str, bytes], changes: Mapping[str, bytes | None]
) -> tuple[Issue, ...]:
    """Find what would be wrong in the academy's content, with some files changed or gone (None)."""
    files = {path: one for path, one in {**present, **changes}.items() if one is not None}
    known, found = (checked_academy(one, "").issues for one in (present, files))
    return _new(changes, known, found)


def _new(
    changed: Container[str], known: Iterable[Issue], found: Iterable[Issue]
) -> tuple[Issue, ...]:
    """Those in files that have changed, and those in others that were not there before."""
    there = set(map(_known_by, known))
    return in_order(
        one for one in found if one.location.file in changed or _known_by(one) not in there
    )


def _known_by(issue: Issue) -> tuple[object, ...]:
    """Tell an issue from others, wherever lines have moved it."""
    values = tuple(sorted((key, str(value)) for key, value in issue.values.items()))
    return issue.code, issue.location.file, issue.location.field, values
