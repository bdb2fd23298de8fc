"""Pictures in several sizes: a phone does not load what its screen cannot show (clause 7.8)."""

from __future__ import annotations

from dataclasses import dataclass

CARD, SCREEN = 720, 1600
"""How wide renditions are: enough for a card or a telephone, and for a whole screen."""


@dataclass(frozen=True, slots=True)
class PictureSizes:
    """The size of a picture in pixels, and the widths of its renditions, narrowest first."""

    width: int
    height: int
    renditions: tuple[int, ...]

    @property
    def is_elongated(self) -> bool:
        """Whether it is so wide or so tall that cropping would leave little of what it shows."""
        return self.width > 2.4 * self.height or self.height > 2 * self.width


def rendition(path: str, width: int) -> str:
    """The name of a rendition among the contents of a site.

    No file of a listener is called so: its name has no ending that is offered.
    """
    return f"{path}@{width}"
