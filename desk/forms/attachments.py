"""The files of an item in its form: each with its words, in an order, to be kept or taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from academy.portfolio import is_picture, is_recording, is_video
from desk.forms.filled import tidy
from formats.editing import Plain

LIMITS = {"caption": 300, "alt": 300}

_FILE = re.compile(r"files\.[0-9]+\.file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file beside an item: its name and the words its author gave it."""

    name: str
    caption: str = ""
    alt: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return is_picture(self.name)

    @property
    def is_recording(self) -> bool:
        """Whether it can be played."""
        return is_recording(self.name)

    @property
    def element(self) -> str:
        """The element of HTML that plays it."""
        return "video" if is_video(self.name) else "audio"


@dataclass(frozen=True, slots=True)
class FilledFiles:
    """The list of files after a form: as plain data, and the names that were taken away."""

    entries: list[dict[str, Plain]]
    removed: tuple[str, ...]


def attached(declared: Plain, names: Iterable[str]) -> tuple[Attached, ...]:
    """Give the declared files in their order, then those that lie there without being declared."""
    entries = entries_of(declared)
    known = [_text(entry, "file") for entry in entries]
    beside: list[dict[str, Plain]] = [{"file": one} for one in sorted(names) if one not in known]
    return tuple(
        Attached(
            name=_text(entry, "file"), caption=_text(entry, "caption"), alt=_text(entry, "alt")
        )
        for entry in [*entries, *beside]
    )


def entries_of(declared: Plain) -> list[dict[str, Plain]]:
    """Give the entries of a list of files; an entry that is no table is none."""
    found = declared if isinstance(declared, list) else [declared]
    return [dict(one) for one in found if isinstance(one, dict) and _text(one, "file")]


def with_added(declared: Plain, names: Sequence[str]) -> list[dict[str, Plain]]:
    """Add files to the end of the list, unless they are in it."""
    entries = entries_of(declared)
    known = {_text(entry, "file") for entry in entries}
    return entries + [{"file": name} for name in names if name not in known]


def read_files(given: Mapping[str, str], declared: Plain) -> FilledFiles:
    """Read the part of a form about files; what it does not speak of stays as it is.

    `files.<n>.file` names a file, `.caption` and `.alt` are its words, `.remove` takes it away;
    `earlier` names the file that goes one place up. Files stand in the order in which the form
    names them, whatever their numbers are.
    """
    present = {_text(entry, "file"): entry for entry in entries_of(declared)}
    removed = []
    for naming in (one for one in given if _FILE.fullmatch(one)):
        place, name = naming.removesuffix(".file"), given[naming]
        if given.get(f"{place}.remove"):
            removed.append(name)
            present.pop(name, None)
            continue
        entry = present.pop(name, {"file": name})
        present[name] = entry
        for key, limit in LIMITS.items():
            if f"{place}.{key}" in given:
                _say(entry, key, tidy(given[f"{place}.{key}"])[: limit * 4])
    return FilledFiles(_moved(list(present.values()), given.get("earlier", "")), tuple(removed))


def _say(entry: dict[str, Plain], key: str, words: str) -> None:
    if words:
        entry[key] = " ".join(words.split("\n"))
    else:
        entry.pop(key, None)


def _moved(entries: list[dict[str, Plain]], name: str) -> list[dict[str, Plain]]:
    """Move the entry of a name one place up."""
    at = next((n for n, entry in enumerate(entries) if _text(entry, "file") == name), 0)
    if at:
        entries[at - 1], entries[at] = entries[at], entries[at - 1]
    return entries


def _text(entry: Mapping[str, Plain], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
