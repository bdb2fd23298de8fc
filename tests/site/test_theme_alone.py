"""The theme without a cabinet: its pattern page, in both languages, held to what pages must be."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cabinet.commands.demo import MOMENT
from cabinet.settings import PROGRAM
from generator.project import NavEntry, Page, Project
from sites.manifest import Inputs, Manifest
from sites.store import Sites
from tests.serving import Server
from tests.site.conftest import AXE, DESK, PHONE, Watched
from tests.site.open_house import OpenHouse
from tests.site.test_accessibility import RULES, look

PATTERNS = (PROGRAM / "site_templates/cabinet/patterns.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Shown:
    """The pattern page as a browser shows it."""

    language: str
    page: object
    watched: Watched


def build(workshop, sites, language):
    """Build a site of the pattern page alone, under the name of the language."""
    project = Project(
        site_name="Академия",
        language=language,
        pages=(Page("index.md", "Образцы", PATTERNS),),
        nav=(NavEntry("Образцы", "index.md"),),
    )
    files = {
        path: sites.store(language, content) for path, content in workshop.render(project).items()
    }
    sites.switch(
        Manifest(
            person=language,
            inputs=Inputs(main="", record="", content="", generator=""),
            audience=(),
            built_at=MOMENT,
            valid_until=None,
            projections={language: files},
        )
    )


@pytest.fixture(params=["ru", "en"])
def shown(request, demo, browser, tmp_path):
    office, language = demo.office, request.param
    sites = Sites(tmp_path)
    build(office.workshop, sites, language)
    with Server(OpenHouse(sites, office.home.assets, language)) as server:
        context = browser.new_context(viewport=PHONE)
        watched = Watched(context.new_page(), server.address)
        watched.page.goto(server.address)
        yield Shown(language, watched.page, watched)
        context.close()


def test_the_pattern_page_is_clean_in_both_languages_and_schemes(shown):
    assert shown.page.locator("html").get_attribute("lang") == shown.language
    shown.page.evaluate(AXE)
    for scheme in ("light", "dark"):
        for screen in (PHONE, DESK):
            look(shown.page, "patterns", scheme, screen, RULES)
    assert shown.watched.complaints == []


def test_no_component_is_wider_than_a_phone(shown):
    wide = shown.page.evaluate(
        """[...document.querySelectorAll('article *')].filter(one =>
            one.getBoundingClientRect().right > innerWidth + 1
            && !one.closest('table, pre, svg')).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_pattern_page_prints(shown):
    shown.page.emulate_media(media="print")
    assert shown.page.locator(".c-mark").first.is_visible()
    assert not shown.page.locator(".md-header").is_visible()
    assert shown.page.pdf(format="A4").startswith(b"%PDF")


def test_the_furniture_speaks_the_language_of_the_site(shown):
    words = {
        "ru": ("К содержанию страницы", "Разделы", "Поиск", "На этой странице", "Поддержка"),
        "en": ("Skip to the page", "Sections", "Search", "On this page", "Support"),
    }
    text = shown.page.locator("body").text_content()
    other = {"ru": "en", "en": "ru"}[shown.language]
    assert [one for one in words[shown.language] if one not in text] == []
    assert [one for one in words[other][:4] if one in text.split("<article")[0]] == []
