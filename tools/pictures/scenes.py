"""Scenes: gardens, streets and the sea as a photograph could have shown them."""

from __future__ import annotations

import math
from random import Random

from tools.pictures.canvas import Sheet, blob, mix, smooth


def rows(sheet: Sheet, rng: Random) -> None:
    """Rows of pots in a nursery that run towards the hills."""
    sheet.sky(["a9cde0", "e7ecdf"], 0, 260)
    sheet.area(
        smooth(
            [(-40, 250), (200, 160), (430, 220), (680, 140), (1060, 250), (1060, 300), (-40, 300)]
        ),
        "7f9a86",
    )
    sheet.box((0, 250), (sheet.width, 470), "b59d7a")
    for depth in range(11, -1, -1):
        y = 290 + (11 - depth) ** 1.85 * 4.6
        size = 10 + (11 - depth) * 4.4
        for column in range(-7, 8):
            x = 500 + column * size * 2.5
            sheet.area(
                [
                    (x - size * 0.6, y),
                    (x + size * 0.6, y),
                    (x + size * 0.45, y + size),
                    (x - size * 0.45, y + size),
                ],
                "4a4340",
            )
            green = mix("5f8250", "a8bd74", rng.random())
            sheet.area(blob((x, y - size * 0.45), (size * 0.85, size * 0.75), rng, 8), green)


def border(sheet: Sheet, rng: Random, tints: list[str], wall: str) -> None:
    """A long border against a wall, low in front and high behind."""
    sheet.sky(["cfe0e6", "f1ead9"], 0, 330)
    sheet.box((0, 200), (sheet.width, 220), wall)
    for n in range(16):
        sheet.line(
            [(n * 68, 210 + n % 2 * 40), (n * 68 + 44, 210 + n % 2 * 40)],
            mix(wall, "000000", 0.12),
            3,
        )
    sheet.box((0, 350), (sheet.width, sheet.height - 350), mix(tints[0], "4a5242", 0.6))
    for layer in range(4):
        y = 330 + layer * 92
        for n in range(13 - layer):
            size = rng.uniform(46, 82) + layer * 6
            at = (rng.uniform(-20, sheet.width + 20), y + rng.uniform(-20, 20))
            tint = rng.choice(tints)
            sheet.area(blob(at, (size, size * 0.72), rng), mix(tint, "3c4a3a", 0.1 + 0.1 * (n % 3)))
            for _ in range(9):
                spike = (
                    at[0] + rng.uniform(-size, size) * 0.8,
                    at[1] - size * rng.uniform(0.1, 0.7),
                )
                sheet.line(
                    [spike, (spike[0] + rng.uniform(-4, 4), spike[1] - 30)],
                    mix(tint, "ffffff", 0.4),
                    4,
                )
    sheet.box((0, sheet.height - 60), (sheet.width, 60), "d8c7a2")


def cutting(sheet: Sheet, rng: Random) -> None:
    """A pale slope beside a road where plants live without water."""
    sheet.sky(["6fa6cc", "dbe7e6"], 0, 320)
    sheet.area([(0, 190), (330, 90), (720, 170), (1000, 110), (1000, 640), (0, 640)], "d9c7a6")
    for n in range(16):
        y = 170 + n * 28
        line = [(k * 100, y + 16 * math.sin(k * 0.8 + n)) for k in range(11)]
        sheet.line(smooth(line, closed=False), mix("c6b08a", "e9ddc3", n % 2), 3, 130)
    for _ in range(60):
        at = (rng.random() * 1000, 220 + rng.random() * 360)
        size = rng.uniform(12, 42)
        sheet.area(
            blob(at, (size, size * 0.6), rng, 8),
            rng.choice(["8f9a76", "7f8d80", "a3927d", "b5603f"]),
        )
    sheet.box((0, 620), (sheet.width, 100), "5c5a57")
    sheet.dashes((0, 670), (1000, 670), "e6e2d6", 7, 60)


