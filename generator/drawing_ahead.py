"""Renditions of pictures made before their time: when a picture is saved, not when it is published.

Whoever accepts a work waits for its pages. Its pictures have been there for hours by
then, so their renditions can be too, by the digest of each picture.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from forge.renditions import RECIPE, Renditions, make_renditions
from sites.store import Sites


def draw_ahead(person: str, pictures: Iterable[bytes], sites: Sites) -> None:
    """Draw pictures that are not published yet, for a listener who has sites."""
    manifest = sites.manifest(person)
    if manifest is None or not manifest.projections:
        return
    kept = manifest.pictures
    known = kept.by_digest if kept.recipe == RECIPE else {}
    for content in pictures:
        digest = sha256(content).hexdigest()
        if digest in known or sites.is_ahead(person, digest):
            continue
        made = make_renditions(content)
        if made is not None:
            sites.lay_ahead(person, digest, _packed(made))


def take_drawn(person: str, digest: str, sites: Sites) -> Renditions | None:
    """Take the renditions of a picture that were drawn ahead; None when they have to be drawn."""
    raw = sites.take_ahead(person, digest)
    return _unpacked(raw) if raw is not None else None


def _packed(made: Renditions) -> bytes:
    sizes = [[width, len(content)] for width, content in made.contents.items()]
    head = json.dumps([RECIPE, made.width, made.height, sizes])
    return b"".join((head.encode(), b"\n", *made.contents.values()))


def _unpacked(raw: bytes) -> Renditions | None:
    """Read what was laid ready; None for what another recipe made, and for what is not whole."""
    head, _, rest = raw.partition(b"\n")
    try:
        recipe, width, height, sizes = json.loads(head)
    except ValueError:
        return None
    if recipe != RECIPE or sum(size for _, size in sizes) != len(rest):
        return None
    contents: dict[int, bytes] = {}
    for one, size in sizes:
        contents[one], rest = rest[:size], rest[size:]
    return Renditions(width, height, contents)
