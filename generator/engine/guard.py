"""The last look at a rendered page: nothing on it may act (clause 7.4).

The normal form lets nothing through, and this is the check that it did not.
The page is serialised twice by the same sanitiser, once keeping what our pages
are made of and once keeping every name that stands in it; a difference means
that something stood in it that must not.
"""

from __future__ import annotations

import re
from functools import cache

import nh3

_TAGS = frozenset(
    """
    a abbr article aside audio b blockquote br button caption code dd del desc details div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img input label li meter nav ol p path picture pre
    progress section small source span strong sub summary sup svg table tbody td text tfoot th
    thead time title tr ul video
    """.split()
)
_GLOBAL = frozenset(
    """
    align aria-hidden aria-label aria-labelledby aria-describedby aria-current class dir
    data-search-exclude hidden id lang role tabindex title translate
    """.split()
)
_ATTRIBUTES = {
    "a": {"href", "rel", "download", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"},
    "source": {"srcset", "sizes", "type"},
    "audio": {"src", "controls", "preload"},
    "video": {"src", "controls", "preload", "playsinline"},
    "progress": {"value", "max"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "time": {"datetime"},
    "ol": {"start"},
    "details": {"open"},
    "th": {"scope", "colspan"},
    "td": {"colspan"},
    "svg": {"viewBox", "width", "height"},
    "path": {"d"},
    "text": {"x", "y"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ACTING_SCHEMES = {"about", "blob", "data", "file", "filesystem", "javascript", "vbscript"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*")
_MOST_NAMES = 2000


class UnsafePageError(Exception):
    """A rendered page holds markup that no page of ours may hold."""


def refuse_unsafe(html: str, path: str) -> None:
    """Raise `UnsafePageError` when the page at `path` holds anything outside the allow-list."""
    if _strict().clean(html) != _LOOSE.clean(html):
        raise UnsafePageError(f"{path}: markup outside the allow-list")


@cache
def _strict() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(),
        attributes={**{tag: set(kept) for tag, kept in _ATTRIBUTES.items()}, "*": set(_GLOBAL)},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


class _Loose:
    """Keeps every name that stands in a page, and those that stood in the pages before.

    To know the names of other pages too lets nothing more through that is in this
    one, and a sanitiser is made for a new name only, not for each page.
    """

    def __init__(self) -> None:
        # Both in one place: several threads may look at pages at the same time.
        self._known: tuple[set[str], nh3.Cleaner] = (set(), _cleaner_for(set()))

    def clean(self, html: str) -> str:
        """Write a page as the sanitiser does, with everything that is in it."""
        names = set(_NAME.findall(html))
        known, cleaner = self._known
        if not names <= known:
            # A page full of names is no reason to remember them for ever.
            known = names | (known if len(known) < _MOST_NAMES else set())
            cleaner = _cleaner_for(known)
            self._known = (known, cleaner)
        return cleaner.clean(html)


def _cleaner_for(names: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=names | _TAGS,
        clean_content_tags=set(),
        attributes={"*": names | _GLOBAL | set().union(*_ATTRIBUTES.values())},
        url_schemes=_schemes_in(names),
        link_rel=None,
        strip_comments=False,
    )


def _schemes_in(names: set[str]) -> set[str]:
    """Every scheme that could stand in a page, those that act also when they are spelled oddly."""
    parts = {part.lower() for name in names for part in name.split(":")}
    return parts | _SCHEMES | _ACTING_SCHEMES


_LOOSE = _Loose()
