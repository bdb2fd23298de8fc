"""Plans of gardens, seen from above."""

from __future__ import annotations

import math
from random import Random

from tools.pictures.canvas import Point, Sheet, blob, mix, smooth

INK = "3b4540"
PAPER = "f6f1e4"


def _north(sheet: Sheet, at: Point) -> None:
    x, y = at
    sheet.disc(at, 26, edge=INK, line=1.5)
    sheet.area([(x, y - 34), (x - 9, y + 12), (x, y + 4)], INK)
    sheet.line([(x, y - 34), (x + 9, y + 12), (x, y + 4)], INK, 1.5)


def _scale(sheet: Sheet, at: Point, step: float = 42) -> None:
    x, y = at
    for n in range(4):
        sheet.box((x + n * step, y), (step, 8), INK if n % 2 == 0 else PAPER, edge=INK)


def _tree(sheet: Sheet, at: Point, radius: float, leaf: str, rng: Random) -> None:
    sheet.area(blob((at[0] + 7, at[1] + 9), (radius, radius), rng), "2a332c", 50)
    sheet.area(blob(at, (radius, radius), rng, 14, 0.09), leaf, edge=mix(leaf, "000000", 0.35))
    for n in range(9):
        turn = 2 * math.pi * n / 9 + rng.uniform(-0.2, 0.2)
        tip = (at[0] + radius * 0.78 * math.cos(turn), at[1] + radius * 0.78 * math.sin(turn))
        sheet.line([at, tip], mix(leaf, "000000", 0.25), 1)
    sheet.disc(at, 4, mix(leaf, "000000", 0.5))


def _house(sheet: Sheet, at: Point, size: Point, roof: str) -> None:
    (x, y), (w, h) = at, size
    sheet.box((x + 9, y + 11), size, "2a332c", 60)
    sheet.box(at, size, roof, edge=INK)
    sheet.box(at, (w, h / 2), mix(roof, "ffffff", 0.18), edge=INK)
    sheet.line([(x, y + h / 2), (x + w, y + h / 2)], INK, 2)


def _planting(
    sheet: Sheet, area: tuple[Point, Point], rng: Random, colours: list[str], count: int = 60
) -> None:
    (x, y), (w, h) = area
    for _ in range(count):
        at = (x + rng.random() * w, y + rng.random() * h)
        sheet.disc(
            at, rng.uniform(5, 13), rng.choice(colours), 235, edge=mix(colours[0], INK, 0.5), line=1
        )


def oval_lawn(sheet: Sheet, rng: Random) -> None:
    """A family garden around an oval of grass."""
    sheet.box((60, 50), (sheet.width - 120, sheet.height - 100), "dfe6c9", edge=INK)
    _planting(sheet, ((72, 62), (sheet.width - 150, 56)), rng, ["6f9a5e", "b7c58a", "8fae7b"])
    _planting(
        sheet,
        ((72, sheet.height - 120), (sheet.width - 150, 56)),
        rng,
        ["7f9f6a", "c98f6a", "9ab482"],
    )
    _house(sheet, (90, 250), (190, 260), "c98464")
    sheet.box((280, 310), (120, 150), "d9c7a5", edge=INK)
    sheet.oval((620, 380), (200, 150), "9cc07c", edge="6d8f56", line=3)
    sheet.oval((620, 380), (200, 150), edge="e7d9b6", line=2)
    path = smooth([(400, 400), (440, 560), (640, 590), (830, 520), (870, 380)], closed=False)
    sheet.line(path, "d8c49c", 26)
    for at, radius in (((850, 200), 58), ((140, 160), 40), ((850, 600), 34)):
        _tree(sheet, at, radius, "6d9a63", rng)
    _north(sheet, (900, 660))
    _scale(sheet, (90, 690))


