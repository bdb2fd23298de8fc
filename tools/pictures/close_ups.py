"""Close-ups: people and things that a photograph could have shown."""

from __future__ import annotations

import math
from random import Random

from tools.pictures.canvas import Sheet, mix, smooth


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
