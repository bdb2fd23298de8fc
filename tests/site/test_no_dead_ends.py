"""Every page of every site of the demo can be come to, and leads on to another one."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from tests.site.conftest import site_files
from tests.site.page_kinds import pages_of


class Page(HTMLParser):
    """The links of a page: all of them, and those of its own content."""

    def __init__(self, content):
        super().__init__()
        self.links, self.own = set(), set()
        self._depth = 0
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        # A review on a page is an article in an article.
        self._depth += tag == "article"
        if tag == "a":
            href = dict(attrs).get("href", "")
            self.links.add(href)
            if self._depth:
                self.own.add(href)

    def handle_endtag(self, tag):
        self._depth -= tag == "article"


def target(page, link):
    """The page of the same site a link leads to; None for what is elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.path.startswith("/"):
        return None
    joined = posixpath.normpath(posixpath.join(page or ".", unquote(parts.path) or "."))
    return "" if joined == "." else f"{joined}/"


def sites_of(demo, people):
    for person in people.values():
        for projection in demo.office.sites.manifest(person).projections:
            files = site_files(demo, person, projection)
            yield projection, {page: Page(files[f"{page}index.html"]) for page in pages_of(files)}


def test_every_page_can_be_come_to_from_the_first_one(demo, people):
    for projection, pages in sites_of(demo, people):
        seen, todo = set(), {""}
        while todo:
            page = todo.pop()
            seen.add(page)
            todo |= {target(page, link) for link in pages[page].links} & pages.keys() - seen
        assert pages.keys() - seen == set(), projection


def test_every_page_leads_on_by_its_own_content(demo, people):
    ends = [
        (projection, page)
        for projection, pages in sites_of(demo, people)
        for page, found in pages.items()
        if not {target(page, link) for link in found.own} & pages.keys() - {page}
        # A site of one page can only lead outside.
        and len(pages) > 1
    ]
    assert ends == []


def test_every_page_leads_home(demo, people):
    for projection, pages in sites_of(demo, people):
        for page, found in pages.items():
            assert "" in {target(page, link) for link in found.links}, (projection, page)
