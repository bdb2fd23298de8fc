"""Sections, profiles and details: drawings of an engineer."""

from __future__ import annotations

import itertools
import math
from random import Random

from tools.pictures.canvas import Point, Sheet, blob, mix, smooth
from tools.pictures.gardens import INK

WATER = "3f7fae"


def _stones(sheet: Sheet, at: Point, size: Point, rng: Random, grain: float) -> None:
    (x, y), (w, h) = at, size
    for _ in range(int(w * h / (grain * grain * 1.6))):
        spot = (
            x + grain + rng.random() * (w - 2 * grain),
            y + grain + rng.random() * (h - 2 * grain),
        )
        grey = rng.choice(["c9c4b8", "b3ada0", "dcd8cd", "a19b8f"])
        sheet.area(blob(spot, (grain, grain * 0.8), rng, 6), grey, edge="8b8579", line=1)


def trench(sheet: Sheet, rng: Random) -> None:
    """A drainage trench, cut through: earth, sand, gravel, pipe."""
    sheet.box((0, 150), (sheet.width, sheet.height - 150), "a07d57")
    for _ in range(150):
        at = (rng.random() * sheet.width, 170 + rng.random() * (sheet.height - 180))
        sheet.oval(at, (rng.uniform(2, 7), 2), "8c6a47")
    sheet.box((0, 132), (sheet.width, 22), "7ca35f")
    for n in range(90):
        sheet.line([(n * 12, 134), (n * 12 + rng.uniform(-4, 4), 118)], "6c9350", 2)
    sheet.box((330, 150), (360, 470), "efe6cf", edge=INK)
    sheet.box((330, 150), (360, 90), "8d6b45")
    sheet.box((330, 240), (360, 90), "e3cd97")
    _stones(sheet, (332, 330), (356, 288), rng, 12)
    sheet.disc((510, 490), 66, "d9dde0", edge=INK, line=3)
    sheet.disc((510, 490), 54, "b7c7d1")
    sheet.area([(457, 500), (563, 500), (540, 538), (480, 538)], WATER, 180)
    for n in range(14):
        turn = 2 * math.pi * n / 14
        sheet.disc((510 + 60 * math.cos(turn), 490 + 60 * math.sin(turn)), 3, INK)
    sheet.line([(334, 330), (334, 616), (686, 616), (686, 330)], "5b4a8a", 5)
    for n, y in enumerate((195, 285, 400, 490, 600)):
        sheet.line([(700, y), (790, y)], INK, 1.5)
        sheet.disc((812, y), 19, "ffffff", edge=INK)
        sheet.number((812, y), str(n + 1), INK, 18)


def profile(sheet: Sheet, rng: Random) -> None:
    """A slope in profile with the level of water in April and in August."""
    top = [(40 + n * 94, 210 + n * 30 + 14 * math.sin(n * 1.7)) for n in range(11)]
    line = smooth(top, closed=False)
    sheet.area([*line, (sheet.width, sheet.height), (0, sheet.height)], "d8c29b")
    sheet.line(line, "6d8c52", 7)
    for lift, tint in ((70, WATER), (170, "8fb6cf")):
        for (x1, y1), (x2, y2) in itertools.pairwise(top):
            sheet.dashes((x1, y1 + lift), (x2, y2 + lift * 1.05), tint, 4, 16)
    for n, (x, y) in enumerate(top[1::2]):
        sheet.line([(x, y), (x, y - 62)], INK, 1.5)
        sheet.area([(x - 9, y - 14), (x + 9, y - 14), (x, y)], INK)
        sheet.number((x + 4, y - 76), f"{4.2 - n * 0.55:.2f}", INK, 17)
    for at in ((226, 262), (610, 408)):
        sheet.line([at, (at[0], at[1] - 120)], "6f5437", 8)
        sheet.area(blob((at[0], at[1] - 150), (52, 46), rng), "8fae76", edge="5f7d4a")


