"""The files of an item on its page: pictures in their sizes, recordings, the rest to download."""

from __future__ import annotations

from dataclasses import dataclass

from academy.picture import SCREEN, PictureSizes, rendition
from academy.portfolio import (
    Item,
    attachments,
    folder,
    is_offered,
    is_picture,
    is_recording,
    is_video,
)
from generator.compose.context import Context


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of an item as a page shows it.

    `sizes` and `candidates` (width to place, narrowest first) are those of a
    picture that can be drawn.
    """

    name: str
    place: str
    caption: str | None
    alt: str
    is_picture: bool
    size: int
    sizes: PictureSizes | None = None
    candidates: tuple[tuple[int, str], ...] = ()

    @property
    def is_recording(self) -> bool:
        """Whether it can be played where it stands."""
        return is_recording(self.name)

    @property
    def is_video(self) -> bool:
        """Whether there is something to see while it plays."""
        return is_video(self.name)


def files_of(c: Context, item: Item) -> tuple[Picture, ...]:
    """The files of an item that can be shown, played or downloaded."""
    found = []
    for one in attachments(item):
        path = f"{folder(item)}/{one.file}"
        if path not in c.dossier.files or not is_offered(one.file):
            continue
        alt = one.alt or one.caption or c.words.text("picture-of", title=item.title)
        found.append(
            Picture(
                one.file,
                c.places.files[path],
                one.caption,
                alt,
                is_picture(one.file),
                c.dossier.files[path].size,
                c.dossier.pictures.get(path),
                _candidates(c, path),
            )
        )
    return tuple(found)


def _candidates(c: Context, path: str) -> tuple[tuple[int, str], ...]:
    """What a browser may choose from: the renditions, and a picture no wider than a screen."""
    sizes = c.dossier.pictures.get(path)
    if sizes is None:
        return ()
    places = c.places.files
    found = [(width, places[rendition(path, width)]) for width in sizes.renditions]
    if sizes.width <= SCREEN and sizes.width not in sizes.renditions:
        found.append((sizes.width, places[path]))
    return tuple(found)