def square(sheet: Sheet, rng: Random) -> None:
    """One square metre of a slope, looked at from above."""
    sheet.sky(["cdb791", "b79c72"])
    for _ in range(60):
        at = (rng.random() * 1000, rng.random() * 720)
        sheet.area(
            blob(at, (rng.uniform(10, 44), rng.uniform(8, 30)), rng, 7),
            rng.choice(["d9cdb4", "a79779", "8c7f67"]),
        )
    for _ in range(34):
        at = (rng.random() * 1000, rng.random() * 720)
        for _ in range(12):
            angle = rng.uniform(0, 2 * math.pi)
            reach = rng.uniform(26, 66)
            tip = (at[0] + reach * math.cos(angle), at[1] + reach * math.sin(angle))
            sheet.line([at, tip], rng.choice(["6f8353", "8d9a63", "5b6e4b"]), 3)
    for _ in range(36):
        sheet.disc((rng.random() * 1000, rng.random() * 720), 5, "a884b3")
    sheet.frame((120, 60), (760, 600), "f3efe2", 12)


def street_view(sheet: Sheet, rng: Random) -> None:
    """A small front garden under the window of a chemist's."""
    sheet.box((0, 0), (sheet.width, 500), "e3d5c2")
    sheet.box((250, 90), (500, 270), "ffffff")
    sheet.box((268, 108), (464, 234), "a9c6cd")
    sheet.area([(268, 108), (470, 108), (330, 342), (268, 342)], "ffffff", 60)
    sheet.box((494, 108), (12, 234), "ffffff")
    sheet.box((150, 150), (56, 18), "4f9b72")
    sheet.box((169, 131), (18, 56), "4f9b72")
    for layer, y in enumerate((440, 510, 580)):
        for _ in range(16):
            at = (rng.uniform(0, 1000), y + rng.uniform(-18, 18))
            sheet.area(blob(at, (60, 46), rng), mix("5f8560", "93ad80", rng.random()))
            for _ in range(4):
                dot = (at[0] + rng.uniform(-44, 44), at[1] - rng.uniform(8, 44))
                sheet.disc(dot, 7 + layer, rng.choice(["f9f6ee", "f9f6ee", "bfa2cb"]))
    sheet.box((0, 640), (sheet.width, 80), "b9b4aa")


def waterfront(sheet: Sheet, rng: Random) -> None:
    """The shore before the sun: lamps still lit, the sky already awake."""
    sheet.sky(["16233d", "3b4a6b", "a5666a", "ef9f5a", "f8cf86"], 0, 430)
    sheet.area(
        smooth(
            [
                (-40, 430),
                (160, 360),
                (380, 400),
                (600, 340),
                (820, 390),
                (1060, 350),
                (1060, 460),
                (-40, 460),
            ]
        ),
        "232b3f",
    )
    sheet.sky(["c98250", "5f5668", "202a41"], 430, 600)
    for _ in range(60):
        y = 440 + rng.random() * 150
        x = rng.random() * 1000
        sheet.line([(x, y), (x + rng.uniform(20, 90), y)], rng.choice(["f0b877", "39415c"]), 2, 120)
    sheet.soften(1.2)
    sheet.box((0, 590), (sheet.width, 130), "141a28")
    for n in range(6):
        x = 90 + n * 168
        sheet.glow((x, 470), 84, "ffd98a")
        sheet.line([(x, 620), (x, 478)], "0c101a", 7)
        sheet.disc((x, 470), 12, "fff3cf")


