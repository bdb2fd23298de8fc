"""Scenes: what a photograph could have shown."""

from __future__ import annotations

import math
from random import Random

from tools.pictures.canvas import Sheet, blob, mix, smooth


def palette(sheet: Sheet, tints: list[str], rng: Random) -> None:
    """A palette: swatches, and two twigs laid over them."""
    sheet.sky(["f4eee1", "e8dfcd"])
    room = (sheet.width - 120) / len(tints)
    for n, tint in enumerate(tints):
        x = 60 + n * room
        sheet.box((x + 10, 112 + (n % 2) * 30), (room - 18, 420), "8d8471", 50)
        sheet.box((x + 4, 104 + (n % 2) * 30), (room - 18, 420), "fbf8f1")
        sheet.box((x + 16, 118 + (n % 2) * 30), (room - 42, 320), tint)
    for base in (0.3, 0.72):
        x = sheet.width * base
        stem = smooth([(x - 150, 640), (x - 40, 470), (x + 60, 330), (x + 110, 190)], closed=False)
        sheet.line(stem, "6f7454", 4)
        for k in range(6, len(stem) - 1, 4):
            side = 1 if k % 8 else -1
            at = stem[k]
            leaf = [
                at,
                (at[0] + side * 34, at[1] - 14),
                (at[0] + side * 60, at[1] - 44),
                (at[0] + side * 20, at[1] - 34),
            ]
            sheet.area(smooth(leaf), mix("8b9670", rng.choice(tints), 0.2), 240)


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


def wreath(sheet: Sheet, rng: Random) -> None:
    """A wreath of grey and rusty twigs on a door."""
    for n in range(10):
        sheet.box((n * 100, 0), (100, 720), mix("6f8a8c", "5d787b", n % 2))
        sheet.line([(n * 100, 0), (n * 100, 720)], "4b6467", 3)
    for layer in range(3):
        for n in range(110):
            angle = 2 * math.pi * n / 110 + rng.uniform(-0.05, 0.05)
            reach = 210 + rng.uniform(-34, 34)
            at = (500 + reach * math.cos(angle), 365 + reach * math.sin(angle))
            lean = angle + 1.2 + rng.uniform(-0.5, 0.5)
            tip = (at[0] + 52 * math.cos(lean), at[1] + 52 * math.sin(lean))
            tint = rng.choice(["a9b0a0", "c4c3b2", "8f9a86", "b5643c", "d9a15c"])
            sheet.line([at, tip], mix(tint, "33382f", 0.25 - 0.1 * layer), 5)
            sheet.oval(tip, (9, 6), tint)
    sheet.line([(500, 150), (500, 0)], "d8cfbb", 5)


def cup(sheet: Sheet, ground: list[str], drink: str, glass: bool) -> None:
    """A cup, or a glass in its metal holder, by a window."""
    sheet.sky(ground)
    sheet.box((90, 60), (340, 430), mix(ground[0], "ffffff", 0.5))
    sheet.box((108, 78), (304, 394), mix(ground[-1], "ffffff", 0.25))
    sheet.box((252, 78), (14, 394), mix(ground[0], "ffffff", 0.5))
    sheet.soften(3)
    sheet.box((0, 560), (sheet.width, 160), mix(drink, "e6d3b3", 0.5))
    sheet.oval((640, 626), (230, 34), "2a211a", 90)
    if glass:
        sheet.area([(540, 250), (740, 250), (722, 610), (558, 610)], "dfe9ea", 120)
        sheet.area([(546, 320), (734, 320), (722, 600), (558, 600)], drink, 215)
        sheet.area([(530, 430), (750, 430), (736, 622), (544, 622)], "8d8a82")
        for n in range(7):
            sheet.disc((560 + n * 27, 530), 12, "c9c6bb", edge="6a665e")
        sheet.arc((762, 510), 66, (-80, 100), "8d8a82", 16)
        sheet.line([(700, 330), (790, 150)], "d8d5cc", 7)
        sheet.line([(570, 270), (575, 420)], "ffffff", 7, 170)
    else:
        sheet.area([(500, 360), (780, 360), (730, 600), (550, 600)], "fbf8f1")
        sheet.oval((640, 360), (140, 30), "fbf8f1", edge="d6cdbc")
        sheet.oval((640, 362), (122, 23), drink)
        sheet.oval((620, 358), (52, 9), mix(drink, "ffffff", 0.5))
        sheet.arc((790, 450), 58, (-90, 110), "fbf8f1", 20)
        for n in range(3):
            steam = [
                (580 + n * 60, 320),
                (560 + n * 60, 260),
                (600 + n * 60, 210),
                (580 + n * 60, 150),
            ]
            sheet.line(smooth(steam, closed=False), "ffffff", 9, 90)


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


