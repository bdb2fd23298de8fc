"""Which files a branch consists of.

In a listener's repository `main` is the listener's word and `record` the academy's;
the academy's own has `main` only. What a merge request or a draft holds is going
to be on `main`, so it has the layout of `main`.
"""

from __future__ import annotations

import re
from enum import Enum

from academy.identifiers import is_person_id, is_slug
from forge.paths import ATTRIBUTES
from forge.port import MAIN, RECORD

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_WORD = ("refs/heads/mr/", "refs/drafts/")


class Layout(Enum):
    """Whose repository it is."""

    PORTFOLIO = "portfolio"
    ACADEMY = "academy"


class Part(Enum):
    """What a file is in the layout."""

    PAGE = "page"
    ATTRIBUTES = "attributes"
    ATTACHMENT = "attachment"


def layout_of(name: str) -> Layout:
    """Tell whose repository has this name: those of listeners are named by person ids."""
    return Layout.PORTFOLIO if is_person_id(name) else Layout.ACADEMY


def part_of(path: str, branch: str, layout: Layout = Layout.PORTFOLIO) -> Part | None:
    """Tell what a path is on a branch, or None when it has no place there.

    Raises `ValueError` for a branch that has no layout.
    """
    segments = tuple(path.split("/"))
    is_word = branch == MAIN or branch.startswith(_WORD)
    if is_word and layout is Layout.ACADEMY:
        return Part.PAGE if _is_of_academy(segments) else None
    if is_word:
        return _part_of_main(segments)
    if branch == RECORD and layout is Layout.PORTFOLIO:
        return Part.PAGE if _is_of_record(segments) else None
    raise ValueError(f"{branch!r} has no layout.")


def _part_of_main(segments: tuple[str, ...]) -> Part | None:
    """Tell what a path of the listener's word is."""
    match segments:
        case ("about.md",) | ("portfolio.yml",):
            return Part.PAGE
        case (name,) if name == ATTRIBUTES:
            return Part.ATTRIBUTES
        case ("goals" | "reflections", file):
            return Part.PAGE if _names_a_record(file, ".md") else None
        case ("works" | "achievements", item, file) if is_slug(item):
            return _part_in_item(file)
        case ("sections", section, item, file) if is_slug(section) and is_slug(item):
            return _part_in_item(file)
    return None


def _part_in_item(file: str) -> Part:
    """Tell what a file in the folder of an item is."""
    return Part.PAGE if file == "index.md" else Part.ATTACHMENT


def _is_of_record(segments: tuple[str, ...]) -> bool:
    """Tell whether a path is one of the academy's word."""
    match segments:
        case ("card.yml",) | ("results.yml",) | ("consent.yml",):
            return True
        case ("documents" | "verification", file):
            return _names_a_record(file, ".yml")
        case ("reviews", item, file):
            number = file.removesuffix(".md")
            return is_slug(item) and file != number and _NUMBER.fullmatch(number) is not None
    return False


def _is_of_academy(segments: tuple[str, ...]) -> bool:
    """Tell whether a path is one of the academy's own content."""
    match segments:
        case ("academy.yml",) | ("policy.yml",) | ("staff.yml",):
            return True
        case ("groups" | "programmes", file):
            return _names_a_record(file, ".yml")
        case ("announcements" | "pages" | "materials" | "public", file):
            return _names_a_record(file, ".md")
        case ("consents", file):
            purpose, _, language = file.removesuffix(".md").partition(".")
            return file.endswith(".md") and is_slug(purpose) and is_slug(language)
    return False


def _names_a_record(file: str, ending: str) -> bool:
    """Tell whether a file is named by an identifier and has this ending."""
    return file.endswith(ending) and is_slug(file.removesuffix(ending))
