"""Files of the academy's own content: where they are, their names, what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from academy.issue import Issue
from academy.submission import Submission
from administration.checking import content_issues
from desk.slugs import slug_of
from desk.web.call import Call
from forge.gate.layout import Layout, part_of
from forge.merge_requests import SubmissionMissingError
from forge.port import MAIN, Blob
from formats.editing import text_of

ACADEMY = "academy"
NOT_FOUND = 404
FILE_LIMIT = 1024 * 1024

KINDS = {
    "announcements": ".md",
    "programmes": ".yml",
    "materials": ".md",
    "pages": ".md",
    "consents": ".md",
    "groups": ".yml",
    "public": ".md",
}
"""The folders, in the order of the screen, with the ending of their files."""

NEW_KINDS = {"programmes": ".yml", "materials": ".md", "pages": ".md", "groups": ".yml"}
SETTINGS = ("policy.yml", "academy.yml", "staff.yml")
_UNNAMED = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mistake in words, at a line of a file."""

    issue: Issue
    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is edited: its path, what it says, and the id of that, "" for a new one.

    `submission` is one of the visitor's that is on its way; then it says what that one says.
    """

    path: str
    base: str
    content: str
    submission: Submission | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing of it is there yet."""
        return not self.base

    @property
    def kind(self) -> str:
        """The folder it lies in, or its own name."""
        return self.path.partition("/")[0]


def source_of(call: Call) -> Source:
    """The file that the address names, if it has a place; in the submission that the form names."""
    path = call.params["path"]
    known: Iterable[str] = (*KINDS, *SETTINGS)
    if path.partition("/")[0] not in known or part_of(path, MAIN, Layout.ACADEMY) is None:
        raise HTTPException(NOT_FOUND)
    repositories = call.workplace.repositories
    submission = _own_submission(call)
    commit = submission.head if submission else repositories.heads(ACADEMY)[MAIN]
    present = repositories.tree(ACADEMY, commit).get(path)
    if present is None:
        return Source(path=path, base="", content="", submission=submission)
    content = repositories.read(ACADEMY, [present.id])[present.id].decode("utf-8", "replace")
    return Source(path=path, base=present.id, content=content, submission=submission)


def _own_submission(call: Call) -> Submission | None:
    number = call.form.get("of") or call.query.get("of", "")
    if not number.isdecimal():
        return None
    try:
        found = call.workplace.requests.get(ACADEMY, int(number))
    except SubmissionMissingError:
        raise HTTPException(NOT_FOUND) from None
    if found.author != call.visitor.account or found.state.is_final:
        raise HTTPException(NOT_FOUND)
    return found


def named(call: Call, path: str, content: str) -> str:
    """Give a new file its name: after its title, unless it has one already."""
    folder, _, file = path.rpartition("/")
    name, _, ending = file.rpartition(".")
    if name != _UNNAMED:
        return path
    title = (text_of(content, is_document=ending == "md").plain or {}).get("title")
    taken = {one.rpartition("/")[2].rpartition(".")[0] for one in present_files(call)}
    return f"{folder}/{slug_of(str(title or ''), taken, folder.removesuffix('s'))}.{ending}"


def present_files(call: Call) -> Mapping[str, Blob]:
    """The files that are published."""
    repositories = call.workplace.repositories
    return repositories.tree(ACADEMY, repositories.heads(ACADEMY)[MAIN])


def contents_with(call: Call, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """What all files would say, with some of them changed or gone (None)."""
    repositories = call.workplace.repositories
    head = repositories.heads(ACADEMY)[MAIN]
    snapshot = repositories.snapshot(ACADEMY, head, FILE_LIMIT)
    present = {path: content or b"" for path, (_, content) in snapshot.items()}
    return {path: one for path, one in (present | dict(changes)).items() if one is not None}


def told_issues(call: Call, changes: Mapping[str, bytes | None]) -> tuple[Told, ...]:
    """What would be wrong with changed files, and with others because of them."""
    return tuple(told(call, one) for one in content_issues(contents_with(call, {}), changes))


def told(call: Call, issue: Issue) -> Told:
    """Say a mistake in words."""
    catalogue = call.words.catalogue
    return Told(issue=issue, what=catalogue.what(issue), fix=catalogue.fix(issue))


def titles(call: Call) -> dict[str, str]:
    """What the files are called by those who read them, by path."""
    academy = call.workplace.academy()
    found = {f"programmes/{one.id}.yml": one.title for one in academy.programmes}
    found |= {f"groups/{one.id}.yml": one.title for one in academy.groups}
    found |= {f"announcements/{one.id}.md": one.title for one in academy.announcements}
    found |= {f"materials/{one.id}.md": one.title for one in academy.materials.values()}
    return found | {f"pages/{one.id}.md": one.title for one in academy.pages.values()}
