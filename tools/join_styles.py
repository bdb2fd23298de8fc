"""Join the parts of the cabinet's sheet into the one file that pages load.

    python tools/join_styles.py

Parts are joined by the order of their paths. A test holds the joined sheet to its parts.
"""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "site_templates" / "cabinet" / "assets" / "cabinet"


def joined() -> str:
    """The sheet as it has to be."""
    parts = sorted((ASSETS / "styles").rglob("*.css"))
    return "".join(part.read_text(encoding="utf-8") for part in parts)


if __name__ == "__main__":
    (ASSETS / "cabinet.css").write_text(joined(), encoding="utf-8")
