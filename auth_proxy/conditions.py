"""What a request says about the answer it can use: validators, ranges, encodings (RFC 9110).

Everything is bounded: a header longer than it has any reason to be counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 512
_TAG = re.compile(rb'(?:W/)?"([\x21\x23-\x7e]*)"')
_RANGE = re.compile(rb"bytes=([0-9]{0,15})-([0-9]{0,15})")
_OFFER = re.compile(rb"([a-z*-]+)(?:;q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a content: from `start`, and not to `stop` itself."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Unsatisfiable:
    """A range that lies outside the content."""


def has_match(header: bytes | None, tag: bytes) -> bool:
    """Tell whether `If-None-Match` names the tag (given without its quotes)."""
    if header is None or len(header) > _LONGEST:
        return False
    return header.strip() == b"*" or tag in _TAG.findall(header)


def span_of(
    header: bytes | None, if_range: bytes | None, tag: bytes, size: int
) -> Span | Unsatisfiable | None:
    """Find the part that is asked for; None means all of it.

    One range is served. Several at once, which cost more than they ask for
    (CVE-2011-3192), and units other than bytes are answered with the whole.
    """
    if header is None or (if_range is not None and if_range != b'"' + tag + b'"'):
        return None
    match = _RANGE.fullmatch(header.replace(b" ", b"")) if len(header) <= _LONGEST else None
    if match is None or match[0] == b"bytes=-":
        return None
    first, last = match[1], match[2]
    if not first:
        length = min(int(last), size)
        return Span(size - length, size) if length else Unsatisfiable()
    if last and int(last) < int(first):
        return None
    start, stop = int(first), min(int(last) + 1, size) if last else size
    return Span(start, stop) if start < size else Unsatisfiable()


def encoding_of(header: bytes | None, prepared: Sequence[str]) -> str | None:
    """Choose one of the prepared encodings, in their order; None: as it is."""
    if not header or not prepared or len(header) > _LONGEST:
        return None
    weights = {}
    for offer in header.lower().replace(b" ", b"").split(b","):
        if match := _OFFER.fullmatch(offer):
            weights[match[1].decode("ascii")] = float(match[2]) if match[2] else 1.0
    other = weights.get("*", 0.0)
    liked = [name for name in prepared if weights.get(name, other) > 0]
    return max(liked, key=lambda name: weights.get(name, other), default=None)
