"""The page of the access table shows the table."""

from __future__ import annotations

import re
from pathlib import Path

from academy.grants import GRANTS, Grant, Place, Rule

PAGE = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")


def row(place: Place, grant: Grant) -> str:
    needs = ", ".join(f"`{need.value}`" for need in grant.needs)
    shows = f"`{grant.projection.value}`" if grant.projection else ""
    return f"| `{place.value}` | `{grant.who.value}` | {needs} | {shows} | `{grant.rule.value}` |"


def test_the_page_has_every_row_of_the_table_in_its_order():
    rows = [row(place, grant) for place, grants in GRANTS.items() for grant in grants]
    shown = re.search(r"\| place \| who \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE)

    assert shown is not None
    assert shown[1].splitlines() == rows


def test_every_place_and_every_rule_is_named():
    named = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert {place.value for place in Place} | {rule.value for rule in Rule} <= named