def long_profile(sheet: Sheet) -> None:
    """The bottom of a ditch along 340 metres: three places where it runs uphill."""
    for n in range(6):
        sheet.line([(70, 110 + n * 90), (980, 110 + n * 90)], "e3e0d6", 1.5)
    fall = [
        0,
        12,
        24,
        36,
        24,
        18,
        44,
        60,
        74,
        90,
        106,
        96,
        84,
        118,
        140,
        160,
        180,
        170,
        150,
        190,
        214,
        236,
        260,
    ]
    points = [(80 + n * 39.5, 150 + down * 1.3) for n, down in enumerate(fall)]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        uphill = y2 < y1
        sheet.line([(x1, y1), (x2, y2)], "c0392b" if uphill else "4b6b52", 7 if uphill else 4)
    for n, (x, y) in enumerate(points):
        sheet.disc((x, y), 5, "ffffff", edge=INK, line=1.5)
        if n % 4 == 0:
            sheet.dashes((x, y + 8), (x, 600), "b9b6ab", 1.2)
            sheet.number((x, 625), str(round(n * 340 / 22)), INK, 16)
    sheet.arrow((80, 600), (975, 600), INK, 1.5)


def terraces(sheet: Sheet, rng: Random) -> None:
    """Three terraces in section, held by low dry walls."""
    steps = ((60, 210), (360, 340), (660, 470))
    ground = [(0, 170), (60, 190)]
    for x, y in steps:
        ground += [(x + 40, y), (x + 290, y + 8)]
    sheet.area([*ground, (sheet.width, 560), (sheet.width, 700), (0, 700)], "c9ac80")
    sheet.line(ground, "718f54", 6)
    for x, y in steps:
        _stones(sheet, (x + 276, y + 6), (52, 126), rng, 13)
        sheet.frame((x + 276, y + 6), (52, 126), INK, 2)
        sheet.dashes((x + 336, y + 30), (x + 336, y + 128), WATER, 3)
        for n in range(5):
            at = (x + 80 + n * 42, y - 14)
            sheet.area(
                blob(at, (22, 18), rng),
                rng.choice(["8aa67a", "b09a6c", "a592b5"]),
                edge="68805a",
                line=1,
            )
    sheet.number((596, 410), "0.95", INK, 19)


def step(sheet: Sheet, rng: Random) -> None:
    """The detail of a step: stone, gravel, a pocket for water."""
    sheet.box((0, 430), (sheet.width, 300), "b08d63")
    sheet.area([(140, 270), (760, 270), (860, 430), (140, 430)], "d7c9ad")
    _stones(sheet, (150, 372), (640, 58), rng, 11)
    sheet.area([(190, 220), (700, 212), (716, 296), (182, 304)], "9a938a", edge=INK, line=3)
    sheet.area([(200, 224), (690, 217), (690, 240), (204, 246)], "b9b2a7")
    sheet.box((640, 430), (130, 120), "e9e1cd", edge=INK)
    _stones(sheet, (642, 432), (126, 116), rng, 14)
    sheet.arrow((560, 350), (690, 500), WATER, 4)
    sheet.line([(120, 212), (120, 300)], INK, 1.5)
    sheet.number((84, 256), "150", INK, 20)
    sheet.line([(190, 180), (716, 180)], INK, 1.5)
    sheet.number((450, 158), "1200", INK, 20)


def tool(sheet: Sheet) -> None:
    """A cultivator made of a fork: two views with sizes."""
    steel = "aab4b8"
    for n in range(4):
        x = 240 + n * 70
        sheet.area(
            [(x, 260), (x + 26, 260), (x + 18, 560), (x + 8, 600), (x + 2, 560)], steel, edge=INK
        )
    sheet.box((220, 214), (310, 52), steel, edge=INK)
    sheet.box((346, 90), (58, 130), "c8d0d3", edge=INK)
    sheet.line([(346, 60), (404, 60)], INK, 1.5)
    sheet.number((375, 42), "34", INK, 18)
    sheet.line([(180, 214), (180, 600)], INK, 1.5)
    sheet.number((150, 408), "380", INK, 18)
    sheet.line([(220, 640), (530, 640)], INK, 1.5)
    sheet.number((375, 664), "310", INK, 18)
    sheet.oval((770, 300), (120, 120), "c8d0d3", edge=INK, line=3)
    sheet.oval((770, 300), (84, 84), "f3f1ea", edge=INK)
    sheet.dashes((620, 300), (920, 300), "b5493b", 1.5)
    sheet.dashes((770, 150), (770, 450), "b5493b", 1.5)


