"""Papers: certificates, slides, forms, pages. Words stand in captions, not in pictures."""

from __future__ import annotations

import math
from random import Random

from tools.pictures.canvas import Point, Sheet, mix, smooth
from tools.pictures.gardens import INK


def _words(
    sheet: Sheet, at: Point, widths: list[float], tall: float, tint: str, gap: float
) -> None:
    """Lines of text as one sees them from far away."""
    for n, width in enumerate(widths):
        sheet.box((at[0] - width / 2, at[1] + n * gap), (width, tall), tint)


def _seal(sheet: Sheet, at: Point, tint: str) -> None:
    for side in (-1, 1):
        sheet.area(
            [
                (at[0] + side * 8, at[1] + 30),
                (at[0] + side * 46, at[1] + 128),
                (at[0] + side * 22, at[1] + 112),
                (at[0] + side * 4, at[1] + 130),
            ],
            mix(tint, "000000", 0.15),
        )
    petals = [
        (
            at[0] + (58 + 7 * (n % 2)) * math.cos(math.pi * n / 14),
            at[1] + (58 + 7 * (n % 2)) * math.sin(math.pi * n / 14),
        )
        for n in range(28)
    ]
    sheet.area(petals, tint)
    sheet.disc(at, 44, mix(tint, "ffffff", 0.35), edge=mix(tint, "000000", 0.25))
    star = [
        (
            at[0] + (28 if n % 2 else 12) * math.cos(math.pi * n / 5 - math.pi / 2),
            at[1] + (28 if n % 2 else 12) * math.sin(math.pi * n / 5 - math.pi / 2),
        )
        for n in range(10)
    ]
    sheet.area(star, mix(tint, "000000", 0.2))


def _laurel(sheet: Sheet, at: Point, size: float, tint: str) -> None:
    for side in (-1, 1):
        stem = [
            (
                at[0] + side * size * math.sin(0.35 + k * 0.24),
                at[1] + size * math.cos(0.35 + k * 0.24),
            )
            for k in range(10)
        ]
        sheet.line(smooth(stem, closed=False), mix(tint, INK, 0.3), 2.5)
        for k, (x, y) in enumerate(stem):
            angle = 0.35 + k * 0.24
            for lean in (0.5, -0.5):
                tip = (x + side * 26 * math.cos(angle + lean), y - 26 * math.sin(angle + lean))
                mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
                sheet.oval(mid, (11, 7), tint)
                sheet.line([(x, y), tip], mix(tint, INK, 0.2), 2)


def certificate(sheet: Sheet, tint: str, style: int, place: str = "") -> None:
    """A certificate: frame, lines, a seal; `place` is the number in its middle."""
    w, h = sheet.width, sheet.height
    sheet.frame((36, 36), (w - 72, h - 72), tint, 7)
    sheet.frame((54, 54), (w - 108, h - 108), mix(tint, "ffffff", 0.4), 2)
    for x in (54, w - 54):
        for y in (54, h - 54):
            if style % 2:
                sheet.disc((x, y), 30, mix(tint, "ffffff", 0.55), edge=tint)
            else:
                sheet.area(
                    [(x, y - 30), (x + 30, y), (x, y + 30), (x - 30, y)],
                    mix(tint, "ffffff", 0.55),
                    edge=tint,
                )
    _words(sheet, (w / 2, 130), [w * 0.44], 34, tint, 0)
    _words(sheet, (w / 2, 200), [w * 0.26], 12, "a9a290", 0)
    if place:
        _laurel(sheet, (w / 2, 370), 130, mix(tint, "7b9a5a", 0.6))
        sheet.number((w / 2, 372), place, tint, 120)
    else:
        _words(sheet, (w / 2, 300), [w * 0.5, w * 0.36], 22, "6d6858", 46)
        _words(sheet, (w / 2, 410), [w * 0.6, w * 0.56, w * 0.3], 10, "b5af9e", 28)
    sheet.line([(130, h - 130), (330, h - 130)], INK, 1.5)
    sign = [(150 + n * 22, h - 146 - 18 * math.sin(n * 1.7 + style)) for n in range(8)]
    sheet.line(smooth(sign, closed=False), "3f5f8c", 2.5)
    _seal(sheet, (w - 230, h - 190), tint)