def gravel(sheet: Sheet, rng: Random) -> None:
    """A dry garden: pale gravel, grey mounds, one dark tree."""
    sheet.box((60, 50), (sheet.width - 120, sheet.height - 100), "e7dfcb", edge=INK)
    for _ in range(900):
        at = (70 + rng.random() * (sheet.width - 140), 60 + rng.random() * (sheet.height - 130))
        sheet.disc(at, rng.uniform(1, 2.4), rng.choice(["d3c8ae", "c9bda0", "f1ead9"]))
    _house(sheet, (70, 60), (260, 170), "b98d77")
    for n in range(34):
        depth = rng.random()
        at = (100 + rng.random() * (sheet.width - 220), 240 + depth * (sheet.height - 380))
        size = 30 * (1.2 - depth) + 8
        grey = rng.choice(["9aa78f", "8d99a0", "a99fb2"])
        sheet.area(blob(at, (size, size * 0.8), rng), grey, edge=mix(grey, INK, 0.3), line=1)
        if n % 6 == 0:
            sheet.disc((at[0] + 4, at[1] - 6), 4, "9a86b4")
    _tree(sheet, (760, 260), 70, "4f6a4f", rng)
    sheet.line(
        smooth([(330, 200), (500, 320), (640, 520), (900, 620)], closed=False), "cdb98f", 20, 220
    )
    _scale(sheet, (100, sheet.height - 70))


def waves(sheet: Sheet, rng: Random) -> None:
    """A narrow bed in three waves of height."""
    rows = ((170, 60, "bcd0ac"), (310, 74, "93b287"), (460, 86, "6f9070"))
    for y, height, green in rows:
        upper = [(60 + n * 100, y + 26 * math.sin(n * 0.9)) for n in range(10)]
        lower = [
            (960 - n * 100, y + height + 24 + 26 * math.sin((9 - n) * 0.9 + 0.4)) for n in range(10)
        ]
        sheet.area(
            [*smooth(upper, closed=False), *smooth(lower, closed=False)], green, edge="6d8160"
        )
        for _ in range(34):
            at = (80 + rng.random() * 860, y + 14 + rng.random() * (height - 10))
            sheet.disc(
                at, rng.uniform(4, 11), rng.choice(["f4efe4", "c3a8cd", mix(green, INK, 0.35)])
            )
    sheet.box((60, 90), (900, 46), "b0a894", edge=INK)
    sheet.box((60, 590), (900, 40), "cfc8b6", edge=INK)
    _scale(sheet, (70, 660))


def hillside(sheet: Sheet, rng: Random) -> None:
    """A slope with three terraces and a path that zigzags."""
    for n in range(9):
        line = [(40 + k * 115, 60 + n * 76 + 30 * math.sin(k * 0.7 + n * 0.5)) for k in range(9)]
        sheet.line(smooth(line, closed=False), "cdbf9f", 2)
    for y, x, size in ((180, 120, 560), (370, 220, 620), (570, 100, 700)):
        edge = [
            (x, y + 26),
            (x + size * 0.3, y - 16),
            (x + size * 0.7, y + 14),
            (x + size, y - 18),
        ]
        sheet.area(
            [*smooth(edge, closed=False), (x + size, y + 66), (x, y + 110)], "d7dfb8", edge=INK
        )
        sheet.line(smooth(edge, closed=False), "8a7a63", 9)
        _planting(
            sheet, ((x + 30, y + 24), (size - 80, 42)), rng, ["7f9a6b", "a9b785", "b5836c"], 24
        )
    zig = [(860, 720), (180, 640), (820, 500), (220, 400), (760, 250), (400, 120)]
    sheet.line(smooth(zig, closed=False), "e9dcba", 17)
    sheet.line(smooth(zig, closed=False), "a3906c", 2)
    for at in ((150, 130), (900, 330), (890, 620)):
        _tree(sheet, at, rng.uniform(34, 52), "6f9168", rng)
    _north(sheet, (60, 700))


def yard(sheet: Sheet, rng: Random) -> None:
    """A yard where people stand: asphalt, a bench, two rings of trees."""
    sheet.box((80, 80), (sheet.width - 160, sheet.height - 160), "cfcec6", edge=INK)
    sheet.box((80, 80), (sheet.width - 160, 150), "b8b0a2", edge=INK)
    for n in range(7):
        sheet.dashes((160 + n * 110, 240), (160 + n * 110, 420), "ffffff", 3)
    for at in ((420, 520), (640, 520)):
        sheet.disc(at, 62, "c9ba97", edge=INK)
        _tree(sheet, at, 46, "7ba06a", rng)
    sheet.box((500, 590), (70, 20), "8a6f52", edge=INK)
    _north(sheet, (880, 620))


