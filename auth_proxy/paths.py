"""The one canonical form of a path; whatever is written in another way is not there.

Two ways to write one address are two chances to be let in by one and refused by the
other (CWE-22, CWE-180), so nothing is tidied up: a path is taken as it must be
written, or it leads nowhere.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 1024

# Nearly every request: letters, digits and the marks that never need an escape.
_PLAIN = re.compile(rb"(?:/[A-Za-z0-9_~-](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?)*/?")
_PIECES = re.compile(rb"[A-Za-z0-9._~/!$&'()*+,=:@-]+|(?:%[0-9A-F]{2})+")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_NEVER = frozenset("/\\%")
_DOTTED = ".well-known"


def canonical(raw: bytes) -> str | None:
    r"""Decode the path of a request; None unless it is written in its canonical form.

    In it there are no empty segments, none that begins or ends with a dot or
    a space, no bare `;` and no `\`; escapes are upper case, are UTF-8, and stand for
    nothing that could be written without one.
    """
    if not raw.startswith(b"/") or len(raw) > LONGEST:
        return None
    if _PLAIN.fullmatch(raw):
        return raw.decode("ascii")
    path = _decoded(raw)
    if path is None or not path.isprintable() or unicodedata.normalize("NFC", path) != path:
        return None
    *folders, name = path[1:].split("/")
    if all(map(_is_segment, folders)) and (not name or _is_segment(name)):
        return path
    return None


def _decoded(raw: bytes) -> str | None:
    pieces = _PIECES.findall(raw)
    if sum(map(len, pieces)) != len(raw):
        return None
    try:
        return "".join(_piece(piece) for piece in pieces)
    except ValueError:
        return None


def _piece(piece: bytes) -> str:
    if not piece.startswith(b"%"):
        return piece.decode("ascii")
    text = bytes.fromhex(piece.replace(b"%", b"").decode("ascii")).decode("utf-8")
    if _UNRESERVED.intersection(text) or _NEVER.intersection(text):
        raise ValueError("an escape that must not be there")
    return text


def _is_segment(segment: str) -> bool:
    if segment == _DOTTED:
        return True
    return bool(segment) and segment == segment.strip(" .")
