"""A sheet to draw on: twice as large as the picture, so that edges come out smooth."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Colour = tuple[int, ...]

_SCALE = 2
_LIGHT = 25_000
# Of a drawing how many colours, of a scene which quality: the best first.
_EFFORTS = {"png": (64, 48, 32, 24, 16), "jpg": (78, 70, 62, 54, 46), "webp": (80, 72, 64)}


def colour(code: str, alpha: int | None = None) -> Colour:
    """A colour written as six hexadecimal digits, with how opaque it is (0 to 255)."""
    parts = tuple(int(code[at : at + 2], 16) for at in (0, 2, 4))
    return parts if alpha is None else (*parts, alpha)


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies between two, `share` of the way."""
    pairs = zip(colour(one), colour(other), strict=True)
    return "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def chance(seed: str) -> Random:
    """A source of variety that gives the same for the same seed, on every machine."""
    return Random(seed)  # noqa: S311 - It draws leaves, it keeps no secrets.


class Sheet:
    """A picture that is being drawn; all lengths are pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * _SCALE, height * _SCALE), colour(ground))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def area(
        self, points: Iterable[Point], fill: str, alpha: int = 255, edge: str = "", line: float = 2
    ) -> None:
        """Fill a shape, and draw its edge when it has a colour."""
        corners = _larger(points)
        self._draw.polygon(corners, fill=colour(fill, alpha))
        if edge:
            self._draw.line([*corners, corners[0]], colour(edge), round(line * _SCALE), "curve")

    def box(self, at: Point, size: Point, fill: str, alpha: int = 255, edge: str = "") -> None:
        """Fill a rectangle."""
        (x, y), (w, h) = at, size
        self.area([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, alpha, edge)

    def frame(self, at: Point, size: Point, edge: str, line: float = 2) -> None:
        """Draw the edge of a rectangle."""
        (x, y), (w, h) = at, size
        self.line([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], edge, line)

    def line(self, points: Iterable[Point], edge: str, line: float = 2, alpha: int = 255) -> None:
        """Draw a line through points."""
        width = max(1, round(line * _SCALE))
        self._draw.line(_larger(points), colour(edge, alpha), width, "curve")

    def dashes(
        self, start: Point, end: Point, edge: str, line: float = 2, step: float = 12
    ) -> None:
        """Draw a broken line."""
        (x1, y1), (x2, y2) = start, end
        count = max(1, round(math.dist(start, end) / step))
        for n in range(0, count, 2):
            a, b = n / count, min(1, (n + 1) / count)
            self.line(
                [
                    (x1 + (x2 - x1) * a, y1 + (y2 - y1) * a),
                    (x1 + (x2 - x1) * b, y1 + (y2 - y1) * b),
                ],
                edge,
                line,
            )

    def arrow(self, start: Point, end: Point, edge: str, line: float = 2) -> None:
        """Draw a line with a head."""
        self.line([start, end], edge, line)
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        size = 7 + line * 2
        wings = [angle + 2.7, angle - 2.7]
        head = [(end[0] + size * math.cos(a), end[1] + size * math.sin(a)) for a in wings]
        self.area([end, *head], edge)

    def disc(
        self,
        at: Point,
        radius: float,
        fill: str = "",
        alpha: int = 255,
        edge: str = "",
        line: float = 2,
    ) -> None:
        """Draw a circle, filled or not."""
        self.oval(at, (radius, radius), fill, alpha, edge, line)

    def oval(
        self,
        at: Point,
        radii: Point,
        fill: str = "",
        alpha: int = 255,
        edge: str = "",
        line: float = 2,
    ) -> None:
        """Draw an ellipse, filled or not."""
        (x, y), (a, b) = at, radii
        box = [v * _SCALE for v in (x - a, y - b, x + a, y + b)]
        self._draw.ellipse(
            box,
            fill=colour(fill, alpha) if fill else None,
            outline=colour(edge) if edge else None,
            width=max(1, round(line * _SCALE)) if edge else 0,
        )

    def slice(self, at: Point, radius: float, turn: Point, fill: str, alpha: int = 255) -> None:
        """Draw a piece of a pie between two angles in degrees."""
        box = [v * _SCALE for v in (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)]
        self._draw.pieslice(box, turn[0], turn[1], fill=colour(fill, alpha))

    def arc(self, at: Point, radius: float, turn: Point, edge: str, line: float = 2) -> None:
        """Draw a part of a circle between two angles in degrees."""
        box = [v * _SCALE for v in (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)]
        self._draw.arc(box, turn[0], turn[1], colour(edge), max(1, round(line * _SCALE)))

    def number(self, at: Point, text: str, edge: str, size: float = 18) -> None:
        """Write digits, the middle of them at a point; words stand in captions."""
        font = ImageFont.load_default(size * _SCALE)
        place = (at[0] * _SCALE, at[1] * _SCALE)
        self._draw.text(place, text, fill=colour(edge), font=font, anchor="mm")

    def sky(self, colours: Sequence[str], top: float = 0, bottom: float | None = None) -> None:
        """Lay colours over each other from top to bottom, flowing into one another."""
        end = self.height if bottom is None else bottom
        first, last = round(top * _SCALE), round(end * _SCALE)
        for row in range(first, last):
            place = (row - first) / max(1, last - first) * (len(colours) - 1)
            part = min(int(place), len(colours) - 2)
            shade = mix(colours[part], colours[part + 1], place - part)
            self._draw.line([(0, row), (self.width * _SCALE, row)], colour(shade))

    def glow(self, at: Point, radius: float, fill: str, strength: int = 150) -> None:
        """Let a light shine: strong in the middle, nothing at `radius`."""
        for step in range(24):
            share = 1 - step / 24
            self.disc(at, radius * share, fill, max(1, round(strength / 24 * (1.1 - share * 0.6))))

    def soften(self, radius: float) -> None:
        """Blur what is drawn so far: what comes next stands in front of it."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * _SCALE))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def written(self, ending: str) -> bytes:
        """The bytes of the picture, with nothing in them but the picture.

        It is written in fewer colours, more coarsely, and at last smaller, until it is light.
        """
        packed = b""
        for width in (self.width, 880, 800):
            size = (width, round(self.height * width / self.width))
            picture = self.image.resize(size, Image.Resampling.LANCZOS)
            for effort in _EFFORTS[ending]:
                packed = _packed(picture, ending, effort)
                if len(packed) <= _LIGHT:
                    return packed
        return packed