def port(sheet: Sheet, rng: Random) -> None:
    """A crane in a port at three in the morning."""
    sheet.sky(["0b1220", "1c2a3f", "30425a"], 0, 500)
    for x in (140, 520, 880):
        sheet.glow((x, 220), 190, "cfe3ff", 90)
        sheet.disc((x, 220), 9, "ffffff")
    crane = "090d15"
    sheet.line([(330, 520), (330, 120)], crane, 16)
    sheet.line([(210, 520), (250, 120)], crane, 12)
    sheet.line([(180, 150), (780, 110)], crane, 14)
    sheet.line([(330, 60), (780, 110)], crane, 5)
    sheet.line([(330, 60), (180, 150)], crane, 5)
    sheet.line([(690, 116), (690, 330)], crane, 4)
    sheet.box((660, 330), (60, 46), crane)
    for n in range(9):
        sheet.line([(216 + n * 3.6, 500 - n * 44), (330, 470 - n * 44)], crane, 5)
    sheet.sky(["22354c", "0a101c"], 500, 720)
    for x in (140, 330, 520, 880):
        for k in range(26):
            y = 508 + k * 8
            wide = rng.uniform(8, 44)
            sheet.line([(x - wide, y), (x + wide, y)], "cfe3ff" if x != 330 else "0a101c", 3, 120)


def reflections(sheet: Sheet, rng: Random) -> None:
    """Light that trembles on water."""
    sheet.sky(["0e1a2c", "16283d", "0a121f"])
    for x, tint in ((180, "ffd27a"), (390, "ff8f5a"), (600, "bfe0ff"), (820, "ffe9b0")):
        for k in range(88):
            y = 10 + k * 8
            wide = 10 + 30 * (1 - abs(k - 44) / 44) + rng.uniform(-8, 16)
            sway = 18 * math.sin(k * 0.35 + x)
            sheet.line([(x + sway - wide, y), (x + sway + wide, y)], tint, 3.5, 95 + (k % 3) * 34)
    sheet.soften(0.8)


def tower(sheet: Sheet) -> None:
    """A tower whose clock tells its own time."""
    sheet.sky(["4a5f86", "b3797a", "f0ad6c", "f8d79b"])
    for x, y, size in ((200, 150, 60), (760, 110, 46), (860, 220, 70)):
        sheet.oval((x, y), (size * 2, size * 0.3), "ffffff", 60)
    sheet.soften(1.5)
    ink = "2a2730"
    sheet.box((400, 260), (200, 470), ink)
    sheet.area([(370, 260), (500, 80), (630, 260)], ink)
    sheet.line([(500, 80), (500, 30)], ink, 6)
    sheet.disc((500, 350), 70, "f6e7bf", edge="6b6257", line=5)
    for n in range(12):
        angle = math.pi * n / 6
        sheet.line(
            [
                (500 + 54 * math.cos(angle), 350 + 54 * math.sin(angle)),
                (500 + 62 * math.cos(angle), 350 + 62 * math.sin(angle)),
            ],
            ink,
            3,
        )
    sheet.line([(500, 350), (494, 310)], ink, 7)
    sheet.line([(500, 350), (448, 352)], ink, 5)
    for x, size in ((0, 190), (170, 150), (640, 170), (820, 200)):
        sheet.box((x, 720 - size), (170, size), "221f28")
    bird = [(690, 180), (716, 166), (742, 178), (716, 184)]
    sheet.area(smooth(bird), "1c1a20")


def train(sheet: Sheet) -> None:
    """The steppe in the window of a train before dawn."""
    sheet.sky(["1d2230", "14171f"])
    sheet.box((150, 80), (700, 520), "2b303c")
    for k in range(100):
        y = 100 + k * 4.8
        shade = (
            mix("22344f", "e9a86b", min(1, k / 60))
            if k < 62
            else mix("6b5a44", "2f2a24", (k - 62) / 38)
        )
        sheet.box((170, y), (660, 6), shade)
    for n in range(9):
        sheet.line([(170, 410 + n * n * 2.2), (830, 404 + n * n * 2.4)], "a98b60", 2, 100)
    sheet.line([(640, 404), (640, 340)], "2a2622", 4)
    for y in (344, 356):
        sheet.line([(610, y), (670, y)], "2a2622", 3)
    sheet.area([(170, 100), (280, 100), (230, 580), (170, 580)], "9aa3b5", 60)
    sheet.box((482, 100), (12, 480), "2b303c")
    sheet.box((130, 600), (740, 30), "3b4150")
