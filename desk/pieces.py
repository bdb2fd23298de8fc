"""Pieces of a portfolio: what is edited and sent as one thing.

An item with its files is a piece, so are the words about oneself, and the
settings with the own sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from academy.identifiers import is_slug
from academy.portfolio import Entry, Item, ItemKind

T = TypeVar("T")

_FLAT = frozenset({ItemKind.GOAL, ItemKind.REFLECTION})
_ENTRY_KEY = re.compile(r"sections\.([a-z0-9-]+)\.([a-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece: its key in addresses, and where it is on `main`.

    `kind` is None for the words about oneself and for the settings.
    """

    key: str
    kind: ItemKind | None = None
    section: str = ""
    item: str = ""

    @property
    def place(self) -> str:
        """The folder of an item, or its file without the ending."""
        if self.kind is ItemKind.ENTRY:
            return f"{self.kind.value}/{self.section}/{self.item}"
        return f"{self.kind.value}/{self.item}" if self.kind else self.file

    @property
    def file(self) -> str:
        """The file that describes it."""
        if self.kind is None:
            return "about.md" if self.key == "about" else "portfolio.yml"
        return f"{self.place}.md" if self.kind in _FLAT else f"{self.place}/index.md"

    @property
    def has_files(self) -> bool:
        """Whether files can lie beside it."""
        return self.kind is not None and self.kind not in _FLAT

    @property
    def draft_key(self) -> str:
        """The key in the form that names of drafts have."""
        return self.key.replace(".", "-")

    def holds(self, path: str) -> bool:
        """Tell whether a path of `main` belongs to it."""
        return path == self.file or (self.has_files and path.startswith(f"{self.place}/"))

    def of(self, files: Mapping[str, T]) -> dict[str, T]:
        """The files of a tree that belong to it."""
        return {path: one for path, one in files.items() if self.holds(path)}


ABOUT = Piece(key="about")
SETTINGS = Piece(key="portfolio")


def piece_of_item(kind: ItemKind, item: str, section: str = "") -> Piece:
    """The piece of an item."""
    middle = f"{section}." if kind is ItemKind.ENTRY else ""
    return Piece(key=f"{kind.value}.{middle}{item}", kind=kind, section=section, item=item)


def piece_of(item: Item) -> Piece:
    """The piece of an item that is published."""
    section = item.section if isinstance(item, Entry) else ""
    return piece_of_item(item.kind, item.id, section)


def piece_of_key(key: str) -> Piece | None:
    """The piece that a key of an address names, or None."""
    for one in (ABOUT, SETTINGS):
        if key == one.key:
            return one
    if match := _ENTRY_KEY.fullmatch(key):
        section, item = match[1], match[2]
        whole = is_slug(section) and is_slug(item)
        return piece_of_item(ItemKind.ENTRY, item, section) if whole else None
    folder, _, item = key.partition(".")
    kinds = {kind.value: kind for kind in ItemKind if kind is not ItemKind.ENTRY}
    return piece_of_item(kinds[folder], item) if folder in kinds and is_slug(item) else None


def piece_of_path(path: str) -> Piece | None:
    """The piece a path of `main` belongs to, or None for a path that has no place there."""
    match path.split("/"):
        case ["about.md"]:
            return ABOUT
        case ["portfolio.yml"]:
            return SETTINGS
        case ["goals" | "reflections" as folder, file]:
            return piece_of_key(f"{folder}.{file.removesuffix('.md')}")
        case ["works" | "achievements" as folder, item, _]:
            return piece_of_key(f"{folder}.{item}")
        case ["sections", section, item, _]:
            return piece_of_key(f"sections.{section}.{item}")
    return None


def pieces_of(paths: Iterable[str]) -> tuple[Piece, ...]:
    """The pieces that paths belong to, each once, in their order."""
    found = (piece_of_path(path) for path in paths)
    return tuple(dict.fromkeys(one for one in found if one is not None))
