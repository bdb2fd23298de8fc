"""Addresses of the desk: where the buttons of pages lead.

They are absolute, for the desk is no part of the site. A listener's name nobody:
everybody's own portfolio is on their own desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from academy.consistency import file_of
from academy.portfolio import Item, ItemKind, folder


def overview() -> Markup:
    """Everything that can be edited."""
    return _address("mine")


def about() -> Markup:
    """The words about oneself."""
    return _address("edit/about")


def new(kind: ItemKind) -> Markup:
    """A new item of a kind."""
    return _address(f"add/{kind.value}")


def new_work(module: str) -> Markup:
    """A new work that proves the outcome of a module."""
    return new(ItemKind.WORK) + "?module=" + quote(module)


def new_entry(section: str) -> Markup:
    """A new item of an own section."""
    return _address(f"add/{ItemKind.ENTRY.value}.{section}")


def sections() -> Markup:
    """The listener's own sections: which there are, and what they are called."""
    return _address("sections")


def sent(number: str) -> Markup:
    """What the listener sent, with the answers to it."""
    return _address(f"sent/{number}")


def review(person: str, number: str) -> Markup:
    """What a listener sent, on the desk of a reviewer."""
    return _address(f"review/{person}/{number}")


def review_of(person: str, item: Item) -> Markup:
    """Where a participant writes a review of a shared work."""
    return _address(f"review-of/{person}/{_key(item)}")


def reviews(item: Item) -> Markup:
    """What was written about an item of one's own, to be answered."""
    return _address(f"reviews/{_key(item)}")


def edit(item: Item) -> Markup:
    """An item: its place on `main` is its key, with dots."""
    return _address(f"edit/{_key(item)}")


def of_file(file: str, items: Iterable[Item]) -> Markup:
    """Where a file on `main` is edited: its item if that can be read, else the overview."""
    if file == "about.md":
        return about()
    found = (item for item in items if file == file_of(item) or file.startswith(f"{folder(item)}/"))
    item = next(found, None)
    return edit(item) if item else overview()


def _key(item: Item) -> str:
    return folder(item).replace("/", ".")


def _address(path: str) -> Markup:
    # What is percent-encoded holds nothing that HTML or Markdown would read.
    return Markup(quote(f"/desk/{path}/"))  # noqa: S704
