"""What is wrong in the texts of a portfolio, without building it."""

from __future__ import annotations

import posixpath
from collections.abc import Container

from academy.consistency import file_of
from academy.issue import Issue, in_order
from academy.portfolio import Portfolio, folder
from academy.prose import Prose
from formats.prose.normal_form import normal_form


def prose_issues(portfolio: Portfolio, files: Container[str]) -> tuple[Issue, ...]:
    """Check every text of a portfolio; `files` are the paths there are on `main`."""
    places = {folder(item) for item in portfolio.items()}
    texts = [("about.md", portfolio.about)]
    texts += [(file_of(item), item.body) for item in portfolio.items()]
    found: list[Issue] = []
    for file, prose in texts:
        found += text_issues(file, prose, places, files)
    return in_order(found)


def text_issues(
    file: str, prose: Prose, places: Container[str], files: Container[str]
) -> tuple[Issue, ...]:
    """Check a text; a link may lead to one of `files`, or to a place that has a page."""

    def resolve(path: str) -> str | None:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        return path if target in files or target.removesuffix(".md") in places else None

    return normal_form(prose, file, resolve).issues
