"""Lines of the search index: Material's own, page by page instead of site by site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from material.plugins.search.plugin import SearchIndex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from generator.engine.sections import sections_of

_Index: Any = SearchIndex


class SearchEntries:
    """Makes the entries of pages, and puts them together to the index of a site."""

    def __init__(self, config: MkDocsConfig) -> None:
        plugin: Any = next(one for one in config.plugins.values() if hasattr(one, "search_index"))
        self._settings = dict(plugin.config)
        empty: str = _Index(**self._settings).generate_search_index(None)
        self._head = empty.removesuffix("]}")

    def of(self, content: str, page: Page) -> str:
        """Give the entries of a page as JSON, without the brackets around them."""
        index = _Index(**self._settings)
        if (page.meta.get("search") or {}).get("exclude"):
            return ""
        for section in sections_of(content):
            if not section.is_excluded():
                index.create_entry_for_section(section, page.toc, page.url, page)
        return json.dumps(index.entries, separators=(",", ":"), default=str)[1:-1]

    def together(self, entries: Iterable[str]) -> bytes:
        """Give the index of a site whose pages have these entries."""
        return f"{self._head}{','.join(one for one in entries if one)}]}}".encode()
