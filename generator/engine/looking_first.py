"""Steps of Python-Markdown that look first whether there is anything for them to do.

Each step tries every pattern at every text. A pattern that needs a character which is
not there would find nothing, and one search for all of these is quicker. What there
is to do is left to the original; a step that is not known here is never left out.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from pymdownx.superfences import SuperFencesBlockPreprocessor

_NEEDED = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
_ANY_NEEDED = re.compile(r"[`\\\[<&*_~]|  \n")
_DELIMITERS = {"em_strong", "delimiter"}


def look_first(md: Markdown) -> None:
    """Let the steps of a converter look first; gives up nothing of what they find."""
    md.treeprocessors.register(_InlineMarks(md), "inline", 20)
    fences = md.preprocessors["fenced_code_block"]
    if type(fences) is SuperFencesBlockPreprocessor:
        fences.__class__ = _Fences
    block_level = frozenset(md.block_level_elements)
    md.is_block_level = lambda tag: isinstance(tag, str) and tag.lower().rstrip("/") in block_level


class _Fences(SuperFencesBlockPreprocessor):  # type: ignore[misc]
    """Blocks of code between fences, which are three of the same mark at least."""

    def run(self, lines: list[str]) -> list[str]:
        """Put blocks of code aside."""
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        found: list[str] = super().run(lines)
        return found


class _InlineMarks(InlineProcessor):  # type: ignore[misc]
    """Marks inside of lines. The original's own way to go through a text has a private name."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        patterns = self.inlinePatterns
        patterns._sort()  # noqa: SLF001 - names are not given in order otherwise
        names = [one.name for one in patterns._priority]  # noqa: SLF001 - as above
        self._patterns = [(patterns[name], _NEEDED.get(name, "")) for name in names]
        self._are_known = set(names) <= _NEEDED.keys() | _DELIMITERS

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Put aside what the patterns find in a text, each in its turn."""
        is_plain = self._are_known and not _ANY_NEEDED.search(data)
        if is_plain or isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self._patterns):
            pattern, needed = self._patterns[patternIndex]
            is_found, found_at = False, 0
            if needed in data:
                data, is_found, found_at = self._InlineProcessor__applyPattern(
                    pattern, data, patternIndex, start
                )
            start = found_at
            if not is_found:
                patternIndex += 1  # noqa: N806 - it is named by the original
        return data
