"""Pages of the demo in a real browser, under the policy they are served with."""

from __future__ import annotations

PAGES = [
    "",
    "general/",
    "announcements/",
    "study/",
    "documents/",
    "contacts/",
    "portfolio/",
    "portfolio/works/",
    "portfolio/achievements/",
    "portfolio/goals/",
    "portfolio/reflections/",
]


def test_no_page_complains_or_asks_another_host(watched, owner, demo, people):
    person = people["AL-2026-0011"]
    paths = [
        path.removesuffix("index.html")
        for path in demo.office.sites.manifest(person).projections["owner"]
        if path.endswith("index.html")
    ]
    assert len(paths) > len(PAGES)
    for path in paths:
        answer = watched.page.goto(owner + path)
        assert answer.ok, path
        assert watched.complaints == [], path


def test_no_page_has_script_or_style_of_its_own(watched, owner):
    for path in PAGES:
        watched.page.goto(owner + path)
        found = watched.page.evaluate(
            """() => [
                document.querySelectorAll('script:not([src]):not([type="application/json"])').length,
                document.querySelectorAll('style').length,
                [...document.querySelectorAll('*')].filter(e => e.hasAttribute('onclick')).length,
            ]"""
        )
        assert found == [0, 0, 0], path
        raw = watched.page.request.get(owner + path).text()
        assert "style=" not in raw, path


def test_no_page_is_wider_than_a_phone(watched, owner):
    for path in PAGES:
        watched.page.goto(owner + path)
        width = watched.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path


def test_search_finds_what_is_in_the_portfolio(watched, owner):
    watched.page.goto(owner)
    watched.page.locator(".f-find").click()
    watched.page.locator(".f-search__field").fill("портфолио")
    first = watched.page.locator(".f-search__link").first
    first.wait_for()
    assert watched.complaints == []
    assert first.get_attribute("href").startswith(owner)


def test_every_picture_is_drawn(watched, owner, demo, people):
    person = people["AL-2026-0011"]
    for path in demo.office.sites.manifest(person).projections["owner"]:
        if path.startswith("portfolio/works/") and path.endswith("index.html"):
            watched.page.goto(owner + path.removesuffix("index.html"))
            watched.page.evaluate(
                "document.querySelectorAll('img').forEach(one => { one.loading = 'eager' })"
            )
            watched.page.wait_for_load_state("networkidle")
            broken = watched.page.evaluate(
                "[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"
            )
            assert broken == [], path


def test_the_public_pages_open(watched, address):
    for path in ("/", "/rules/", "/support/", "/help/"):
        answer = watched.page.goto(address + path)
        assert answer.ok
        assert watched.complaints == [], path
