"""How things are going to look: pages made by the real generator, kept for a short while."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from posixpath import join, normpath
from threading import Lock

from academy.portfolio import ItemKind
from academy.projection import ProjectionKind
from desk.pieces import Piece
from desk.turns import Turns

KEPT = 24

_RELATIVE = re.compile(r'(?<=\s)(src|href|srcset)="(?!/|#|[a-z][a-z0-9+.-]*:)([^"]*)"')
_LINK = re.compile(r'\s(href|srcset)="(?!#|[a-z][a-z0-9+.-]*:)[^"]*"')
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_FIRST_HEADING = re.compile(r"\s*<h1\b.*?</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site as it would be: its pages, and for each file beside them its path on `main`."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)


MakeSite = Callable[[str, Mapping[str, bytes], ProjectionKind], Site]
"""Makes the site of a person with another `main`, path to content."""


LookOfContent = Callable[[str, Mapping[str, bytes]], bytes]
"""Makes the page on which listeners see a file of the academy's content; empty if nobody does.

The path of the file is given, and the whole content as it would be.
"""


class Previews:
    """The sites looked at last; others are made one at a time. It may be shared by threads."""

    def __init__(self, make: MakeSite, look: LookOfContent, turns: Turns | None = None) -> None:
        self._make = make
        self._look = look
        self._turns = turns or Turns()
        self._kept: OrderedDict[str, Site] = OrderedDict()
        self._lock = Lock()

    def site(
        self,
        account: str,
        person: str,
        ids: Mapping[str, str],
        read: Callable[[], Mapping[str, bytes]],
        kind: ProjectionKind,
    ) -> Site:
        """Give a site to an account; `ids` names its contents, `read` gives them if need be.

        Raises `BusyError`.
        """
        words = [person, kind.value, *(f"{path}\0{one}" for path, one in sorted(ids.items()))]
        key = sha256("\n".join(words).encode()).hexdigest()
        if known := self._known(key):
            return known
        with self._turns.turn(account, key):
            # Whoever had the turn before may have wanted the same.
            return self._known(key) or self._made(key, person, read(), kind)

    def look_of_content(self, account: str, path: str, files: Mapping[str, bytes]) -> bytes:
        """Give the page on which listeners see a file of the academy. Raises `BusyError`."""
        with self._turns.turn(account, f"{path}\0{sha256(files[path]).hexdigest()}"):
            return self._look(path, files)

    def _known(self, key: str) -> Site | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _made(
        self, key: str, person: str, contents: Mapping[str, bytes], kind: ProjectionKind
    ) -> Site:
        made = self._make(person, contents, kind)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


def page_of(piece: Piece) -> str:
    """The page of a cabinet on which a piece is shown."""
    match piece.kind:
        case None:
            return "portfolio/index.html"
        case ItemKind.GOAL | ItemKind.REFLECTION:
            return f"portfolio/{piece.kind.value}/index.html"
    return f"portfolio/{piece.place}/index.html"


def shared_page_of(piece: Piece) -> str:
    """The page of a shared portfolio on which a piece is shown: the site is the portfolio."""
    return page_of(piece).removeprefix("portfolio/")


def anchor_of(piece: Piece) -> str:
    """The place on that page, where several items share one."""
    return piece.item if piece.kind in (ItemKind.GOAL, ItemKind.REFLECTION) else ""


def article_of(page: bytes, address: str) -> str:
    """Take what a page says out of its frame; relative addresses lead below `address`."""
    found = _ARTICLE.search(page.decode("utf-8"))
    if found is None:
        return ""

    def absolute(match: re.Match[str]) -> str:
        parts = [part.strip() for part in match[2].split(",")]
        moved = ", ".join(_moved(part, address) for part in parts)
        return f'{match[1]}="{moved}"'

    return _RELATIVE.sub(absolute, _FIRST_HEADING.sub("", found[1], count=1))


def article_alone(page: bytes) -> str:
    """Take what a page says out of its frame, without the links to other pages of its site."""
    found = _ARTICLE.search(page.decode("utf-8"))
    return _LINK.sub("", _FIRST_HEADING.sub("", found[1], count=1)) if found else ""


def _moved(part: str, address: str) -> str:
    path, space, width = part.partition(" ")
    bare, mark, anchor = path.partition("#")
    ending = "/" if bare.endswith("/") or not bare else ""
    return f"{normpath(join(address, bare))}{ending}{mark}{anchor}{space}{width}"
