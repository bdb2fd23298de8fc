"""Announcements of the academy, edited where they are: files of its own repository."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.announcement import Announcement
from academy.issue import Severity, has_errors
from desk.forms.checking import Problem, problem_of
from desk.forms.filled import tidy, tidy_body
from desk.slugs import slug_of
from desk.web.call import Call
from forge.gate.admission import FILE, Incoming, admit
from forge.gate.layout import Layout
from forge.port import MAIN, Author, Change, StaleHeadError
from formats.editing import Text, text_of

ACADEMY = "academy"
NOT_FOUND = 404
WRONG = 422
BODY_LIMIT = 20_000


def announcements(call: Call) -> Response:
    """Show what is shown now, what will be, and what was."""
    found = sorted(call.workplace.academy().announcements, key=lambda one: one.starts, reverse=True)
    return call.page(
        "staff/announcements.html",
        shown=[one for one in found if one.is_shown(call.at)],
        coming=[one for one in found if one.starts > call.at],
        over=[one for one in found if one.ends and one.ends <= call.at],
        whom=lambda one: _whom(call, one),
    )


def announcement(call: Call) -> Response:
    """Show the form of one, or an empty one."""
    found, text = _wanted(call)
    return _page(call, found, text)


def change_announcement(call: Call) -> Response:
    """Save it: cabinets are built again by themselves."""
    found, text = _wanted(call)
    given = call.form
    zone = ZoneInfo(call.words.time_zone)
    starts, ends = _moment(given.get("from"), zone), _moment(given.get("until"), zone)
    problems = _problems(call, starts, ends)
    if problems:
        return _page(call, found, text, problems)
    groups = {group.id for group in call.workplace.academy().groups}
    wanted = [one for one in given.lists.get("groups", ()) if one in groups]
    head: dict[str, object] = {
        "title": tidy(given.get("title"))[:160],
        "from": starts.isoformat() if starts else None,
        "until": ends.isoformat() if ends else None,
        "groups": wanted or None,
        "important": True if given.get("important") else None,
        "author": call.visitor.account,
    }
    text = text.with_head(head).with_body(tidy_body(given.get("body"))[:BODY_LIMIT])
    known = {one.id for one in call.workplace.academy().announcements}
    name = found.id if found else slug_of(str(head["title"]), known, "announcement")
    return _written(call, found, f"announcements/{name}.md", text)


def _written(call: Call, found: Announcement | None, path: str, text: Text) -> Response:
    repositories = call.workplace.repositories
    admission = admit([Incoming(path, FILE, text.written().encode())], MAIN, layout=Layout.ACADEMY)
    if has_errors(admission.issues):
        problems = tuple(problem_of(one, call.words) for one in admission.issues)
        return _page(call, found, text, problems)
    change = Change(
        ref=MAIN,
        expected=repositories.heads(ACADEMY)[MAIN],
        files=dict(admission.files),
        message="Announcement",
    )
    try:
        repositories.commit(ACADEMY, [change], Author(call.visitor.account), call.at)
    except StaleHeadError:
        return _page(call, found, text)
    return call.go("/desk/announcements/", "announced")


def _wanted(call: Call) -> tuple[Announcement | None, Text]:
    wanted = call.params["announcement"]
    if wanted == "new":
        return None, text_of("---\n---\n")
    found = {one.id: one for one in call.workplace.academy().announcements}.get(wanted)
    if found is None:
        raise HTTPException(NOT_FOUND)
    repositories = call.workplace.repositories
    tree = repositories.tree(ACADEMY, repositories.heads(ACADEMY)[MAIN])
    blob = tree[f"announcements/{found.id}.md"].id
    return found, text_of(repositories.read(ACADEMY, [blob])[blob].decode("utf-8"))


def _problems(call: Call, starts: datetime | None, ends: datetime | None) -> tuple[Problem, ...]:
    keys = []
    if not tidy(call.form.get("title")):
        keys.append(("title", "needs-title"))
    if starts is None:
        keys.append(("from", "needs-start"))
    if call.form.get("until") and ends is None:
        keys.append(("until", "needs-moment"))
    if starts and ends and ends <= starts:
        keys.append(("until", "ends-before"))
    return tuple(
        Problem(at=at, what=call.words.text(key), fix="", severity=Severity.ERROR)
        for at, key in keys
    )


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Read `2026-11-24T09:00`, as a browser gives it, in the academy's time."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone)
    except ValueError:
        return None


def _page(
    call: Call,
    found: Announcement | None,
    text: Text,
    problems: tuple[Problem, ...] = (),
) -> Response:
    zone = ZoneInfo(call.words.time_zone)
    given, typed = call.form, bool(call.form.fields)

    def local(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""

    return call.page(
        "staff/announcement.html",
        status=WRONG if problems else 200,
        problems=problems,
        at=[one.at for one in problems],
        is_new=found is None,
        title=given.get("title") if typed else found.title if found else "",
        starts=given.get("from") if typed else local(found.starts if found else call.at),
        ends=given.get("until") if typed else local(found.ends if found else None),
        important=bool(given.get("important")) if typed else bool(found and found.important),
        chosen=given.lists.get("groups", ()) if typed else found.groups if found else (),
        groups=call.workplace.academy().groups,
        body=given.get("body") if typed else text.body.strip("\n"),
    )


def _whom(call: Call, one: Announcement) -> str:
    academy = call.workplace.academy()
    names = [group.title for key in one.groups if (group := academy.group(key))]
    names += [found.title for key in one.programmes if (found := academy.programme(key))]
    return ", ".join(names) or call.words.text("to-everyone")
