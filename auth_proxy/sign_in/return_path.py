"""Where a person goes after signing in: one canonical form of a path of our own, or the start page.

What a browser could read as another host is refused by having only one shape that passes
(open redirects: CWE-601; the WHATWG URL standard on backslashes, tabs and empty segments).
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

START = "/"
LONGEST = 1500

# Unreserved characters, sub-delimiters, `:` and `@` of RFC 3986, and complete escapes.
_CHARACTER = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_PATH = re.compile(rf"(?:/{_CHARACTER}+)*/?")
_QUERY = re.compile(rf"(?:{_CHARACTER}|[/?])*")
_OWN = ("/oauth2", "/id")
_SCREENS = ("/oauth2/sessions", "/oauth2/access")


def return_path(wanted: str | None) -> str:
    """Give `wanted` back when it is a canonical local path, with or without a query, else `/`."""
    return wanted if wanted is not None and is_return_path(wanted) else START


def is_return_path(wanted: str) -> bool:
    """Tell whether this is a path of our own in the one form that is taken."""
    if len(wanted) > LONGEST or not wanted.startswith("/"):
        return False
    path, question, query = wanted.partition("?")
    if not _PATH.fullmatch(path) or (question and not _QUERY.fullmatch(query)):
        return False
    # Whoever signs in again and again by following the path would go round in circles.
    if path.startswith(tuple(f"{own}/" for own in _OWN)) or path in _OWN:
        return wanted in _SCREENS
    return all(_is_plain(segment) for segment in path.split("/")) and _is_text(query)


def _is_plain(segment: str) -> bool:
    """No segment moves upwards, hides a separator or a control character, or is no text."""
    if not _is_text(segment):
        return False
    name = unquote_to_bytes(segment).decode()
    return name not in (".", "..") and not set(name) & set("/\\%")


def _is_text(part: str) -> bool:
    try:
        return unquote_to_bytes(part).decode().isprintable()
    except UnicodeDecodeError:
        return False
