"""How changed content is going to look to a listener: made by the real generator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from desk.previews import article_alone
from desk.staff.content_files import contents_with
from desk.web.call import Call
from desk.web.pages import made_safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a listener sees of a file; nothing when nobody is shown it."""

    path: str
    article: Markup


def look_of(call: Call, changes: Mapping[str, bytes | None]) -> Look | None:
    """Show the first of the changed files that has a page; None when none of them has.

    Raises `BusyError`.
    """
    files = contents_with(call, changes)
    for path, content in changes.items():
        if content is not None and path.partition("/")[0] in SHOWN:
            page = call.workplace.previews.look_of_content(call.visitor.account, path, files)
            return Look(path=path, article=made_safe(article_alone(page)))
    return None


SHOWN = frozenset({"announcements", "materials", "pages", "programmes", "groups"})
"""The folders whose files are pages of a cabinet, or parts of one."""