def slide(sheet: Sheet, tint: str, style: str) -> None:
    """A slide of a talk: a quarrel about a ditch, or a note with a question."""
    sheet.box((0, 0), (sheet.width, 84), tint)
    _words(sheet, (250, 34), [340], 20, "ffffff", 0)
    if style == "ditch":
        spots = ((190, 330), (500, 520), (810, 330))
        for one, other in ((0, 1), (2, 1), (0, 2)):
            (x1, y1), (x2, y2) = spots[one], spots[other]
            start = (x1 + (x2 - x1) * 0.26, y1 + (y2 - y1) * 0.26)
            sheet.arrow(start, (x1 + (x2 - x1) * 0.72, y1 + (y2 - y1) * 0.72), "3f7fae", 7)
        for n, (x, y) in enumerate(spots):
            roof = ("c98464", "8fa27e", "c3a35c")[n]
            sheet.box((x - 60, y - 20), (120, 90), "efe6d4", edge=INK)
            sheet.area([(x - 80, y - 20), (x, y - 90), (x + 80, y - 20)], roof, edge=INK)
            sheet.box((x - 16, y + 18), (32, 52), mix(roof, "000000", 0.3))
    else:
        sheet.area(
            [(250, 170), (720, 150), (744, 610), (262, 626)], "fffdf5", edge="b8b09a", line=3
        )
        _words(sheet, (490, 230), [330, 360, 290, 340], 12, "8f8a7b", 42)
        sheet.arc((500, 500), 62, (200, 470), "c0563f", 10)
        sheet.disc((522, 602), 8, "c0563f")
        jar = (845, 560)
        sheet.box((jar[0] - 54, jar[1] - 70), (108, 120), "c0563f", 230, edge=INK)
        sheet.box((jar[0] - 62, jar[1] - 100), (124, 34), "e0cba2", edge=INK)


def form(sheet: Sheet) -> None:
    """A blank form with the seven places where one stumbles."""
    sheet.box((150, 30), (sheet.width - 300, sheet.height - 60), "fffdf7", edge=INK)
    _words(sheet, (sheet.width / 2, 80), [300], 22, "5f6f7f", 0)
    for n in range(12):
        y = 150 + n * 44
        sheet.line([(210, y), (sheet.width - 210 - (n % 4) * 70, y)], "c5c0b2", 2)
    places = ((250, 128), (700, 128), (330, 236), (620, 318), (270, 408), (680, 500), (300, 640))
    for n, at in enumerate(places):
        sheet.disc(at, 24, "c0563f")
        sheet.number(at, str(n + 1), "ffffff", 22)


def page(sheet: Sheet, rng: Random) -> None:
    """A page of a newspaper with one large photograph on it."""
    sheet.box((70, 40), (sheet.width - 140, sheet.height - 80), "f1eee4", edge="b0aa9a")
    _words(sheet, (sheet.width / 2, 70), [520], 40, "3b3a36", 0)
    sheet.line([(100, 126), (sheet.width - 100, 126)], INK, 2)
    top, bottom = 146.0, 430.0
    for n in range(40):
        y = top + (bottom - top) * n / 40
        sheet.box((110, y), (560, 8), mix("2f3a4a", "e8a566", n / 40))
    sheet.area([(110, 430), (110, 360), (300, 340), (460, 372), (670, 350), (670, 430)], "1f242c")
    for n in range(5):
        x = 150 + n * 118
        sheet.line([(x, 366), (x, 300)], "1f242c", 4)
        sheet.disc((x, 296), 7, "ffe6a8")
    for column in range(3):
        for row in range(9):
            width = 190 * (0.5 if row == 8 else rng.uniform(0.88, 1))
            sheet.box((110 + column * 206, 462 + row * 22), (width, 8), "b6b1a3")
    for row in range(22):
        width = 190 * rng.uniform(0.86, 1)
        sheet.box((710, 150 + row * 23), (width, 8), "b6b1a3")


