"""Every screen of the desk has a picture in the documentation, and no picture is heavy."""

from __future__ import annotations

import re
from pathlib import Path

from desk.addresses import ADDRESSES
from tools.desk_screens import PICTURES, SCREENS

PAGE = Path(__file__).parents[2] / "docs" / "desk.md"
LARGEST, ALL = 40_000, 700_000

NO_SCREENS = re.compile(r"/|/arriving/.*|.*/site/.*|.*/picture/.*")
"""The entrance leads on; the others give parts of a screen, or tell its script something."""


def test_every_address_that_shows_something_is_among_the_screens():
    seen = [one.path.format(olga="p" * 10, nikolay="q" * 10) for one in SCREENS]
    missing = [
        one.path
        for one in ADDRESSES
        if one.show and not NO_SCREENS.fullmatch(one.path) and not _is_seen(one.path, seen)
    ]
    assert missing == []


def test_every_screen_has_its_picture_and_no_picture_is_left_over():
    pictures = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert sorted(pictures) == sorted(f"{one.name}.webp" for one in SCREENS)
    assert [name for name, size in pictures.items() if size > LARGEST] == []
    assert sum(pictures.values()) < ALL


def test_the_page_shows_each_with_its_title():
    page = PAGE.read_text(encoding="utf-8")
    lacking = [one for one in SCREENS if f"![{one.title}](pictures/desk/{one.name}" not in page]
    assert lacking == []


def _is_seen(path, seen):
    path = path.replace("{path:path}", ".+")
    pattern = re.sub(r"\{[^}]*\}", "[^/]+", path)
    return any(re.fullmatch(f"/desk{pattern}", one) for one in seen)
