"""Which files a branch consists of.

`main` is the listener's word and `record` the academy's; what a merge request or
a draft holds is going to be on `main`, so it has the layout of `main`.
"""

from __future__ import annotations

import re
from enum import Enum

from academy.identifiers import is_slug
from forge.port import MAIN, RECORD

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_WORD = ("refs/heads/mr/", "refs/drafts/")


class Part(Enum):
    """What a file is in the layout."""

    PAGE = "page"
    ATTACHMENT = "attachment"


def part_of(path: str, branch: str) -> Part | None:
    """Tell what a path is on a branch, or None when it has no place there.

    Raises `ValueError` for a branch that has no layout.
    """
    segments = tuple(path.split("/"))
    if branch == RECORD:
        return Part.PAGE if _is_of_record(segments) else None
    if branch == MAIN or branch.startswith(_WORD):
        return _part_of_main(segments)
    raise ValueError(f"{branch!r} has no layout.")


def _part_of_main(segments: tuple[str, ...]) -> Part | None:
    """Tell what a path of the listener's word is."""
    match segments:
        case ("about.md",) | ("portfolio.yml",):
            return Part.PAGE
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


def _names_a_record(file: str, ending: str) -> bool:
    """Tell whether a file is named by an identifier and has this ending."""
    return file.endswith(ending) and is_slug(file.removesuffix(ending))
