"""Markdown to articles: as `Page.render` of MkDocs does it, with one converter for all pages.

The converter is made once, because making it takes as long as a short page.
What it remembers of a page is reset before the next one; a test holds it to a
fresh one, page by page.
"""

from __future__ import annotations

import re
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import (
    Page,
    _ExtractTitleTreeprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils import meta

from generator.engine.article import Article
from generator.engine.guard import refuse_unsafe
from generator.engine.looking_first import look_first
from generator.engine.raw_blocks import RawBlocks
from generator.engine.searching import SearchEntries

_SEARCH_MARKS = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")
_ID = re.compile(r'<[^<>]*?\sid="([^"]*)"')


class Converter:
    """Turns Markdown into articles. Not for use by several threads at once."""

    def __init__(self, config: MkDocsConfig, search: SearchEntries) -> None:
        self._config = config
        self._search = search
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"],
            extension_configs=config["mdx_configs"] or {},
        )
        self._markdown.preprocessors.register(RawBlocks(self._markdown), "html_block", 20)
        look_first(self._markdown)

    def convert(self, source: str, page: Page, files: Files) -> Article:
        """Convert the source of a page, whose links are to be found among `files`.

        Raises `UnsafePageError` when it holds what no page may hold.
        """
        page.markdown, page.meta = meta.get_data(source)
        seen = _Seen(files)
        links = _RelativePathTreeprocessor(page.file, seen, self._config)  # type: ignore[arg-type]
        title = _ExtractTitleTreeprocessor()
        self._markdown.reset()
        links._register(self._markdown)  # noqa: SLF001 - it is how MkDocs itself puts it in
        title._register(self._markdown)  # noqa: SLF001 - as above
        content = self._markdown.convert(page.markdown)
        refuse_unsafe(content, page.file.src_uri)
        toc = [_plain(token) for token in getattr(self._markdown, "toc_tokens", ())]
        page.content = content
        page.toc, page._title_from_render = get_toc(toc), title.title  # type: ignore[arg-type]  # noqa: SLF001 - as above
        return Article(
            content=_SEARCH_MARKS.sub("", content),
            title=title.title,
            toc=toc,
            anchors=frozenset(_ID.findall(content)),
            links=tuple(
                (file.src_uri, anchor, original)
                for file, anchors in links.links_to_anchors.items()
                for anchor, original in anchors.items()
            ),
            targets=tuple(dict.fromkeys(seen.found)),
            entries=self._search.of(content, page),
            meta=dict(page.meta),
        )


class _Seen:
    """The files of a site, which remembers the ones that were asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.found: list[str] = []

    def get_file_from_path(self, path: str) -> File | None:
        found = self._files.get_file_from_path(path)
        if found is not None:
            self.found.append(path)
        return found


def _plain(token: dict[str, Any]) -> dict[str, Any]:
    """A line of the table of contents, as far as MkDocs looks at it."""
    return {
        "level": token["level"],
        "id": token["id"],
        "name": token["name"],
        "children": [_plain(child) for child in token["children"]],
    }
