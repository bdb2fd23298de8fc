"""Catalogues of texts: one folder a language, one TOML file a topic.

`<language>/texts/<topic>.toml` holds `key = "text with {values}"`; the text is
asked for as `topic.key`. A text that counts is a table of plural forms.
`<language>/issues/<topic>.toml` holds one table an issue code, with `what` is
wrong and how to `fix` it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from academy.issue import Issue
from messages.plurals import plural_form

LANGUAGES = ("ru", "en")

Plural = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IssueText:
    """The words for an issue code."""

    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language."""

    language: str
    texts: Mapping[str, str | Plural]
    issues: Mapping[str, IssueText]

    def text(self, key: str, **values: object) -> str:
        """Give a text with its values filled in. Raises `KeyError` for a key that is not there."""
        text = self.texts[key]
        if not isinstance(text, str):
            raise TypeError(f"{key} counts: ask for it with count()")
        return text.format_map(values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """Give the form of a counting text that goes with `number`; `{n}` in it is the number."""
        forms = self.texts[key]
        if isinstance(forms, str):
            raise TypeError(f"{key} does not count: ask for it with text()")
        return forms[plural_form(self.language, number)].format_map({"n": number, **values})

    def has(self, key: str) -> bool:
        """Tell whether there is a text of this key."""
        return key in self.texts

    def what(self, issue: Issue) -> str:
        """Say what is wrong."""
        return self.issues[issue.code].what.format_map(issue.values)

    def fix(self, issue: Issue) -> str:
        """Say what to do about it."""
        return self.issues[issue.code].fix.format_map(issue.values)


@cache
def catalogue(language: str) -> Catalogue:
    """Load the catalogue of a language of `LANGUAGES`; another one raises `KeyError`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    texts: dict[str, str | Plural] = {}
    for topic, table in _topics(language, "texts").items():
        texts.update({f"{topic}.{key}": value for key, value in table.items()})
    issues = {
        code: IssueText(**words)
        for table in _topics(language, "issues").values()
        for code, words in table.items()
    }
    return Catalogue(language=language, texts=texts, issues=issues)


def _topics(language: str, folder: str) -> dict[str, dict[str, dict[str, str]]]:
    """Read the files of a folder: topic to its table."""
    place = files("messages") / language / folder
    found = sorted(place.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".toml")
    }
