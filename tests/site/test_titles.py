"""What stands on the tab of a browser: which page it is, whose, and of which academy."""

from __future__ import annotations

import re
from html import unescape

from tests.site.conftest import site_files
from tests.site.page_kinds import pages_of, reader_of

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)<(?:a|/h1)", re.DOTALL)


def titles(demo, person, projection):
    """The title of each page and its heading, by the address of the page."""
    files = site_files(demo, person, projection)
    found = {}
    for page in pages_of(files):
        text = files[f"{page}index.html"].decode()
        [title], [heading] = _TITLE.findall(text), _HEADING.findall(text)
        found[page] = unescape(title), unescape(heading)
    return found


def sites_of(demo, people):
    for person in people.values():
        name = demo.office.catalogue.by_person(person).card.full_name
        for projection in demo.office.sites.manifest(person).projections:
            yield name, reader_of(projection), titles(demo, person, projection)


def test_a_page_is_called_by_its_heading(demo, people):
    for name, reader, found in sites_of(demo, people):
        for page, (title, heading) in found.items():
            if reader == "owner":
                assert page or title.startswith(("Главная - ", "Home - "))
                called = [heading if page else title.partition(" - ")[0]]
            else:
                called = [heading, name] if page else [name]
            assert title == " - ".join([*called, "Академия"]), (reader, page)


def test_no_two_pages_of_different_people_or_places_have_one_title(demo, people):
    seen = {}
    for name, reader, found in sites_of(demo, people):
        if reader == "responsible":
            for page, (title, _) in found.items():
                assert seen.setdefault(title, (name, page)) == (name, page)
