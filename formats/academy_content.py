"""The academy's own repository as an `Academy`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from academy.announcement import Announcement
from academy.consistency import check_academy
from academy.identifiers import is_slug
from academy.institution import Academy, Page
from academy.issue import Issue, Location, Severity, in_order
from academy.policy import Policy
from academy.programme import Group, Programme
from formats.files import read_file, read_markdown
from formats.institution import (
    ACADEMY,
    ANNOUNCEMENT,
    GROUP,
    MATERIAL,
    PAGE,
    POLICY,
    PROGRAMME,
    STAFF,
)
from formats.lines import with_lines
from formats.schema import Schema

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadAcademy:
    """What was read: the academy (None without a readable `academy.yml`) and every mistake."""

    academy: Academy | None
    issues: tuple[Issue, ...]


def checked_academy(files: Mapping[str, bytes], version: str) -> ReadAcademy:
    """Read the academy's repository, and find references in it that lead nowhere."""
    read = read_academy(files, version)
    if read.academy is None:
        return read
    issues = in_order((*read.issues, *with_lines(check_academy(read.academy), files)))
    return ReadAcademy(read.academy, issues)


def read_academy(files: Mapping[str, bytes], version: str) -> ReadAcademy:
    """Read the academy's repository: path to content; `version` is its commit (clause 9.1)."""
    issues: list[Issue] = []
    settings = read_file(ACADEMY, "academy.yml", files, issues)
    if settings is None:
        if "academy.yml" not in files:
            issues.append(Issue("academy-missing", Severity.ERROR, Location("academy.yml")))
        return ReadAcademy(None, in_order(issues))
    policy = read_file(POLICY, "policy.yml", files, issues) or Policy()
    academy = Academy(
        name=settings.name,
        short_name=settings.short_name,
        support=settings.support,
        time_zone=settings.time_zone,
        language=settings.language.value,
        sites=settings.sites,
        mail=settings.mail,
        chats=settings.chats,
        categories=settings.categories,
        departments=settings.departments,
        staff=read_file(STAFF, "staff.yml", files, issues) or (),
        groups=_all(GROUP, "groups", files, issues),
        programmes=_all(PROGRAMME, "programmes", files, issues),
        announcements=_announcements(files, issues),
        materials=_pages(MATERIAL, "materials", files, issues),
        pages=_pages(PAGE, "pages", files, issues),
        policy=replace(policy, version=version),
    )
    return ReadAcademy(academy, in_order(issues))


def _all(
    schema: Schema[T], folder: str, files: Mapping[str, bytes], issues: list[Issue]
) -> tuple[T, ...]:
    """Read every YAML file of a folder; its name is the id."""
    found: list[T] = []
    for name, path in _files_of(folder, "yml", files, issues):
        value = read_file(schema, path, files, issues)
        if isinstance(value, Group | Programme):
            found.append(replace(value, id=name))
    return tuple(found)


def _announcements(files: Mapping[str, bytes], issues: list[Issue]) -> tuple[Announcement, ...]:
    found = []
    for name, path in _files_of("announcements", "md", files, issues):
        read = read_markdown(ANNOUNCEMENT, path, files, issues)
        if read:
            found.append(replace(read[0], id=name, body=read[1]))
    return tuple(found)


def _pages(
    schema: Schema[Page], folder: str, files: Mapping[str, bytes], issues: list[Issue]
) -> dict[str, Page]:
    found = {}
    for name, path in _files_of(folder, "md", files, issues):
        read = read_markdown(schema, path, files, issues)
        if read:
            found[name] = replace(read[0], id=name, body=read[1])
    return found


def _files_of(
    folder: str, ending: str, files: Mapping[str, bytes], issues: list[Issue]
) -> list[tuple[str, str]]:
    """The records of a folder, id and path; a text file that cannot be one is a mistake."""
    found = []
    for path in sorted(files):
        name = path.removeprefix(f"{folder}/")
        if name == path or not name.endswith((".yml", ".yaml", ".md")):
            continue
        record = name.removesuffix(f".{ending}")
        if record != name and is_slug(record):
            found.append((record, path))
        else:
            values: dict[str, str | int] = {"value": name[:60], "ending": ending}
            issues.append(Issue("file-name-odd", Severity.ERROR, Location(path), values))
    return found
