"""What a page's Markdown became: everything of a page that does not depend on its theme."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Article:
    """A page's Markdown as HTML, with what the theme, the search and the checks need of it.

    `targets` are the sources its links were resolved in; it is good for another
    site as long as each of them is there too. `links` are those of its links
    that name an anchor: source, anchor, and the link as it was written.
    `entries` are its lines of the search index.
    """

    content: str
    title: str | None
    toc: list[dict[str, Any]]
    anchors: frozenset[str]
    links: tuple[tuple[str, str, str], ...]
    targets: tuple[str, ...]
    entries: str
    meta: Mapping[str, Any] = field(default_factory=dict)


class Articles:
    """Articles by the digest of what they were made of.

    A key stands for the whole of its input, so whoever finds an article by it
    would have made the same one: nothing passes from one listener to another.
    The latest used are remembered in memory, however many listeners there are;
    those of the listener at hand (`lent`) come from their own folder.
    """

    def __init__(self) -> None:
        self._latest: OrderedDict[str, Article] = OrderedDict()
        self._lent: Mapping[str, Article] = {}
        self._used: dict[str, Article] = {}

    def get(self, key: str) -> Article | None:
        """Find an article."""
        article = self._lent.get(key)
        if article is None and key in self._latest:
            article = self._latest[key]
            self._latest.move_to_end(key)
        if article is not None:
            self._used[key] = article
        return article

    def add(self, key: str, article: Article) -> None:
        """Remember an article."""
        self._used[key] = self._latest[key] = article
        if len(self._latest) > _REMEMBERED:
            self._latest.popitem(last=False)

    def lend(self, articles: Mapping[str, Article]) -> None:
        """Begin with another listener, of whom `articles` are known."""
        self._lent, self._used = articles, {}

    def used(self) -> Iterator[tuple[str, Article]]:
        """Every article of the listener at hand, with its key."""
        return iter(self._used.items())
