"""What changed in a file of lines, for people: what went, what came, and a little around it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 2


@dataclass(frozen=True, slots=True)
class Changed:
    """A line: `same`, `added`, `removed`, or `gap` for lines that are left out."""

    sort: str
    text: str
    number: int = 0


def changed_lines(before: str, after: str) -> tuple[Changed, ...]:
    """Compare two files; a number is that of the line in the newer one."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Changed] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if found:
            found.append(Changed("gap", ""))
        for tag, a, b, c, d in group:
            if tag == "equal":
                found += [Changed("same", new[n], n + 1) for n in range(c, d)]
                continue
            found += [Changed("removed", one) for one in old[a:b]]
            found += [Changed("added", new[n], n + 1) for n in range(c, d)]
    return tuple(found)