def bakery(sheet: Sheet) -> None:
    """A lit window in a dark wall."""
    sheet.sky(["20283a", "141922"])
    for n in range(14):
        for row in range(9):
            sheet.frame((n * 80 - row % 2 * 40, row * 80), (80, 80), "242d3f", 2)
    sheet.glow((510, 350), 400, "f2a84c", 130)
    sheet.box((300, 150), (420, 400), "6b4a2e")
    sheet.box((320, 170), (380, 360), "fbd489")
    sheet.box((320, 400), (380, 16), "8d5f34")
    for n in range(5):
        sheet.oval((360 + n * 75, 382), (34, 22), ("b5762f", "c98a3e", "9c6224")[n % 3])
        sheet.line([(345 + n * 75, 376), (372 + n * 75, 370)], "e9c07a", 3)
    sheet.disc((560, 270), 34, "7a5634")
    sheet.area([(512, 400), (524, 306), (598, 306), (612, 400)], "f7f1e4")
    sheet.box((504, 170), (12, 360), "6b4a2e")
    sheet.area([(300, 560), (720, 560), (860, 720), (180, 720)], "f2a84c", 60)


def contact(sheet: Sheet, rng: Random) -> None:
    """A contact sheet: twelve small frames, two of them chosen."""
    for n in range(12):
        x, y = 62 + n % 4 * 225, 52 + n // 4 * 216
        top = mix("16233d", "8fb0c4", n / 12)
        for k in range(30):
            shade = mix(top, "f2b56b", k / 30)
            sheet.box((x, y + k * 5.4), (200, 6), shade)
        base = y + 162
        hill = [
            (x, base),
            (x, base - rng.uniform(20, 50)),
            (x + 70, base - rng.uniform(30, 70)),
            (x + 140, base - rng.uniform(10, 50)),
            (x + 200, base - 20),
            (x + 200, base),
        ]
        sheet.area(hill, "171b24")
        sheet.disc((x + rng.uniform(40, 160), y + rng.uniform(30, 90)), 10, "fbe7b2")
        if n in (2, 7):
            sheet.frame((x - 8, y - 8), (216, 178), "d8342a", 6)
    for n in range(26):
        for y in (20, 688):
            sheet.box((20 + n * 38, y), (20, 13), "f1eee5")


def hands(sheet: Sheet) -> None:
    """Two hands on a handle, light from the side."""
    sheet.sky(["3a2f29", "231d1a"])
    sheet.glow((110, 330), 470, "e8a45a", 110)
    sheet.area([(455, -10), (520, -10), (560, 730), (495, 730)], "a77c4c")
    sheet.line([(470, 0), (512, 720)], "d6ab72", 7)
    for y, tint in ((190, "c98e66"), (430, "b97d57")):
        palm = [
            (400, y),
            (520, y - 34),
            (640, y - 6),
            (668, y + 84),
            (590, y + 140),
            (430, y + 128),
        ]
        sheet.area(smooth(palm), tint)
        for n in range(4):
            finger = [(394 - n % 2 * 8, y + 6 + n * 34), (600, y - 10 + n * 36)]
            sheet.line(
                smooth(
                    [finger[0], ((finger[0][0] + finger[1][0]) / 2, finger[0][1] - 14), finger[1]],
                    closed=False,
                ),
                mix(tint, "f3c79c", 0.5 - n * 0.1),
                30,
            )
            sheet.disc((404 - n % 2 * 8, y + 7 + n * 34), 10, "f0cda6")
        sheet.area(
            smooth(
                [
                    (640, y),
                    (840, y + 60),
                    (1020, y + 180),
                    (1020, y + 300),
                    (760, y + 190),
                    (620, y + 130),
                ]
            ),
            "4b5a66",
        )


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


