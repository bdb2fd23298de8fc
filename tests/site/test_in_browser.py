"""Pages of the demo in a real browser, under the policy they are served with."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.site.conftest import site_files


def test_no_kind_of_page_complains_or_asks_another_host(watched, kinds):
    for kind in kinds:
        answer = watched.page.goto(kind.address)
        assert answer.ok, kind
        assert "'unsafe" not in answer.headers["content-security-policy"]
        assert watched.complaints == [], kind


def test_no_window_asks_another_host_either(watched, with_pictures):
    watched.page.goto(with_pictures)
    watched.page.locator(".c-gallery figure > a").first.click()
    watched.page.locator(".f-view__picture").evaluate("one => one.decode()")
    watched.page.keyboard.press("Escape")
    watched.page.locator(".f-find").click()
    watched.page.locator(".f-search__field").fill("двор")
    watched.page.locator(".f-search__link").first.wait_for()
    watched.page.keyboard.press("Escape")
    watched.page.locator(".f-colours").click()
    assert watched.complaints == []


def test_an_address_that_leads_nowhere_says_so_without_complaints(watched, owner, address):
    for missing in (f"{owner}nowhere/", f"{address}/nowhere/", f"{address}/c/0000000000/"):
        answer = watched.page.goto(missing)
        assert answer.status == 404
        assert "content-security-policy" in answer.headers
        assert Inline(answer.text()).found == []
    outside = [one for one in watched.complaints if "another host" in one]
    assert outside == []


class Inline(HTMLParser):
    """What stands in a page that must stand in files of its own, and what it loads from outside."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        data = names.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in names and not data):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [
            value
            for name, value in attrs
            if (name in ("src", "srcset") or (name == "href" and tag == "link"))
            and re.match(r"(?:[a-z]+:)?//|data:|javascript:", value or "", re.IGNORECASE)
        ]


def test_no_page_of_any_site_holds_script_or_style_or_loads_from_outside(demo):
    counted = 0
    for person in demo.office.sites.people():
        for projection in demo.office.sites.manifest(person).projections:
            for path, content in site_files(demo, person, projection).items():
                if path.endswith(".html"):
                    counted += 1
                    assert Inline(content.decode()).found == [], (person, projection, path)
    assert counted > 200


def test_what_is_inline_or_outside_is_found():
    page = '<p style="a" onclick=b><script>c</script><img src="//d.example/e"><style>f</style>'
    assert Inline(page).found == ["style", "onclick", "script", "//d.example/e", "style"]


def test_no_kind_of_page_is_wider_than_a_phone(watched, kinds):
    for kind in kinds:
        watched.page.goto(kind.address)
        width = watched.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, kind


def test_every_page_says_which_language_it_speaks(watched, people, address):
    for external_id, language in (("AL-2026-0011", "ru"), ("AL-2026-0013", "en")):
        for door in ("c", "r", "p"):
            watched.page.goto(f"{address}/{door}/{people[external_id]}/")
            assert watched.page.locator("html").get_attribute("lang") == language


def test_texts_of_the_academy_say_their_language_in_an_english_cabinet(watched, people, address):
    watched.page.goto(f"{address}/c/{people['AL-2026-0013']}/announcements/")
    assert watched.page.locator("article [lang=ru]").count() > 0
    watched.page.goto(f"{address}/c/{people['AL-2026-0011']}/announcements/")
    assert watched.page.locator("article [lang]").count() == 0


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
