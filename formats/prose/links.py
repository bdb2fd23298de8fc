"""Where a link of a text may lead (clause 7.4: nothing is fetched from outside by itself)."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from urllib.parse import quote, unquote

from formats.kinds import is_web_address

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_MAILTO = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_TELEPHONE = re.compile(r"tel:\+?[0-9() -]{3,20}")
_SAFE = "/:?#@!$&+,;=~-._%"

Resolve = Callable[[str], str | None]
"""Gives the address in the project for a path that a text names, or None when it leads nowhere."""


class Refusal(Enum):
    """Why a link is shown as text; the value is the code of the issue."""

    SCHEME = "link-scheme"
    BROKEN_ADDRESS = "link-address"
    NOT_FOUND = "link-not-found"
    OUTSIDE_PICTURE = "picture-outside"


def link_target(href: str, resolve: Resolve) -> str | Refusal:
    """Decide about a link: an address that can stand in Markdown, or why not."""
    address = unquote(href) if href.lower().startswith(("mailto:", "tel:")) else href
    if _MAILTO.fullmatch(address) or _TELEPHONE.fullmatch(address):
        return written(address.replace(" ", ""))
    if scheme := _SCHEME.match(href):
        if scheme[1].lower() not in ("http", "https"):
            return Refusal.SCHEME
        return written(href) if is_web_address(href) else Refusal.BROKEN_ADDRESS
    if href.startswith(("/", "\\", "#")):
        return Refusal.NOT_FOUND
    return _inside(href, resolve)


def picture_target(href: str, resolve: Resolve) -> str | Refusal:
    """Decide about a picture: only one of the portfolio's own files is shown."""
    if _SCHEME.match(href) or href.startswith(("/", "\\")):
        return Refusal.OUTSIDE_PICTURE
    return _inside(href, resolve)


def written(address: str) -> str:
    """Write an address so that no character of it means anything to a Markdown parser."""
    return quote(address, safe=_SAFE).replace("(", "%28").replace(")", "%29")


def _inside(href: str, resolve: Resolve) -> str | Refusal:
    path = unquote(re.split(r"[?#]", href, maxsplit=1)[0])
    found = resolve(path) if path else None
    return written(found) if found is not None else Refusal.NOT_FOUND
