"""Charts: numbers that want to be seen."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from random import Random

from tools.pictures.canvas import Point, Sheet, mix, smooth
from tools.pictures.gardens import INK

FAINT = "e2ddd0"


def _grid(sheet: Sheet, at: Point, size: Point, rows: int = 5) -> None:
    (x, y), (w, h) = at, size
    for n in range(rows + 1):
        sheet.line([(x, y + h * n / rows), (x + w, y + h * n / rows)], FAINT, 1.5)
    sheet.line([(x, y), (x, y + h), (x + w, y + h)], INK, 2)


def bars(sheet: Sheet, values: Sequence[float], tint: str, marked: int = -1) -> None:
    """Bars that rise from one line; one of them may stand out."""
    left, top, wide, high = 100, 70, sheet.width - 160, sheet.height - 160
    _grid(sheet, (left, top), (wide, high))
    most = max(values)
    room = wide / len(values)
    for n, value in enumerate(values):
        tall = high * value / most * 0.94
        shade = "c0563f" if n == marked else mix(tint, "ffffff", 0.08 * (n % 3))
        sheet.box((left + n * room + room * 0.18, top + high - tall), (room * 0.64, tall), shade)
        sheet.number((left + (n + 0.5) * room, top + high - tall - 18), f"{value:g}", INK, 18)
        sheet.number((left + (n + 0.5) * room, top + high + 24), str(n + 1), "8a8577", 15)


def groups(sheet: Sheet, rows: Sequence[Sequence[float]], tints: Sequence[str]) -> None:
    """Bars side by side, one group for every row."""
    left, top, wide, high = 90, 70, sheet.width - 140, sheet.height - 160
    _grid(sheet, (left, top), (wide, high))
    most = max(max(row) for row in rows)
    room = wide / len(rows)
    for n, row in enumerate(rows):
        for k, value in enumerate(row):
            width = room * 0.78 / len(row)
            tall = high * value / most * 0.95
            sheet.box(
                (left + n * room + room * 0.11 + k * width, top + high - tall),
                (width * 0.88, tall),
                tints[k],
            )
            sheet.number(
                (left + n * room + room * 0.11 + (k + 0.44) * width, top + high - tall - 16),
                f"{value:g}",
                INK,
                16,
            )
        sheet.number((left + (n + 0.5) * room, top + high + 26), str(n + 1), "8a8577", 16)


def ups_and_downs(
    sheet: Sheet, values: Sequence[float], up: str, down: str, marked: int = -1
) -> None:
    """Bars above and below nothing."""
    left, top, wide, high = 80, 60, sheet.width - 130, sheet.height - 120
    middle = top + high / 2
    most = max(abs(value) for value in values)
    for n in range(5):
        sheet.line([(left, top + high * n / 4), (left + wide, top + high * n / 4)], FAINT, 1.5)
    room = wide / len(values)
    for n, value in enumerate(values):
        tall = high / 2 * 0.92 * abs(value) / most
        shade = "c0392b" if n == marked else (up if value >= 0 else down)
        start = middle - tall if value >= 0 else middle
        sheet.box((left + n * room + room * 0.16, start), (room * 0.68, tall), shade)
    sheet.line([(left, middle), (left + wide, middle)], INK, 2.5)


def curve(sheet: Sheet, values: Sequence[float], tint: str, turn_at: int) -> None:
    """A line through measurements, and the day on which something changed."""
    left, top, wide, high = 100, 70, sheet.width - 160, sheet.height - 160
    _grid(sheet, (left, top), (wide, high))
    least, most = min(values), max(values)
    points = [
        (
            left + wide * n / (len(values) - 1),
            top + 20 + (high - 60) * (value - least) / (most - least),
        )
        for n, value in enumerate(values)
    ]
    x = points[turn_at][0]
    sheet.dashes((x, top), (x, top + high), "c0563f", 3)
    line = smooth(points, closed=False)
    sheet.area([*line, (points[-1][0], top), (points[0][0], top)], tint, 40)
    sheet.line(line, tint, 4)
    for point in points:
        sheet.disc(point, 6, "ffffff", edge=tint, line=2.5)
    for n in range(0, len(values), 4):
        sheet.number((left + wide * n / (len(values) - 1), top + high + 26), str(n + 1), INK, 17)


def forecast(sheet: Sheet, rng: Random) -> None:
    """What has been, what is expected, and how sure one may be of it."""
    left, top, wide, high = 90, 60, sheet.width - 140, sheet.height - 150
    _grid(sheet, (left, top), (wide, high))
    past = [
        (left + n * wide / 12, top + high * (0.55 - 0.04 * n + rng.uniform(-0.05, 0.05)))
        for n in range(7)
    ]
    ahead = [past[-1]] + [
        (left + (7 + n) * wide / 12, past[-1][1] + 30 * math.sin(n * 1.3) + n * 9) for n in range(6)
    ]
    upper = [(x, y - 12 * n) for n, (x, y) in enumerate(ahead)]
    lower = [(x, y + 16 * n) for n, (x, y) in enumerate(ahead)]
    sheet.area([*smooth(upper, closed=False), *reversed(smooth(lower, closed=False))], "d9a15c", 70)
    sheet.line(smooth(past, closed=False), "2f6f6a", 5)
    for one, other in itertools.pairwise(ahead):
        sheet.dashes(one, other, "b8742c", 4)
    sheet.line([(left, top + high * 0.86), (left + wide, top + high * 0.86)], "c0392b", 2)
    sheet.disc(past[-1], 9, "ffffff", edge="2f6f6a", line=4)
    for n in range(8):
        sheet.number((left + (n + 5) * wide / 12, top + high + 28), str(n + 1), INK, 16)


def ring(sheet: Sheet, shares: Sequence[float], tints: Sequence[str]) -> None:
    """A ring of parts; the sum stands in the middle."""
    at, radius = (400.0, 350.0), 265
    turn = -90.0
    for n, share in enumerate(shares):
        end = turn + 360 * share / sum(shares)
        sheet.slice(at, radius, (turn, end), tints[n % len(tints)])
        angle = math.radians((turn + end) / 2)
        sheet.number(
            (at[0] + 205 * math.cos(angle), at[1] + 205 * math.sin(angle)),
            f"{share:g}",
            "ffffff",
            26,
        )
        sheet.box((740, 160 + n * 66), (34, 34), tints[n % len(tints)])
        sheet.line([(796, 177 + n * 66), (796 + 90 + share * 2, 177 + n * 66)], FAINT, 12)
        turn = end
    sheet.disc(at, 145, "fbf8f0")
    sheet.number(at, f"{sum(shares):g}", INK, 58)


def wind(sheet: Sheet, petals: Sequence[float]) -> None:
    """A rose of winds."""
    at = (500.0, 375.0)
    for reach in (90, 180, 270, 340):
        sheet.disc(at, reach, edge="d9d3c2", line=1.5)
    count = len(petals)
    for n, share in enumerate(petals):
        turn = 2 * math.pi * n / count - math.pi / 2
        reach = 330 * share / max(petals)
        wide = math.pi / count * 0.9
        tint = "3f6f8c" if share == max(petals) else "9bb7c4"
        points = [at] + [
            (
                at[0] + reach * math.cos(turn + wide * k / 6),
                at[1] + reach * math.sin(turn + wide * k / 6),
            )
            for k in range(-6, 7)
        ]
        sheet.area(points, tint, 220, edge="2f5266", line=1.5)
    sheet.area([(500, 10), (487, 34), (513, 34)], INK)


def months(sheet: Sheet, rows: Sequence[tuple[int, int, str]]) -> None:
    """Bands over the twelve months of a year."""
    for n in range(13):
        sheet.line([(110 + n * 70, 60), (110 + n * 70, sheet.height - 80)], FAINT, 1.5)
        if n:
            sheet.number((75 + n * 70, sheet.height - 56), str(n), "8a8577", 17)
    tall = (sheet.height - 180) / len(rows)
    for n, (start, end, tint) in enumerate(rows):
        y = 76 + n * tall
        sheet.disc((72, y + tall * 0.36), 17, tint)
        steps = max(2, (end - start) * 6)
        upper = [
            (
                110 + (start + (end - start) * k / steps) * 70,
                y + tall * 0.36 - tall * 0.3 * math.sin(math.pi * k / steps),
            )
            for k in range(steps + 1)
        ]
        lower = [(x, 2 * (y + tall * 0.36) - up) for x, up in reversed(upper)]
        sheet.area([*upper, *lower], tint, 205, edge=mix(tint, INK, 0.4), line=1.5)


def year(sheet: Sheet, rng: Random) -> None:
    """A year on one sheet: weeks as cells, the busy ones hatched."""
    for month in range(12):
        x, y = 70 + month % 4 * 232, 60 + month // 4 * 218
        sheet.box((x, y), (200, 34), ("86a79a", "c3a35c", "b57b62", "7e94ab")[month // 3])
        sheet.number((x + 100, y + 17), str(month + 1), "ffffff", 20)
        for week in range(5):
            for day in range(7):
                at = (x + day * 29, y + 44 + week * 29)
                busy = week == (month * 7 + 3) % 5 and day < 5
                tint = "f0c3a9" if busy else ("eee9dc" if day < 5 else "e0dccf")
                sheet.box(at, (25, 25), tint)
                if busy:
                    sheet.line([(at[0] + 3, at[1] + 22), (at[0] + 22, at[1] + 3)], "c0563f", 2)
                elif rng.random() < 0.06:
                    sheet.disc((at[0] + 12, at[1] + 12), 7, "4f7f79")


def moves(sheet: Sheet, shifts: Sequence[float]) -> None:
    """How far twelve pegs moved in a winter."""
    for n, shift in enumerate(shifts):
        y = 76 + n * (sheet.height - 140) / len(shifts)
        sheet.line([(130, y), (sheet.width - 80, y)], FAINT, 1.5)
        end = 130 + shift * 68
        sheet.line([(130, y), (end, y)], "b5793f", 6)
        sheet.area([(end - 9, y - 13), (end + 9, y - 13), (end, y + 10)], "6f5437")
        sheet.disc((130, y), 6, "ffffff", edge=INK)
        sheet.number((end + 46, y), f"{shift:g}", INK, 19)
        sheet.number((86, y), str(n + 1), "8a8577", 17)


def batches(sheet: Sheet, rng: Random) -> None:
    """Roasting curves of several batches, and how much weight each lost."""
    left, top, wide, high = 80, 60, 560, sheet.height - 140
    _grid(sheet, (left, top), (wide, high))
    for n in range(7):
        tint = mix("d9a15c", "4a2c1a", n / 6)
        points = [
            (
                left + wide * k / 8,
                top + high * (0.86 - 0.76 * (k / 8) ** (0.55 + n * 0.05)) + rng.uniform(-9, 9),
            )
            for k in range(9)
        ]
        sheet.line(smooth(points, closed=False), tint, 3.5)
        loss = 13 + n * 1.3
        sheet.box((700, top + 14 + n * 78), (loss * 11, 44), tint)
        sheet.number((724 + loss * 11, top + 36 + n * 78), f"{loss:.0f}", INK, 18)
