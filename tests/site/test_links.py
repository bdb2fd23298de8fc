"""Every link, anchor and picture of every page of the demo leads somewhere."""

from __future__ import annotations

import json
import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from tests.site.conftest import site_files

PUBLIC_PAGES = {"/", "/support/", "/rules/", "/help/", "/c/"}
# What the way in answers: it is held to that by its own tests.
WAYS_OUT = {"/desk/", "/p/", "/oauth2/access", "/oauth2/sessions", "/oauth2/sign-out"}
# What the desk answers: its own tests hold it to that.
KIND = "works|achievements|goals|reflections"
KEY = "[a-z0-9-]+"
DESK = re.compile(
    "/desk/(mine|sections|report/(general|study|documents)"
    f"|reviews/works[.]{KEY}|review-of/[a-z0-9]{{10}}/works[.]{KEY}"
    "|sent/[0-9]+|review/[a-z0-9]{10}/[0-9]+"
    f"|add/({KIND}|sections[.]{KEY})"
    f"|edit/(about|({KIND})[.]{KEY}|sections[.]{KEY}[.]{KEY}))/"
)


class Links(HTMLParser):
    """The ids of a page, and the addresses it names."""

    def __init__(self, page):
        super().__init__()
        self.ids = set()
        self.addresses = []
        self.feed(page)
        self.close()

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.ids.add(value)
            elif name in ("href", "src"):
                self.addresses.append(value)


def broken_links(files, theme):
    """Every address of a site that leads nowhere, with the page it is on."""
    pages = {
        path: Links(content.decode()) for path, content in files.items() if path.endswith(".html")
    }
    broken = []
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("https", "http", "mailto", "tel"):
                continue
            if not leads_somewhere(path, parts, files, pages, theme):
                broken.append((path, address))
    return broken


def leads_somewhere(path, parts, files, pages, theme):
    if parts.path.startswith("/"):
        asset = parts.path.removeprefix(theme.address)
        if DESK.fullmatch(parts.path):
            return True
        return parts.path in PUBLIC_PAGES | WAYS_OUT or (theme.folder / asset).is_file()
    target = path
    if parts.path:
        joined = posixpath.join(posixpath.dirname(path), unquote(parts.path))
        target = posixpath.normpath(joined)
        if parts.path.endswith(("/", ".")) or target == ".":
            target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[target].ids


def test_every_link_anchor_and_picture_of_every_page_resolves(demo, people):
    theme = demo.office.workshop.theme
    broken = {
        (person, projection): found
        for person in people.values()
        for projection in demo.office.sites.manifest(person).projections
        if (found := broken_links(site_files(demo, person, projection), theme))
    }
    assert broken == {}


def test_a_broken_link_is_found(demo, people):
    theme = demo.office.workshop.theme
    person = people["AL-2026-0011"]
    files = site_files(demo, person, "owner")
    page = files["index.html"].decode()
    files["index.html"] = page.replace('href="general/"', 'href="nowhere/"', 1).encode()
    assert ("index.html", "nowhere/") in broken_links(files, theme)


def test_every_place_of_every_search_index_resolves(demo, people):
    broken = []
    for person in people.values():
        for projection in demo.office.sites.manifest(person).projections:
            files = site_files(demo, person, projection)
            for entry in json.loads(files["search/search_index.json"])["docs"]:
                path, _, anchor = entry["location"].partition("#")
                page = files.get(f"{path}index.html")
                if page is None or (anchor and anchor not in Links(page.decode()).ids):
                    broken.append((person, projection, entry["location"]))
    assert broken == []


def test_the_public_pages_resolve(demo):
    theme = demo.office.workshop.theme
    assert broken_links(site_files(demo, "public", "public"), theme) == []