def wall(sheet: Sheet, rng: Random) -> None:
    """Five frames on a wall of an exhibition."""
    sheet.sky(["efe9dd", "ded6c6"])
    sheet.box((0, 600), (sheet.width, 120), "b79b78")
    for n, (x, y, w, h) in enumerate(
        (
            (90, 170, 150, 210),
            (270, 140, 210, 150),
            (270, 320, 210, 150),
            (510, 150, 190, 260),
            (740, 190, 180, 180),
        )
    ):
        sheet.box((x + 8, y + 10), (w, h), "6b6252", 70)
        sheet.box((x, y), (w, h), "2f2d2a")
        sheet.box((x + 10, y + 10), (w - 20, h - 20), "f7f4ec")
        for k in range(24):
            grey = mix("2a2c2e", "d8d5cc", (k / 24 + n * 0.17) % 1)
            sheet.box((x + 26, y + 26 + k * (h - 52) / 24), (w - 52, (h - 52) / 24 + 1), grey)
        at = (x + w / 2 + rng.uniform(-16, 16), y + h / 2)
        sheet.disc(at, min(w, h) * 0.2, "17191b" if n % 2 else "e9e6dd")
        sheet.box((x + w / 2 - 30, y + h + 22), (60, 16), "fbf9f2")


def before_after(sheet: Sheet, rng: Random) -> None:
    """A crowded frame, and the same place cleared."""
    for left, crowded in ((50, True), (530, False)):
        sheet.box((left, 90), (430, 540), "dfe6ea", edge=INK)
        sheet.box((left, 430), (430, 200), "cfc6b4")
        sheet.area(
            [
                (left + 70, 430),
                (left + 70, 210),
                (left + 190, 150),
                (left + 310, 210),
                (left + 310, 430),
            ],
            "c69a7b",
            edge=INK,
        )
        sheet.box((left + 160, 310), (60, 120), "6f5742", edge=INK)
        sheet.disc((left + 350, 500), 24, "5a6670")
        sheet.area(
            [(left + 330, 520), (left + 372, 520), (left + 384, 610), (left + 318, 610)], "5a6670"
        )
        if crowded:
            for n in range(4):
                sheet.line([(left, 120 + n * 17), (left + 430, 150 + n * 11)], "6b7278", 2)
            sheet.box((left + 20, 520), (110, 56), "c0392b", edge=INK)
            for x in (45, 108):
                sheet.disc((left + x, 580), 15, "33383c")
            sheet.box((left + 240, 470), (46, 90), "67806c", edge=INK)
            for _ in range(16):
                sheet.box((left + rng.uniform(10, 400), rng.uniform(560, 620)), (14, 8), "f3efe6")
    sheet.arrow((488, 360), (522, 360), "c0563f", 5)


def benches(sheet: Sheet) -> None:
    """Three benches and what they cost."""
    for n, (tint, price) in enumerate((("dcdcd8", 92), ("a39a8c", 41), ("b98a5c", 24))):
        x = 70 + n * 312
        sheet.box((x, 150), (240, 34), tint, edge=INK)
        if n == 2:
            for board in range(3):
                sheet.box((x, 150 + board * 12), (240, 10), tint, edge=INK)
        for leg in (30, 180):
            sheet.box((x + leg, 184), (34, 76), mix(tint, "55504a", 0.35), edge=INK)
        sheet.line([(x - 20, 262), (x + 260, 262)], "8a8577", 2)
        tall = price * 3.2
        sheet.box(
            (x + 70, 640 - tall),
            (100, tall),
            "c0563f" if n == 0 else ("4f7f79" if n == 1 else "c3a35c"),
        )
        sheet.number((x + 120, 620 - tall), str(price), INK, 22)
    sheet.line([(50, 640), (960, 640)], INK, 2)
