"""Templates of pages: Markdown with HTML blocks, in which every value is escaped for both.

The only place of this package that imports Jinja.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from formats.prose.normal_form import escaped

_QUOTES = str.maketrans({'"': "&#34;", "'": "&#39;"})


def plain(value: object) -> Markup:
    """Write a value so that neither HTML nor Markdown finds anything in it."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    # The text has no character left that HTML knows, so it may be called markup.
    return Markup(escaped(str(value)).translate(_QUOTES))  # noqa: S704


def page_templates(folder: Path) -> Environment:
    """Open the templates of pages."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