def sailor(sheet: Sheet) -> None:
    """An old boatswain against the sea."""
    sheet.sky(["dfe6e8", "b8c7cd"], 0, 400)
    sheet.sky(["7f98a3", "4d6674"], 400, 720)
    for n in range(14):
        sheet.line([(n * 78, 430 + n % 4 * 40), (n * 78 + 60, 430 + n % 4 * 40)], "cfdde2", 3, 120)
    sheet.soften(2)
    ink = "23282c"
    sheet.area(
        smooth([(330, 720), (350, 560), (440, 480), (600, 470), (700, 540), (740, 720)]), ink
    )
    sheet.oval((520, 340), (96, 122), "5a4c42")
    sheet.area(
        smooth(
            [(424, 380), (450, 470), (520, 500), (590, 470), (616, 380), (560, 420), (480, 420)]
        ),
        "e4e2db",
    )
    sheet.area(
        smooth([(404, 268), (440, 190), (530, 168), (620, 200), (640, 272), (520, 250)]), ink
    )
    sheet.area([(400, 268), (644, 268), (662, 300), (384, 300)], "15181b")
    sheet.disc((524, 226), 17, "d0a94f")
    sheet.line([(612, 400), (690, 418)], "6b4a2e", 12)
    sheet.disc((700, 414), 15, "6b4a2e")


def seat(sheet: Sheet) -> None:
    """A bench by the water, and nobody on it."""
    sheet.sky(["e9d9c8", "f3e6cf"], 0, 320)
    sheet.sky(["8fb3b8", "5b8790"], 320, 540)
    for n in range(20):
        sheet.line([(n * 53, 350 + n % 5 * 36), (n * 53 + 38, 350 + n % 5 * 36)], "d9e9e6", 3, 140)
    sheet.disc((780, 210), 44, "f9d79a")
    sheet.box((0, 530), (sheet.width, 190), "bfae95")
    wood = "7a5a3f"
    for y in (410, 442, 474):
        sheet.box((250, y), (420, 22), wood)
    for y in (540, 560):
        sheet.box((235, y), (450, 16), mix(wood, "ffffff", 0.15))
    for x in (280, 620):
        sheet.line([(x, 410), (x, 650)], "3c3a38", 12)
    for n in range(6):
        sheet.line([(330 + n * 34, 448 + n % 2 * 6), (352 + n * 34, 456 - n % 2 * 6)], "e6d6bd", 3)
    sheet.area([(230, 650), (690, 650), (760, 670), (200, 670)], "6e6353", 120)


def book(sheet: Sheet, rng: Random) -> None:
    """An open exercise book full of tries."""
    sheet.sky(["b98d63", "9d744d"])
    for n in range(9):
        sheet.line([(0, n * 84 + 20), (1000, n * 84 + 34)], "8d6641", 3, 110)
    for left, lean in ((120, -8), (505, 8)):
        sheet.area(
            [
                (left, 130 - lean),
                (left + 375, 130 + lean),
                (left + 375, 610 + lean),
                (left, 610 - lean),
            ],
            "fbf7ea",
            edge="cfc5ac",
        )
        for row in range(12):
            y = 180 + row * 34
            sheet.line([(left + 34, y), (left + 340, y + lean * 0.4)], "c9d4dd", 2)
            if rng.random() < 0.8:
                stroke = [
                    (left + 44 + k * 24, y - 8 - rng.uniform(0, 9))
                    for k in range(int(rng.uniform(5, 12)))
                ]
                sheet.line(smooth(stroke, closed=False), "38527a", 2.5)
            if row % 4 == 2:
                sheet.line([(left + 40, y - 12), (left + 300, y - 8)], "b5493b", 3)
    sheet.line([(500, 122), (500, 618)], "cbbf9f", 6)
    sheet.line([(760, 690), (930, 560)], "e0b23f", 14)
    sheet.area([(760, 690), (744, 700), (766, 676)], "3a3632")


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


def print_on_sill(sheet: Sheet) -> None:
    """A print in a frame, standing on a window sill."""
    sheet.sky(["dce6ea", "eef0ea"])
    for x in (60, 350, 640):
        sheet.box((x, 40), (260, 420), "ffffff", 130)
    sheet.soften(4)
    sheet.box((0, 520), (sheet.width, 200), "e8dfcf")
    sheet.area([(330, 610), (720, 610), (760, 640), (300, 640)], "8d8270", 90)
    sheet.box((340, 210), (360, 400), "3a322a")
    sheet.box((356, 226), (328, 368), "f8f5ec")
    for k in range(40):
        sheet.box((396, 266 + k * 7.2), (248, 8), mix("1f2430", "f6b85f", abs(20 - k) / 20))
    sheet.box((470, 380), (100, 60), "fbd489")
    sheet.oval((160, 590), (70, 26), "c98f5a")
    sheet.area(smooth([(110, 570), (160, 480), (214, 566)]), "b5762f")
