"""HTML as our own templates write it: what can be read with one expression.

Tags in lower case, attributes in double quotes, no comment, nothing whose content a
parser reads otherwise. A text of which this is not true is left to real parsers.
"""

from __future__ import annotations

import re

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*) ?(/?)>')
"""A tag: the slash of an end, the name, the attributes, the slash of what closes itself."""

ATTRIBUTE = re.compile(r' ([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?')
"""An attribute: its name and its value."""

VOID = frozenset({"br", "hr", "img", "input", "source", "wbr"})
"""Elements of these names have no end."""

# What is inside these is no HTML to a parser of it; a title is one of them when it is no picture's.
_UNREAD = re.compile(
    r"<(?:script|style|textarea|xmp|iframe|noembed|noframes|plaintext)\b"
    r"|<title\b(?![^<>]*>[^<]*</title>)"
)


def is_plain(html: str) -> bool:
    """Tell whether a text has no other tags than plain ones."""
    return "<" not in TAG.sub("", html) and _UNREAD.search(html) is None
