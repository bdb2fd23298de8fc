"""From every page of a cabinet there is a way to the desk, to one's account, and out."""

from __future__ import annotations

import pytest

from tests.site.conftest import site_files
from tests.site.test_no_dead_ends import Page

ACCOUNT = {"/p/", "/oauth2/sessions", "/oauth2/sign-out"}
WAYS = {
    "owner": ACCOUNT | {"/desk/", "/oauth2/access"},
    "responsible": ACCOUNT | {"/desk/", "/c/"},
    "participants": ACCOUNT | {"/c/"},
}


@pytest.mark.parametrize("projection", WAYS)
def test_every_page_offers_the_ways_out_of_its_readers(demo, people, projection):
    files = site_files(demo, people["AL-2026-0011"], projection)
    pages = {path: Page(content) for path, content in files.items() if path.endswith(".html")}
    assert len(pages) > 10
    assert [path for path, one in pages.items() if WAYS[projection] - one.links] == []


def test_a_telephone_finds_them_in_the_menu_with_and_without_script(browser, owner):
    for has_script in (True, False):
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, java_script_enabled=has_script
        )
        page = context.new_page()
        page.goto(owner)
        page.locator(".f-menu").click()
        assert page.get_by_role("link", name="Кто смотрел мои данные").is_visible()
        assert page.get_by_role("link", name="Выйти").is_visible()
        context.close()
