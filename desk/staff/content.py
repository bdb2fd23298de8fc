"""The academy's own content: programmes, materials, pages, consents, groups, rules, settings.

Each is a file with a form of one field; whatever is wrong in it is told with its
line before it can be sent. What is sent is a submission: where the policy takes
two people, another one accepts it (clause 9.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Role
from academy.issue import Issue, has_errors
from academy.submission import Submission, SubmissionState
from academy.submitting import Acting, review_mode_of_academy
from desk.forms.filled import tidy, tidy_body
from desk.slugs import slug_of
from desk.web.call import Call
from desk.writing import DECLARATION
from forge.gate.layout import Layout, part_of
from forge.merge_requests import Proposal, Reply, Sending
from forge.port import MAIN, Blob
from formats.academy_content import checked_academy

ACADEMY = "academy"
CONFLICT = 409
NOT_FOUND = 404
WRONG = 422
CONTENT_LIMIT = 200_000
FILE_LIMIT = 1024 * 1024

KINDS = {
    "programmes": ".yml",
    "materials": ".md",
    "pages": ".md",
    "consents": ".md",
    "groups": ".yml",
    "public": ".md",
}
"""The folders, in the order of the screen, with the ending of their files."""

_NEW = {"programmes": ".yml", "materials": ".md", "pages": ".md", "groups": ".yml"}
_SETTINGS = ("policy.yml", "academy.yml", "staff.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mistake in words, at a line of a file."""

    issue: Issue
    what: str
    fix: str


def contents(call: Call) -> Response:
    """List the files, and what waits for somebody's yes."""
    present = _tree(call)
    names = {kind: sorted(one for one in present if one.startswith(f"{kind}/")) for kind in KINDS}
    return call.page(
        "staff/contents.html",
        kinds=names,
        settings=[one for one in _SETTINGS if one in present],
        waiting=[one for one in call.workplace.requests.all(ACADEMY) if not one.state.is_final],
        new_kinds=list(_NEW),
        names=call.names,
        titles=_titles(call),
    )


def begin_content(call: Call) -> Response:
    """Go to the empty form of a new file, named after its title."""
    kind, title = call.form.get("kind"), tidy(call.form.get("title"))
    if kind not in _NEW or not title:
        return call.go("/desk/content/", "nothing-said")
    taken = {path.rpartition("/")[2].rpartition(".")[0] for path in _tree(call)}
    return call.go(f"/desk/content/edit/{kind}/{slug_of(title, taken, kind)}{_NEW[kind]}")


def content(call: Call) -> Response:
    """Show a file in its form."""
    return _page(call)


def change_content(call: Call) -> Response:
    """Look a file over, or send it, or send that it goes."""
    path, base = _wanted(call)
    given = call.form
    if given.get("base") != base:
        return _page(call, status=CONFLICT, problem="content-moved")
    new = None if given.get("do") == "remove" else _typed(call)
    told = told_issues(call, {path: new})
    if given.get("do") == "check" or has_errors(one.issue for one in told):
        return _page(call, status=200 if not told else WRONG, told=told, is_checked=True)
    reply = _send(call, path, new)
    if reply.submission is None or not reply.is_done:
        refused = tuple(_told(call, one) for one in reply.issues)
        key = reply.refusal.value if reply.refusal else "content-moved"
        return _page(call, status=CONFLICT, told=refused, problem="" if refused else key)
    return call.go(address_of(reply.submission), _said(reply.submission))


def acting(call: Call) -> Acting:
    """The visitor as who keeps the academy's content."""
    return Acting(account=call.visitor.account, role=Role.REGISTRAR.value, may_review=True)


def address_of(submission: Submission) -> str:
    """The screen of what was sent."""
    return f"/desk/content/sent/{submission.number}/"