def nuts(sheet: Sheet) -> None:
    """One nut under six lights."""
    for n in range(6):
        x, y = 190 + n % 3 * 320, 210 + n // 3 * 330
        turn = n * math.pi / 3 + 0.3
        sheet.disc((x, y), 130, "efece4" if n < 3 else "3a3f45")
        corners = [
            (x + 88 * math.cos(k * math.pi / 3), y + 88 * math.sin(k * math.pi / 3))
            for k in range(6)
        ]
        shadow = (60 * math.cos(turn), 60 * math.sin(turn))
        sheet.area([(a + shadow[0], b + shadow[1]) for a, b in corners], "20242a", 90)
        for k in range(6):
            facing = math.cos(k * math.pi / 3 + math.pi / 6 - turn - math.pi)
            shine = mix("6d757c", "f4f2ec", max(0.05, facing) if n != 1 else 0.5)
            sheet.area([(x, y), corners[k], corners[(k + 1) % 6]], shine)
        sheet.line([*corners, corners[0]], "4a5157", 2)
        sheet.disc((x, y), 46, mix("565e65", "1c2126", (n % 3) / 2), edge="4a5157")
        for ring in (40, 33, 26):
            sheet.arc(
                (x, y), ring, (math.degrees(turn) + 120, math.degrees(turn) + 250), "9aa3a9", 2
            )


def sound(sheet: Sheet) -> None:
    """Rings around a pipe, broken where it has a crack."""
    for n in range(13):
        tint = mix("2f6f7f", "e8e3d5", n / 14)
        sheet.arc((500, 360), 60 + n * 28, (28, 330), tint, 6)
    for n in range(5):
        sheet.arc((500, 360), 80 + n * 56, (338, 352), "c0563f", 3)
    sheet.disc((500, 360), 44, "d5d0c3", edge=INK, line=4)
    sheet.disc((500, 360), 28, "6d7a80", edge=INK, line=2)
    sheet.line([(528, 352), (548, 346)], "c0563f", 4)


def leaves(sheet: Sheet, rng: Random) -> None:
    """Outlines of leaves, drawn in order not to confuse them."""
    for n in range(6):
        x, y = 190 + n % 3 * 310, 200 + n // 3 * 310
        width = (46, 84, 30, 62, 100, 40)[n]
        length = (120, 104, 128, 116, 92, 124)[n]
        tint = ("8fae72", "a9b46a", "7d9b83", "c08a56", "98a870", "6f8f6a")[n]
        teeth = (0, 0, 0, 9, 5, 14)[n]
        left, right = [], []
        for k in range(25):
            share = k / 24
            swell = math.sin(math.pi * share ** (0.7 + 0.1 * n))
            jag = 5 * math.sin(share * math.pi * teeth * 2) if teeth else 0
            left.append((x - width * swell - jag, y + length - 2 * length * share))
            right.append((x + width * swell + jag, y + length - 2 * length * share))
        sheet.area([*left, *reversed(right)], tint, edge=mix(tint, INK, 0.5))
        sheet.line([(x, y + length + 34), (x, y - length + 12)], mix(tint, INK, 0.5), 3)
        for k in range(1, 7):
            at = y + length - k * 2 * length / 8
            reach = width * math.sin(math.pi * (k / 8)) * 0.72
            for side in (-1, 1):
                sheet.line(
                    [(x, at), (x + side * reach, at - 26 - rng.random() * 4)],
                    mix(tint, INK, 0.35),
                    1.5,
                )
