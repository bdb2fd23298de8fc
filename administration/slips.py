"""Slips with initial passwords, to be printed, cut and handed out (clause 4.3).

The one place where these passwords stand: a file that only its owner may read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from academy.institution import Academy
from administration.accounts import Slip
from messages import Catalogue

_STYLE = """\
body { font: 12pt/1.4 sans-serif; margin: 10mm; }
article { border: 1px dashed #666; break-inside: avoid; margin: 0 0 6mm; padding: 5mm 7mm; }
h2 { font-size: 14pt; margin: 0 0 3mm; }
dl { display: grid; gap: 1mm 6mm; grid-template-columns: max-content 1fr; margin: 0 0 3mm; }
dt { color: #444; }
dd { margin: 0; }
code { font: bold 14pt monospace; }
p { margin: 0; }
"""


def slips_page(slips: Iterable[Slip], academy: Academy, address: str, words: Catalogue) -> str:
    """Write the slips as a page for the printer, one to be cut out for each account."""
    title = escape(words.text("administration.slips-title"))
    cards = "\n".join(_card(slip, academy, address, words) for slip in slips)
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n{cards}\n"
        "</body>\n</html>\n"
    )


def keep_secret(file: Path, text: str) -> None:
    """Write a new file that only its owner may read; on the disk when this returns.

    Raises `FileExistsError`.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _card(slip: Slip, academy: Academy, address: str, words: Catalogue) -> str:
    group, name = academy.group(slip.group), academy.short_name
    lines: Sequence[tuple[str, str]] = (
        ("slip-group", escape(group.title if group else slip.group)),
        ("slip-address", escape(address)),
        ("slip-user-name", f"<code>{escape(slip.account.user_name)}</code>"),
        ("slip-password", f"<code>{escape(slip.password)}</code>"),
    )
    rows = "".join(
        f"<dt>{escape(words.text(f'administration.{key}'))}</dt><dd>{value}</dd>"
        for key, value in lines
        if value
    )
    return (
        f"<article>\n<h2>{escape(slip.name)}</h2>\n<dl>{rows}</dl>\n"
        f"<p>{escape(words.text('administration.slip-advice', academy=name))}</p>\n</article>"
    )
