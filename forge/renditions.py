"""Renditions of a picture: the same picture, narrower and lighter, for pages.

One is wide enough for a card or a telephone, one for a whole screen; the picture
itself is what a reader opens or saves. Pictures come through the gate, so they
are upright, in plain colours and without metadata already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import PIL
from PIL import Image

from academy.picture import CARD, SCREEN
from forge.gate.limits import DEFAULTS

_WIDTHS = (CARD, SCREEN)
# A card is what telephones load, so it is worth some time; on a whole screen the quickest way of
# writing costs an eighth more bytes, and a little of the quality gives them back.
_SAVING = {CARD: {"quality": 80, "method": 2}, SCREEN: {"quality": 75, "method": 0}}
_FORMATS = ("JPEG", "PNG", "WEBP")

RECIPE = f"webp {_SAVING} hamming Pillow {PIL.__version__}"
"""What renditions are made with: others have to be made when it changes."""


@dataclass(frozen=True, slots=True)
class Renditions:
    """The size of a picture in pixels, and its renditions as WebP: width to content."""

    width: int
    height: int
    contents: Mapping[int, bytes]


def make_renditions(content: bytes) -> Renditions | None:
    """Make the renditions of a picture; None for what is no picture that came through the gate.

    A rendition of the picture's own width is kept only when it is lighter than
    the picture.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            return _made(picture, len(content)) if _is_admitted(picture) else None
    except Exception:  # noqa: BLE001 - On damaged data the decoders raise nearly anything.
        return None


def _is_admitted(picture: Image.Image) -> bool:
    # Sixteen bits of grey would be cut off rather than scaled: such a picture is shown as it is.
    return picture.width * picture.height <= DEFAULTS.pixels and not picture.mode.startswith("I")


def _made(picture: Image.Image, weight: int) -> Renditions:
    width, height = picture.size
    widths = _widths(width)
    # A JPEG is decoded at the least of its scales that is wide enough.
    picture.draft(None, (widths[-1], 1))
    drawn = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    made: dict[int, bytes] = {}
    for one in reversed(widths):
        # Each is drawn of the next wider one, which has fewer pixels than the picture.
        drawn = _narrowed(drawn, one, max(1, round(height * one / width)))
        made[one] = _written(drawn)
    if width in made and len(made[width]) >= weight:
        del made[width]
    return Renditions(width, height, dict(sorted(made.items())))


def _widths(width: int) -> list[int]:
    """The widths below that of the picture, and its own if the widest is not below it."""
    narrower = [one for one in _WIDTHS if one < width]
    return narrower if len(narrower) == len(_WIDTHS) else [*narrower, width]


def _narrowed(picture: Image.Image, width: int, height: int) -> Image.Image:
    if picture.width == width:
        return picture
    # Whole divisions first, which cost a fraction; nobody sees the 48 dB to the slow way.
    return picture.resize((width, height), Image.Resampling.HAMMING, reducing_gap=1)


def _written(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "WEBP", **_SAVING[CARD if picture.width <= CARD else SCREEN])
    return target.getvalue()
