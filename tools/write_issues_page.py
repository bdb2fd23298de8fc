"""Write docs/issues.md: every mistake the program can name (`make docs`)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "issues.md"
WORDS = ROOT / "messages" / "en" / "issues"

HEAD = """\
# Mistakes the program can name

A mistake in a file is never a traceback: it is an issue with a code, a place (file, line, field)
and words that say what is wrong and what to do. All of them are collected, sorted and shown
together; what is right is read all the same.

An **error** keeps something from being read or accepted. A **warning** is about something that is
read but will surprise. **Advice** is about something that could be better.

The program says all this in Russian too (`messages/ru/issues/`). An ellipsis stands for what the
program fills in. This page is written of the texts by `make docs`, and a test holds it to them.
"""

# Topic of the catalogue to the title and the first words of its part of the page.
GROUPS = {
    "formats": (
        "Files of portfolios and of the academy",
        """\
Found when files are read: by `cabinet check`, at every build, and on the page *What to put right*
of the listener's cabinet. What is expected: [formats of files](formats.md).""",
    ),
    "consistency": (
        "Records that do not fit together",
        "Found between files: a name that leads to nothing in the academy's content.",
    ),
    "prose": (
        "Text that people write",
        """\
Found when a text is read as Markdown. The text is shown all the same, without what is named
here.""",
    ),
    "gate": (
        "What may enter a repository",
        """\
Found by the gate before anything is stored. Whatever has such an error stays outside.""",
    ),
    "registry": (
        "Exports of the training records and the CRM",
        "Found by `cabinet import`. Other rows are imported; with `--dry-run` nothing is.",
    ),
}


def page() -> str:
    """Give the text of the page."""
    parts = [HEAD]
    for topic, (title, intro) in GROUPS.items():
        words = tomllib.loads((WORDS / f"{topic}.toml").read_text(encoding="utf-8"))
        rows = [f"## {title}\n\n{intro}\n", "| code | when | what to do |", "|---|---|---|"]
        rows += [
            f"| `{code}` | {_cell(said['what'])} | {_cell(said['fix'])} |"
            for code, said in words.items()
        ]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    """Make a text fit for a table: gaps are ellipses, no marks of Markdown are left."""
    return re.sub(r"([*_|<>`])", r"\\\1", re.sub(r"\{[^}]*\}", "…", text))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
