"""Templates of pages: Markdown with HTML blocks, in which every value is escaped for both.

The only place of this package that imports Jinja. Components are made once and not for
each page: what they call `c`, `t` or `url` is looked up in the page at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from formats.prose.normal_form import escaped

_AT_HAND: ContextVar[Mapping[str, object]] = ContextVar("page at hand")


def plain(value: object) -> Markup:
    """Write a value so that neither HTML nor Markdown finds anything in it."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    # The text has no character left that HTML knows, so it may be called markup.
    text = escaped(str(value)).replace('"', "&#34;").replace("'", "&#39;")
    return Markup(text)  # noqa: S704


def page_templates(folder: Path) -> Environment:
    """Open the templates of pages."""
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.context_class = _OfThePage
    return templates


def written(
    templates: Environment,
    name: str,
    shared: Mapping[str, object],
    values: Mapping[str, object],
) -> str:
    """Write a page of a template; its components know what is `shared`, not its own `values`."""
    before = _AT_HAND.set(shared)
    try:
        return templates.get_template(name).render(values)
    finally:
        _AT_HAND.reset(before)


class _OfThePage(Context):
    """The names of a template or a component, and below them those of the page at hand."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - whatever it names
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        return _AT_HAND.get().get(key, missing)
