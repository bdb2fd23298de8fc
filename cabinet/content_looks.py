"""How a file of the academy's content looks to a listener: to one who is made up for it.

No listener's data is read for that. The one made up is in the group and the
programme that the file is for, so the page is the one that listeners would get.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from academy.dossier import Dossier
from academy.institution import Academy
from academy.listener import Card
from academy.programme import Group
from academy.projection import Projection, ProjectionKind
from formats.academy_content import read_academy
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import RenderError
from generator.workshop import Workshop

_NOBODY = "bcdfghjkmn"


@dataclass(frozen=True, slots=True)
class _Audience:
    """Who is shown a file, where, in which content, and when."""

    page: str
    academy: Academy
    group: str
    programme: str
    at: datetime


def page_for_listeners(
    workshop: Workshop, path: str, files: Mapping[str, bytes], at: datetime
) -> bytes:
    """Make the page on which listeners see a file; nothing when no listener does."""
    academy = read_academy(files, "").academy
    audience = _audience(academy, path, at) if academy else None
    if audience is None:
        return b""
    try:
        project, _ = workshop.compose(
            Dossier(person=_NOBODY, card=_card(audience)),
            audience.academy,
            Projection(kind=ProjectionKind.OWNER),
            audience.at,
        )
        return workshop.render(project).get(audience.page, b"")
    except (UnsafePageError, RenderError):
        return b""


def _card(audience: _Audience) -> Card:
    return Card(
        external_id="-",
        last_name="—",
        first_name="—",
        programme=audience.programme,
        group=audience.group,
        category=_category(audience),
    )


def _category(audience: _Audience) -> str:
    """A category that has the section the page is in."""
    section = audience.page.split("/")[0]
    wanted = audience.page.split("/")[1] if section == "pages" else section
    wanted = "study" if wanted == "materials" else wanted
    found = [one.id for one in audience.academy.categories if wanted in one.sections]
    return next(iter([*found, *(one.id for one in audience.academy.categories)]), "")


def _audience(academy: Academy, path: str, at: datetime) -> _Audience | None:
    """Tell who is shown a file; None when nobody is, or it cannot be read."""
    folder, _, file = path.partition("/")
    name = file.rpartition(".")[0]
    anyone = _of_programme(academy, academy.programmes[0].id) if academy.programmes else ("", "")
    match folder:
        case "announcements":
            one = next((one for one in academy.announcements if one.id == name), None)
            if one is None:
                return None
            group = academy.group(one.groups[0]) if one.groups else None
            who = (group.id, group.programme) if group else anyone
            if one.programmes and group is None:
                who = _of_programme(academy, one.programmes[0])
            alone = replace(academy, announcements=(one,))
            return _Audience("announcements/index.html", alone, *who, max(at, one.starts))
        case "pages":
            return _Audience(f"pages/{name}/index.html", academy, *anyone, at)
        case "programmes":
            return _Audience("study/index.html", academy, *_of_programme(academy, name), at)
        case "groups":
            group = academy.group(name)
            return _of_group(academy, group, at) if group else None
        case "materials":
            users = [one.id for one in academy.programmes if name in _materials(academy, one.id)]
            if not users:
                return None
            page = f"materials/{name}/index.html"
            return _Audience(page, academy, *_of_programme(academy, users[0]), at)
    return None


def _of_group(academy: Academy, group: Group, at: datetime) -> _Audience:
    return _Audience("study/index.html", academy, group.id, group.programme, at)


def _of_programme(academy: Academy, programme: str) -> tuple[str, str]:
    """A group that studies a programme, and the programme."""
    groups = [one.id for one in academy.groups if one.programme == programme]
    return next(iter(groups), ""), programme


def _materials(academy: Academy, programme: str) -> set[str | None]:
    found = academy.programme(programme)
    modules = found.modules if found else ()
    return {resource.material for module in modules for resource in module.resources}
