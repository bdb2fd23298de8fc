"""Announcements of the academy: what is shown, will be, and was; ending one early.

They are files of the academy's content, so they are written and published as all of
it is (`desk/staff/content.py`).
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.announcement import Announcement
from academy.submission import Submission
from desk.staff.content_files import ACADEMY, NOT_FOUND, present_files
from desk.staff.content_sending import address_of, said_of, send_changes
from desk.web.call import Call
from formats.editing import text_of

_FOLDER = "announcements/"


def announcements(call: Call) -> Response:
    """Show what is shown now, what will be, what was, and what waits for somebody's yes."""
    found = sorted(call.workplace.academy().announcements, key=lambda one: one.starts, reverse=True)
    return call.page(
        "staff/announcements.html",
        shown=[one for one in found if one.is_shown(call.at)],
        coming=[one for one in found if one.starts > call.at],
        over=[one for one in found if one.ends and one.ends <= call.at],
        whom=lambda one: _whom(call, one),
        waiting=_waiting(call),
        names=call.names,
        two_people=call.workplace.academy().policy.two_people,
    )


def end_announcement(call: Call) -> Response:
    """Send that one is shown no longer, from this moment on."""
    wanted = call.form.get("end")
    found = {one.id: one for one in call.workplace.academy().announcements}.get(wanted)
    if found is None or not found.is_shown(call.at):
        raise HTTPException(NOT_FOUND)
    path = f"{_FOLDER}{found.id}.md"
    blob = present_files(call)[path].id
    content = call.workplace.repositories.read(ACADEMY, [blob])[blob].decode("utf-8")
    text = text_of(content).with_head({"until": moment_text(call, call.at)})
    title = call.words.text("announcement-ends", title=found.title)
    reply = send_changes(call, title, {path: text.written().encode()}, "")
    if reply.submission is None or not reply.is_done:
        return call.go("/desk/announcements/", "not-done")
    return call.go(address_of(reply.submission), said_of(reply.submission))


def moment_text(call: Call, at: datetime) -> str:
    """Write a moment as files have it: to the second, in the academy's time."""
    return at.astimezone(ZoneInfo(call.words.time_zone)).isoformat(timespec="seconds")


def _waiting(call: Call) -> list[Submission]:
    requests = call.workplace.requests
    return [
        one
        for one in requests.all(ACADEMY)
        if not one.state.is_final
        and any(path.startswith(_FOLDER) for path in requests.changed_files(ACADEMY, one.number))
    ]


def _whom(call: Call, one: Announcement) -> str:
    academy = call.workplace.academy()
    names = [group.title for key in one.groups if (group := academy.group(key))]
    names += [found.title for key in one.programmes if (found := academy.programme(key))]
    return ", ".join(names) or call.words.text("to-everyone")
