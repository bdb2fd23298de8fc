"""The tour of the README names what is pressed as the program names it, and shows its pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from messages import catalogue
from tools.picture_tour import BUTTONS, NAMES, PICTURES

ROOT = Path(__file__).parents[2]
TOURS = {
    "ru": ("README.ru.md", "### За три минуты", "## Как быстро"),
    "en": ("README.md", "### Three minutes", "## How fast"),
}


@pytest.fixture(params=TOURS)
def tour(request):
    """The language and the text of a tour."""
    file, start, end = TOURS[request.param]
    _, _, text = (ROOT / file).read_text(encoding="utf-8").partition(start)
    return request.param, text.partition(end)[0]


def test_every_button_is_called_as_it_is_on_the_screen_and_in_its_order(tour):
    language, text = tour
    words = catalogue(language)
    named = re.findall(r"\*\*([^*]+)\*\*", text)
    assert named == [words.text(key) for key in BUTTONS]


def test_every_picture_is_shown_and_none_is_left_over(tour):
    _, text = tour
    assert re.findall(r"pictures/tour/([a-z]+)\.webp", text) == list(NAMES)
    assert sorted(one.stem for one in PICTURES.iterdir()) == sorted(NAMES)
    assert sum(one.stat().st_size for one in PICTURES.iterdir()) < 120_000
