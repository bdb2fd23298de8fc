"""Addresses of the desk: where the buttons of the owner's pages lead."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from academy.portfolio import ItemKind


@dataclass(frozen=True, slots=True)
class DeskPlaces:
    """The desk of one listener. Addresses are absolute: the desk is no part of the site."""

    person: str

    @property
    def overview(self) -> Markup:
        """Everything that can be edited."""
        return self._address("")

    @property
    def about(self) -> Markup:
        """The page about oneself."""
        return self._address("about")

    def new(self, kind: ItemKind) -> Markup:
        """A new item of a kind."""
        return self._address(f"new/{kind.value}")

    def new_work(self, module: str) -> Markup:
        """A new work that proves the outcome of a module."""
        return self._address(f"new/{ItemKind.WORK.value}") + "?module=" + quote(module)

    def new_entry(self, section: str) -> Markup:
        """A new item of an own section."""
        return self._address(f"new/{ItemKind.ENTRY.value}/{section}")

    def edit(self, item: str) -> Markup:
        """An item, by its id."""
        return self._address(f"edit/{item}")

    def of_file(self, file: str, items: frozenset[str]) -> Markup:
        """Where a file on `main` is edited: its item if that can be read, else the overview."""
        if file == "about.md":
            return self.about
        parts = file.removesuffix(".md").split("/")
        place = 2 if parts[0] == ItemKind.ENTRY.value else 1
        if len(parts) > place and parts[place] in items:
            return self.edit(parts[place])
        return self.overview

    def _address(self, path: str) -> Markup:
        # What is percent-encoded holds nothing that HTML or Markdown would read.
        return Markup(quote(f"/desk/{self.person}/{path}"))  # noqa: S704
