"""Small PDF files, written by hand: lines, boxes and digits, and nothing about who made them."""

from __future__ import annotations

from collections.abc import Sequence

_PAGE = (595, 842)


def sheet_of_rows(rows: Sequence[Sequence[str]], widths: Sequence[int], tint: str) -> bytes:
    """A form or a list: a heading bar, and rows of digits in columns."""
    left, top, tall = 60, 740, 30
    parts = [f"{_fill(tint)} {left} {top + 14} {sum(widths)} 34 re f"]
    for n, row in enumerate(rows):
        y = top - n * tall
        if n % 2:
            parts.append(f"0.96 0.95 0.92 rg {left} {y - tall + 8} {sum(widths)} {tall} re f")
        x = left
        for width, text in zip(widths, row, strict=True):
            parts.append(f"0.2 0.24 0.22 rg BT /F1 12 Tf {x + 8} {y - 12} Td ({text}) Tj ET")
            x += width
    x = left
    for width in (*widths, 0):
        parts.append(f"0.75 0.72 0.66 RG {x} {top + 8} m {x} {top + 8 - tall * len(rows)} l S")
        x += width
    return _file("\n".join(parts))


def questions(count: int, tint: str) -> bytes:
    """A questionnaire: numbered lines to write on."""
    parts = [f"{_fill(tint)} 60 770 475 30 re f"]
    for n in range(count):
        y = 720 - n * 46
        parts.append(f"{_fill(tint)} 60 {y - 4} 22 22 re f")
        parts.append(f"1 1 1 rg BT /F1 13 Tf 67 {y + 3} Td ({n + 1}) Tj ET")
        parts.append(f"0.75 0.72 0.66 RG 96 {y - 4} m 535 {y - 4} l S")
    return _file("\n".join(parts))


def _fill(tint: str) -> str:
    return " ".join(f"{int(tint[n : n + 2], 16) / 255:.3f}" for n in (0, 2, 4)) + " rg"


def _file(content: str) -> bytes:
    stream = content.encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(written)
