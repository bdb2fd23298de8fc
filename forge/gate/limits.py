"""How much may enter a repository."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes unless said otherwise.

    `text` counts for a page or a YAML file, and for a text file beside an item;
    `whole` and `files` for a branch after the change; `pixels` for a picture
    before anything of it is decoded, which at the limit takes half a gigabyte; a
    photograph (JPEG) may have more, because it can be decoded reduced; `side` is
    what the longer side of a picture is reduced to.
    """

    text: int = 256 * KIB
    picture: int = 12 * MIB
    attachment: int = 20 * MIB
    whole: int = 100 * MIB
    files: int = 2000
    pixels: int = 25_000_000
    pixels_of_photograph: int = 65_000_000
    side: int = 2560


DEFAULTS = Limits()