def shade(sheet: Sheet, rng: Random, hours: tuple[float, ...]) -> None:
    """How the shade of a house and a tree walks over a plot during a day."""
    sheet.box((70, 60), (sheet.width - 140, sheet.height - 130), "f2ecd6", edge=INK)
    _planting(sheet, ((90, 80), (160, 500)), rng, ["a8bf8c", "8fae79"], 40)
    for n, hour in enumerate(hours):
        angle = math.radians(hour * 15 - 90)
        reach = (math.cos(angle) * 190, math.sin(angle) * 150 + 60)
        tint = ["93a7bf", "7d8fb0", "6a7ba0", "57688f"][n % 4]
        corners = [(380, 210), (610, 210), (610, 390), (380, 390)]
        sheet.area(
            [*corners, *((x + reach[0], y + reach[1]) for x, y in reversed(corners))], tint, 70
        )
        sheet.area(blob((690 + reach[0] * 0.7, 480 + reach[1] * 0.5), (80, 60), rng), tint, 80)
    _house(sheet, (380, 210), (230, 180), "c58b6b")
    sheet.box((380, 392), (230, 90), "e0cba2", edge=INK)
    _tree(sheet, (690, 480), 72, "7ca16c", rng)
    sheet.disc((820, 130), 34, "f2c14e", 230, edge="d99f2b")
    for n in range(8):
        angle = 2 * math.pi * n / 8
        sheet.line(
            [
                (820 + 44 * math.cos(angle), 130 + 44 * math.sin(angle)),
                (820 + 62 * math.cos(angle), 130 + 62 * math.sin(angle)),
            ],
            "d99f2b",
            3,
        )
    _scale(sheet, (100, sheet.height - 55))
    _north(sheet, (140, 650))


def measured(sheet: Sheet, rng: Random) -> None:
    """A survey: arcs from two corners of a house meet where the trees are."""
    sheet.frame((60, 60), (sheet.width - 120, sheet.height - 120), INK, 2.5)
    base = ((280, 560), (640, 560))
    sheet.box((280, 560), (360, 160), "d8d2c1", edge=INK)
    spots = [(rng.uniform(160, 860), rng.uniform(120, 470)) for _ in range(7)]
    for spot in spots:
        for corner in base:
            reach = math.dist(corner, spot)
            turn = math.degrees(math.atan2(spot[1] - corner[1], spot[0] - corner[0]))
            sheet.arc(corner, reach, (turn - 7, turn + 7), "4b7b9a", 2)
            sheet.dashes(corner, spot, "a7b6bd", 1)
        sheet.disc(spot, 12, "e3ecd0", edge=INK)
        sheet.disc(spot, 3, INK)
    sheet.line([spots[0], spots[3]], "b5493b", 2)
    for corner in base:
        sheet.disc(corner, 8, "b5493b")
    _north(sheet, (sheet.width - 130, 140))
    _scale(sheet, (90, sheet.height - 45))


def setting_out(sheet: Sheet) -> None:
    """A setting-out drawing: a curved path between dimension lines."""
    for n in range(22):
        sheet.line([(60 + n * 42, 60), (60 + n * 42, 640)], "e6e1d1", 1)
    for n in range(14):
        sheet.line([(60, 60 + n * 42), (984, 60 + n * 42)], "e6e1d1", 1)
    sheet.box((110, 400), (230, 180), "dcd5c4", edge=INK)
    outer = smooth([(340, 500), (480, 470), (610, 360), (700, 200), (860, 160)], closed=False)
    sheet.line(outer, "d7c6a0", 46)
    sheet.line([(x, y - 24) for x, y in outer], INK, 2)
    sheet.line([(x, y + 24) for x, y in outer], INK, 2)
    for at, text in (((480, 470), "3.40"), ((610, 360), "2.15"), ((700, 200), "1.40")):
        sheet.dashes((340, 580), at, "4b7b9a", 1.5)
        sheet.disc(at, 6, "b5493b")
        sheet.number((at[0] + 44, at[1] - 28), text, "4b7b9a", 17)
    for x, text in ((110, "0"), (340, "5.48"), (860, "17.85")):
        sheet.line([(x, 600), (x, 640)], INK, 1.5)
        sheet.number((x + 6, 664), text, INK, 17)
    sheet.arrow((110, 622), (860, 622), INK, 1.5)
    sheet.disc((340, 580), 9, "b5493b")
    _north(sheet, (930, 120))


