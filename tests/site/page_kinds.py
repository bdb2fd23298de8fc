"""Every kind of page a reader can meet, each by its heaviest example in the demo."""

from __future__ import annotations

import re
from dataclasses import dataclass

DOORS = {"owner": "c", "responsible": "r", "participants": "p", "share": "s"}
PUBLIC_PAGES = ("", "help/", "rules/", "support/")

_ONE_OF_MANY = [
    (re.compile(r"(materials|pages|works|achievements)/[^/]+/$"), r"\1/*/"),
    (re.compile(r"sections/[^/]+/[^/]+/$"), "sections/*/*/"),
    (re.compile(r"sections/[^/]+/$"), "sections/*/"),
]


@dataclass(frozen=True)
class Kind:
    """A kind of page: whose site it is on, what kind it is, and the address of an example."""

    projection: str
    name: str
    address: str

    def __str__(self):
        return f"{self.projection}:{self.name or 'home'}"


def pages_of(files):
    """The addresses of the pages among the paths of a site, from its root."""
    return [path.removesuffix("index.html") for path in files if path.endswith("index.html")]


def kind_of(page):
    """What kind of page an address is: items of one sort are one kind."""
    for pattern, name in _ONE_OF_MANY:
        page, found = pattern.subn(name, page)
        if found:
            break
    return page


def reader_of(projection):
    """Whose site it is; the sites of share links are each called by the link."""
    return projection.partition("-")[0]


def page_kinds(demo, address):
    """Every kind there is, with the address of the example."""
    heaviest = {}
    for person in demo.office.sites.people():
        for projection, files in demo.office.sites.manifest(person).projections.items():
            reader = reader_of(projection)
            if reader not in DOORS:
                continue
            for page in pages_of(files):
                key = (reader, kind_of(page))
                size = files[f"{page}index.html"].size
                if key not in heaviest or size > heaviest[key][0]:
                    heaviest[key] = (size, f"{address}/{DOORS[reader]}/{person}/{page}")
    kinds = [Kind(*key, found[1]) for key, found in sorted(heaviest.items())]
    return kinds + [Kind("public", page, f"{address}/{page}") for page in PUBLIC_PAGES]
