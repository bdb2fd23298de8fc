"""What a first visit costs: everything a browser loads for a page, pictures and fonts apart."""

from __future__ import annotations

import gzip

import pytest

KILOBYTE = 1000
BUDGET = 100 * KILOBYTE

# What the kinds of pages weigh today, with some room; the budget is what they may never weigh.
GOLD = {"page": 50 * KILOBYTE, "scripts": 3 * KILOBYTE, "search": 30 * KILOBYTE}


class Scales:
    """Weighs what a page loads, each answer compressed as a proxy does on the fly."""

    def __init__(self, page):
        self.page = page
        self.asked = []
        self.known = {}
        page.on("request", self._asked)

    def weigh(self, act):
        """Do something: the kinds of resource that were loaded for it, with their bytes."""
        self.asked.clear()
        act()
        found = {}
        for kind, url in self.asked:
            found[kind] = found.get(kind, 0) + self._weight(url)
        return found

    def _asked(self, request):
        self.asked.append((request.resource_type, request.url))

    def _weight(self, url):
        if url not in self.known:
            self.known[url] = len(gzip.compress(self.page.request.get(url).body(), 6))
        return self.known[url]


@pytest.fixture
def scales(watched):
    return Scales(watched.page)


def test_no_kind_of_page_weighs_more_than_it_may(scales, kinds):
    for kind in kinds:
        weights = scales.weigh(lambda kind=kind: scales.page.goto(kind.address))
        assert weights.keys() >= {"document", "script", "stylesheet"}, kind
        beyond = weights.get("image", 0) + weights.get("font", 0)
        assert sum(weights.values()) - beyond <= GOLD["page"], (str(kind), weights)
        assert weights["script"] <= GOLD["scripts"], (str(kind), weights)


def test_search_is_loaded_when_it_is_wanted_and_fits_into_the_budget_too(scales, kinds):
    def search():
        with scales.page.expect_response("**/search_index.json"):
            scales.page.locator(".f-find").click()

    for kind in kinds:
        if kind.name in ("", "portfolio/"):
            scales.page.goto(kind.address)
            weights = scales.weigh(search)
            # Icons and pictures that are still on their way are none of it.
            assert weights.keys() >= {"script", "fetch"}, kind
            assert weights["script"] + weights["fetch"] <= GOLD["search"], (str(kind), weights)


def test_a_page_and_search_together_stay_within_the_budget():
    assert GOLD["page"] + GOLD["search"] <= BUDGET
