"""Whether records fit together: references to programmes, groups, modules, sections, workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from academy.dossier import Dossier
from academy.institution import Academy, Section
from academy.issue import Issue, Location, Severity, in_order
from academy.portfolio import Item, ItemKind, Reflection, Work, folder


def check_dossier(dossier: Dossier, academy: Academy) -> tuple[Issue, ...]:
    """Find references of a dossier that lead nowhere in the academy's content."""
    return in_order((*_card_issues(dossier, academy), *_module_issues(dossier, academy)))


def check_academy(academy: Academy) -> tuple[Issue, ...]:
    """Find references of the academy's content that lead nowhere."""
    return in_order(
        (
            *_zone_issues(academy),
            *_section_issues(academy),
            *_group_issues(academy),
            *_programme_issues(academy),
            *_announcement_issues(academy),
        )
    )


def file_of(item: Item) -> str:
    """The path of the file that describes an item."""
    if item.kind in (ItemKind.GOAL, ItemKind.REFLECTION):
        return f"{folder(item)}.md"
    return f"{folder(item)}/index.md"


def _unknown(place: Location, value: str, known: Iterable[str]) -> Issue:
    options = sorted(known)
    close = get_close_matches(value, options, n=1, cutoff=0.6)
    code = "reference-unknown-close" if close else "reference-unknown"
    return Issue(
        code,
        Severity.ERROR,
        place,
        {
            "field": place.field,
            "value": value,
            "known": ", ".join(options),
            "close": close[0] if close else "",
        },
    )


def _card_issues(dossier: Dossier, academy: Academy) -> Iterator[Issue]:
    card = dossier.card
    lists = {
        "category": (card.category, {one.id for one in academy.categories}),
        "programme": (card.programme, {one.id for one in academy.programmes}),
        "group": (card.group, {one.id for one in academy.groups}),
        "department": (card.department, {one.id for one in academy.departments}),
        "curator": (card.curator, {one.id for one in academy.staff}),
    }
    for field, (value, known) in lists.items():
        if value is not None and value not in known:
            yield _unknown(Location("card.yml", 0, field), value, known)


def _module_issues(dossier: Dossier, academy: Academy) -> Iterator[Issue]:
    programme = academy.programme(dossier.card.programme)
    if programme is None:
        return
    known = {module.id for module in programme.modules}
    for result in dossier.results.results:
        if result.module not in known:
            yield _unknown(Location("results.yml", 0, "module"), result.module, known)
    for item in dossier.portfolio.items():
        if isinstance(item, Work | Reflection) and item.module and item.module not in known:
            yield _unknown(Location(file_of(item), 0, "module"), item.module, known)


def _zone_issues(academy: Academy) -> Iterator[Issue]:
    try:
        ZoneInfo(academy.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        place = Location("academy.yml", 0, "time_zone")
        yield Issue("time-zone-unknown", Severity.ERROR, place, {"value": academy.time_zone})


def _section_issues(academy: Academy) -> Iterator[Issue]:
    known = {section.value for section in Section} | set(academy.pages)
    for category in academy.categories:
        for section in category.sections:
            if section not in known:
                yield _unknown(Location("academy.yml", 0, "sections"), section, known)


def _group_issues(academy: Academy) -> Iterator[Issue]:
    programmes = {one.id for one in academy.programmes}
    staff = {one.id for one in academy.staff}
    for group in academy.groups:
        file = f"groups/{group.id}.yml"
        programme = academy.programme(group.programme)
        if programme is None:
            yield _unknown(Location(file, 0, "programme"), group.programme, programmes)
        else:
            known = {module.id for module in programme.modules}
            for term in group.terms:
                if term.module not in known:
                    yield _unknown(Location(file, 0, "module"), term.module, known)
        if group.curator and group.curator not in staff:
            yield _unknown(Location(file, 0, "curator"), group.curator, staff)
        for reviewer in group.reviewers:
            if reviewer not in staff:
                yield _unknown(Location(file, 0, "reviewers"), reviewer, staff)


def _programme_issues(academy: Academy) -> Iterator[Issue]:
    departments = {one.id for one in academy.departments}
    for programme in academy.programmes:
        file = f"programmes/{programme.id}.yml"
        if programme.department not in departments:
            yield _unknown(Location(file, 0, "department"), programme.department, departments)
        for module in programme.modules:
            for resource in module.resources:
                if resource.material and resource.material not in academy.materials:
                    place = Location(file, 0, "material")
                    yield _unknown(place, resource.material, academy.materials)


def _announcement_issues(academy: Academy) -> Iterator[Issue]:
    groups = {one.id for one in academy.groups}
    programmes = {one.id for one in academy.programmes}
    for one in academy.announcements:
        file = f"announcements/{one.id}.md"
        for group in one.groups:
            if group not in groups:
                yield _unknown(Location(file, 0, "groups"), group, groups)
        for programme in one.programmes:
            if programme not in programmes:
                yield _unknown(Location(file, 0, "programmes"), programme, programmes)
        if one.ends and one.ends <= one.starts:
            yield Issue("announcement-never-shown", Severity.ERROR, Location(file, 0, "until"))