def numbered(sheet: Sheet, rng: Random) -> None:
    """A planting plan: circles with the numbers of the list."""
    sheet.line(smooth([(60, 560), (320, 480), (520, 360), (960, 300)], closed=False), "e0d2b0", 60)
    tints = [
        "a9c48d",
        "c6b07a",
        "9fb8a8",
        "b89bb0",
        "8ea87c",
        "d0a07d",
        "7e9a8c",
        "b7c3a1",
        "cbbfa0",
    ]
    taken: list[tuple[Point, float]] = []
    while len(taken) < 42:
        kind = rng.randrange(9)
        radius = 44 - kind * 3.4
        at = (rng.uniform(80, 940), rng.uniform(80, 660))
        along = abs((at[1] - 560) + (at[0] - 60) * 0.30)
        if along < 60 or any(math.dist(at, spot) < radius + other + 3 for spot, other in taken):
            continue
        taken.append((at, radius))
        sheet.disc(at, radius, tints[kind], 225, edge=INK, line=1.5)
        sheet.number(at, str(kind + 1), INK, 20 if radius > 26 else 15)
    _scale(sheet, (80, 690))


def watering(sheet: Sheet, rng: Random) -> None:
    """Zones of watering in four colours, with drip lines."""
    zones = (("c96f7b", 90), ("d3a04a", 240), ("5f8f7d", 390), ("7d7fb3", 540))
    for tint, y in zones:
        sheet.area(
            [(70, y), (950, y + 30), (950, y + 150), (70, y + 120)],
            tint,
            46,
            edge=mix(tint, INK, 0.3),
        )
        for row in range(3):
            start, end = (90, y + 25 + row * 32), (930, y + 55 + row * 32)
            sheet.line([start, end], tint, 3)
            for n in range(20):
                share = n / 19
                spot = (
                    start[0] + (end[0] - start[0]) * share,
                    start[1] + (end[1] - start[1]) * share,
                )
                sheet.disc(spot, rng.uniform(4, 7), mix(tint, "ffffff", 0.45), edge=tint, line=1.5)
    sheet.line([(50, 60), (50, 700), (960, 700)], "4f6f86", 10)
    for n, (tint, y) in enumerate(zones):
        sheet.line([(50, y + 60), (76, y + 60)], "4f6f86", 8)
        sheet.disc((50, y + 60), 13, tint, edge=INK)
        sheet.number((50, y + 60), str(n + 1), "ffffff", 15)


def crossings(sheet: Sheet, rng: Random) -> None:
    """How people really walk through a yard."""
    sheet.box((70, 70), (sheet.width - 140, sheet.height - 140), "e4e6d6", edge=INK)
    sheet.line([(70, 360), (510, 360), (510, 70)], "cfc9b8", 46)
    for _ in range(40):
        drift = rng.uniform(-46, 46)
        start = (rng.uniform(70, 130), 610 + rng.uniform(-50, 30))
        end = (560 + rng.uniform(-40, 60), 80 + rng.uniform(0, 20))
        middle = ((start[0] + end[0]) / 2 + drift, (start[1] + end[1]) / 2 + drift)
        sheet.line(smooth([start, middle, end], closed=False), "b5583f", 1.6, 110)
    for at in ((720, 190), (800, 520), (330, 190)):
        _tree(sheet, at, 48, "8aa878", rng)
    sheet.box((690, 330), (90, 26), "8a6f52", edge=INK)
    sheet.disc((890, 600), 12, "4f7f9b", edge=INK)
    _north(sheet, (900, 140))


def contours(sheet: Sheet, rng: Random) -> None:
    """Contour lines, a path, and the place where the map was wrong."""
    for n in range(12):
        radii = (460 - n * 34, 300 - n * 22)
        sheet.area(
            blob((500, 380), radii, rng, 11, 0.05),
            mix("eef0df", "cdbd95", n / 12),
            edge="b6a37c",
            line=1.5,
        )
    path = smooth(
        [(110, 660), (280, 560), (380, 420), (560, 360), (640, 240), (860, 160)], closed=False
    )
    sheet.line(path, "6f5b3e", 5)
    sheet.disc((560, 360), 42, "", 255, "c0392b", 4)
    sheet.line([(530, 330), (590, 390)], "c0392b", 4)
    sheet.line([(590, 330), (530, 390)], "c0392b", 4)
    _north(sheet, (900, 660))