def _packed(picture: Image.Image, ending: str, effort: int) -> bytes:
    target = io.BytesIO()
    if ending == "png":
        picture = picture.quantize(
            effort, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        picture.save(target, "PNG", optimize=True)
    elif ending == "jpg":
        picture.save(target, "JPEG", quality=effort, optimize=True, progressive=True)
    else:
        picture.save(target, "WEBP", quality=effort, method=6)
    return target.getvalue()


def _larger(points: Iterable[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 12) -> list[Point]:
    """A soft line through points (Catmull and Rom's)."""
    count = len(points)
    last = count if closed else count - 1
    line: list[Point] = []
    for n in range(last):
        near = [
            points[(n + k) % count] if closed else points[min(max(n + k, 0), count - 1)]
            for k in (-1, 0, 1, 2)
        ]
        for step in range(steps):
            t = step / steps
            line.append((_between([p[0] for p in near], t), _between([p[1] for p in near], t)))
    return line if closed else [*line, points[-1]]


def _between(near: Sequence[float], t: float) -> float:
    a, b, c, d = near
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def blob(
    at: Point, radii: Point, rng: Random, corners: int = 9, rough: float = 0.16
) -> list[Point]:
    """A soft shape around a point, never twice the same."""
    points = []
    for n in range(corners):
        angle = 2 * math.pi * n / corners
        reach = 1 + rng.uniform(-rough, rough)
        points.append(
            (at[0] + radii[0] * reach * math.cos(angle), at[1] + radii[1] * reach * math.sin(angle))
        )
    return smooth(points)