def told_issues(call: Call, changes: Mapping[str, bytes | None]) -> tuple[Told, ...]:
    """What would be wrong with changed files, and with others because of them."""
    repositories = call.workplace.repositories
    head = repositories.heads(ACADEMY)[MAIN]
    snapshot = repositories.snapshot(ACADEMY, head, FILE_LIMIT)
    present = {path: content or b"" for path, (_, content) in snapshot.items()}
    after = {path: one for path, one in (present | dict(changes)).items() if one is not None}
    before = set(map(_known_by, checked_academy(present, head).issues))
    return tuple(
        _told(call, one)
        for one in checked_academy(after, head).issues
        if one.location.file in changes or _known_by(one) not in before
    )


def _known_by(issue: Issue) -> tuple[object, ...]:
    """Tell an issue from others, wherever lines have moved it."""
    values = tuple(sorted((key, str(value)) for key, value in issue.values.items()))
    return issue.code, issue.location.file, issue.location.field, values


def _told(call: Call, issue: Issue) -> Told:
    catalogue = call.words.catalogue
    return Told(issue=issue, what=catalogue.what(issue), fix=catalogue.fix(issue))


def _typed(call: Call) -> bytes:
    text = tidy_body(call.form.get("text"))[:CONTENT_LIMIT].strip("\n")
    return f"{text}\n".encode()


def _send(call: Call, path: str, new: bytes | None) -> Reply:
    """Open a submission and send it; it is published at once where one person is enough."""
    requests, by = call.workplace.requests, acting(call)
    proposal = Proposal(files={path: new}, message=path)
    reply = requests.open(ACADEMY, path, proposal, by, call.at)
    submission = reply.submission
    if submission is None or not reply.is_done:
        return reply
    policy = call.workplace.academy().policy
    sending = Sending(
        declaration=DECLARATION,
        mode=review_mode_of_academy(policy),
        policy=policy.version,
        note=tidy_body(call.form.get("note")).strip()[:1000],
    )
    sent = requests.submit(ACADEMY, submission.number, submission.head, sending, by, call.at)
    if not sent.is_done:
        requests.withdraw(ACADEMY, submission.number, by, call.at)
    return sent


def _said(submission: Submission) -> str:
    is_published = submission.state is SubmissionState.MERGED
    return "content-published" if is_published else "content-sent"


def _titles(call: Call) -> dict[str, str]:
    """What the files are called by those who read them, by path."""
    academy = call.workplace.academy()
    titles = {f"programmes/{one.id}.yml": one.title for one in academy.programmes}
    titles |= {f"groups/{one.id}.yml": one.title for one in academy.groups}
    titles |= {f"materials/{one.id}.md": one.title for one in academy.materials.values()}
    return titles | {f"pages/{one.id}.md": one.title for one in academy.pages.values()}


def _tree(call: Call) -> Mapping[str, Blob]:
    repositories = call.workplace.repositories
    return repositories.tree(ACADEMY, repositories.heads(ACADEMY)[MAIN])


def _wanted(call: Call) -> tuple[str, str]:
    """The path that the address names, if it has a place, and the id of what is there now."""
    path = call.params["path"]
    known: Iterable[str] = (*KINDS, *_SETTINGS)
    if path.partition("/")[0] not in known or part_of(path, MAIN, Layout.ACADEMY) is None:
        raise HTTPException(NOT_FOUND)
    present = _tree(call).get(path)
    return path, present.id if present else ""


def _page(
    call: Call,
    *,
    status: int = 200,
    told: tuple[Told, ...] = (),
    problem: str = "",
    is_checked: bool = False,
) -> Response:
    path, base = _wanted(call)
    repositories = call.workplace.repositories
    present = repositories.read(ACADEMY, [base])[base].decode("utf-8", "replace") if base else ""
    typed = call.form.fields.get("text")
    return call.page(
        "staff/content.html",
        status=status,
        path=path,
        base=base,
        is_new=not base,
        text=present if typed is None else typed,
        present=present if problem == "content-moved" else "",
        note=call.form.get("note"),
        told=told,
        problem=problem,
        is_checked=is_checked,
        two_people=call.workplace.academy().policy.two_people,
        may_go="/" in path and bool(base),
    )
