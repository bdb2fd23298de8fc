"""The pictures of a portfolio in the sizes that pages show: made once for each content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from academy.dossier import Dossier
from academy.picture import PictureSizes, rendition
from academy.portfolio import attachments, folder, is_picture
from forge.renditions import RECIPE, make_renditions
from generator.drawing_ahead import take_drawn
from sites.manifest import KeptPicture, KeptPictures, Stored
from sites.store import Sites


def keep_pictures(
    dossier: Dossier, main: Mapping[str, bytes], last: KeptPictures, sites: Sites
) -> KeptPictures:
    """Keep the renditions of every picture of a portfolio beside its sites.

    Those of the `last` build are taken over, by the digest of the picture, and those that
    were drawn ahead, so only a new picture is ever decoded.
    """
    known = last.by_digest if last.recipe == RECIPE else {}
    kept: dict[str, KeptPicture | None] = {}
    for path in _pictures(dossier):
        digest = dossier.files[path].sha256
        if digest in kept:
            continue
        if digest in known and _is_there(dossier.person, known[digest], sites):
            kept[digest] = known[digest]
        else:
            kept[digest] = _make(dossier.person, digest, main[path], sites)
    return KeptPictures(RECIPE, kept)


def stored_renditions(dossier: Dossier, kept: KeptPictures) -> dict[str, Stored]:
    """The stored renditions by their names among the contents of a site."""
    return {
        rendition(path, width): stored
        for path, one in _drawn(dossier, kept)
        for width, stored in one.renditions.items()
    }


def with_sizes(dossier: Dossier, kept: KeptPictures) -> Dossier:
    """Add to a dossier the sizes of its pictures."""
    sizes = {
        path: PictureSizes(one.width, one.height, tuple(sorted(one.renditions)))
        for path, one in _drawn(dossier, kept)
    }
    return replace(dossier, pictures=sizes)


def draw(dossier: Dossier, main: Mapping[str, bytes]) -> tuple[Dossier, dict[str, bytes]]:
    """Add the sizes to a dossier without keeping anything: also gives the renditions by name."""
    sizes: dict[str, PictureSizes] = {}
    contents: dict[str, bytes] = {}
    for path in _pictures(dossier):
        if made := make_renditions(main[path]):
            sizes[path] = PictureSizes(made.width, made.height, tuple(sorted(made.contents)))
            contents |= {rendition(path, width): one for width, one in made.contents.items()}
    return replace(dossier, pictures=sizes), contents


def _pictures(dossier: Dossier) -> Iterator[str]:
    """The paths of the pictures that items declare and that are there."""
    for item in dossier.portfolio.items():
        for one in attachments(item):
            path = f"{folder(item)}/{one.file}"
            if is_picture(one.file) and path in dossier.files:
                yield path


def _drawn(dossier: Dossier, kept: KeptPictures) -> Iterator[tuple[str, KeptPicture]]:
    """The pictures that can be drawn, path by path."""
    for path in _pictures(dossier):
        if one := kept.by_digest.get(dossier.files[path].sha256):
            yield path, one


def _is_there(person: str, picture: KeptPicture | None, sites: Sites) -> bool:
    return picture is None or all(sites.has(person, one) for one in picture.renditions.values())


def _make(person: str, digest: str, content: bytes, sites: Sites) -> KeptPicture | None:
    made = take_drawn(person, digest, sites) or make_renditions(content)
    if made is None:
        return None
    stored = {width: sites.store(person, one) for width, one in made.contents.items()}
    return KeptPicture(made.width, made.height, stored)
