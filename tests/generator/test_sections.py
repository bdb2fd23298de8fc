"""Sections per category are configuration: any list in any order gives a site without dead ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest

from academy.institution import Section
from generator.outcome import State

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NAMES = [section.value for section in Section if section is not Section.HOME]
GOAL = "---\ntitle: Бег\nset_on: 2026-11-01\ndue: 2026-11-26\n---\n"
WORK = "---\ntitle: Сад\nmodule: site-analysis\n---\n"


def with_sections(academy, *names):
    categories = tuple(replace(one, sections=names) for one in academy.categories)
    return replace(academy, categories=categories)


@pytest.mark.parametrize("names", [[], *combinations(NAMES, 1), *combinations(NAMES, 5), NAMES])
@pytest.mark.parametrize("consent", [True, False])
def test_any_choice_of_sections_builds_without_a_dead_end(house, names, consent):
    house.academy = with_sections(house.academy, *names)
    record = None if consent else {"consent.yml": "consents: []\n"}
    person = house.add(main={"goals/g.md": GOAL, "works/w/index.md": WORK}, record=record)
    assert house.builder.build(person, AT).state is State.BUILT
    files = house.files(person, "owner")
    pages = {
        "general": "general/index.html",
        "announcements": "announcements/index.html",
        "study": "study/index.html",
        "documents": "documents/index.html",
        "portfolio": "portfolio/index.html",
        "contacts": "contacts/index.html",
    }
    assert {name for name, page in pages.items() if page in files} == set(names)
    home = files["index.html"].decode()
    for name, page in pages.items():
        if name not in names:
            assert f'href="{page.removesuffix("index.html")}' not in home


def test_sections_stand_in_the_order_of_the_configuration(house):
    house.academy = with_sections(house.academy, "portfolio", "contacts", "general")
    person = house.add()
    house.builder.build(person, AT)
    page = house.files(person, "owner")["index.html"].decode()
    places = [page.index(f">{title}</a>") for title in ("К кому обратиться", "Общие данные")]
    assert places == sorted(places)


def test_a_page_of_the_academy_is_a_section(house):
    [first, *_] = house.academy.pages
    house.academy = with_sections(house.academy, first)
    person = house.add()
    house.builder.build(person, AT)
    assert f"pages/{first}/index.html" in house.files(person, "owner")
    assert f"pages/{first}/index.html" not in house.files(person, "responsible")
