"""Pages on paper: what can only be clicked is gone, marks and addresses are there, ink is dark."""

from __future__ import annotations

import re

import pytest

from cabinet.settings import PROGRAM

FURNITURE = (".md-header", ".md-sidebar", ".md-skip", ".f-nav", ".f-toc", ".md-path", ".md-footer")


@pytest.fixture
def paper(watched):
    """A page as a printer gets it, asked for by somebody with dark colours on the screen."""
    watched.page.emulate_media(media="print", color_scheme="dark")
    return watched.page


def test_navigation_and_buttons_are_not_printed(paper, kinds):
    for kind in kinds:
        paper.goto(kind.address)
        shown = [one for one in FURNITURE if paper.locator(one).filter(visible=True).count()]
        assert shown == [], kind
        assert paper.locator("article h1").is_visible(), kind


def test_materials_bear_the_mark_of_the_academy_and_the_person(paper, kinds, people):
    marked = [
        one
        for one in kinds
        if one.projection == "owner" and one.name.startswith(("materials/", "pages/"))
    ]
    assert len(marked) == 2
    for kind in marked:
        paper.goto(kind.address)
        mark = paper.locator(".c-mark").first
        assert mark.is_visible(), kind
        person = kind.address.split("/c/")[1].partition("/")[0]
        assert person in people.values()
        assert person in mark.inner_text(), kind


def test_ink_is_dark_on_paper_whatever_the_screen_is(paper, owner):
    paper.goto(owner)
    colour, ground = paper.evaluate(
        """() => [getComputedStyle(document.querySelector('article h1')).color,
                  getComputedStyle(document.body).backgroundColor]"""
    )
    brightness = [
        sum(int(one) for one in re.findall(r"\d+", value)[:3]) for value in (colour, ground)
    ]
    assert brightness[0] < 200
    assert brightness[1] > 600


def test_addresses_of_other_sites_are_told_on_paper(paper, owner):
    paper.goto(f"{owner}contacts/")
    told = paper.evaluate(
        """[...document.querySelectorAll('article a[href^="http"]:not(.c-button)')].map(one =>
            getComputedStyle(one, '::after').content + one.innerText)"""
    )
    assert told
    assert [one for one in told if "http" not in one] == []


def test_a_page_becomes_a_document_of_few_sheets(paper, owner):
    paper.goto(f"{owner}portfolio/works/dvor-na-solnechnoy/")
    document = paper.pdf(format="A4")
    assert document.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", document)) <= 6


def test_no_sheet_prints_with_colours_of_its_own():
    sheet = (PROGRAM / "site_templates/cabinet/assets/cabinet/tokens.css").read_text(
        encoding="utf-8"
    )
    for dark in re.findall(r"@media ([^{]*)\{[^@]*?color-scheme: dark", sheet):
        assert "screen" in dark
