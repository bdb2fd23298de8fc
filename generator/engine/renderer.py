"""Rendering a project: the loop of `mkdocs build`, without its disk and with a warm theme."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation, get_navigation

from generator.engine.guard import refuse_unsafe
from generator.engine.settings import load
from generator.project import Page, Project, nav_data


class RenderError(Exception):
    """MkDocs warned about a project: our composition is wrong, not the listener."""


class Renderer:
    """A warm MkDocs for the sites of one language. Not for use by several threads at once."""

    def __init__(self, base: Path, custom_dir: Path, language: str, assets: str) -> None:
        self._config = load(base, custom_dir, language, assets)
        self._environment = self._config.plugins.on_env(
            self._config.theme.get_env(), config=self._config, files=Files([])
        )
        self._template = self._environment.get_template("main.html")
        self._search = _search_plugin(self._config)

    def render(self, project: Project) -> dict[str, bytes]:
        """Render the pages and the search index: path in the site to content.

        Raises `RenderError` for a page that MkDocs would warn about, and
        `UnsafePageError` for one that holds what no page may hold.
        """
        config = self._config
        config["site_name"] = project.site_name
        config["nav"] = nav_data(project.nav)
        self._search.search_index = type(self._search.search_index)(**self._search.config)
        with _warnings() as warnings:
            files = self._files(project)
            navigation = get_navigation(files, config)
            pages = files.documentation_pages()
            for file in pages:
                self._read(file, files)
            built = {file.dest_uri: self._build(file, pages, navigation) for file in pages}
            for file in pages:
                file.page.validate_anchor_links(  # type: ignore[union-attr]
                    files=files, log_level=logging.WARNING
                )
        if warnings:
            raise RenderError("; ".join(warnings))
        index = self._search.search_index.generate_search_index(None)
        built["search/search_index.json"] = index.encode()
        return built

    def _files(self, project: Project) -> Files:
        files = [
            File.generated(self._config, page.path, content=_source(page)) for page in project.pages
        ]
        files += [File.generated(self._config, path, content=b"") for path in project.media]
        # The search index lists pages in the order in which MkDocs finds files on a disk.
        return Files(sorted(files, key=file_sort_key))

    def _read(self, file: File, files: Files) -> None:
        page = file.page
        assert page is not None, f"{file.src_uri} is not in the navigation"  # noqa: S101
        page.read_source(self._config)
        page.render(self._config, files)
        refuse_unsafe(page.content or "", file.src_uri)

    def _build(self, file: File, pages: Any, navigation: Navigation) -> bytes:  # noqa: ANN401
        page = file.page
        assert page is not None  # noqa: S101
        page.active = True
        context = get_context(navigation, pages, self._config, page)
        context = self._config.plugins.on_page_context(
            context, page=page, config=self._config, nav=navigation
        )
        output: str = self._template.render(context)
        page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace")


def source_files(project: Project) -> Mapping[str, str]:
    """The pages of a project as files below `docs/`: what stock MkDocs reads."""
    return {page.path: _source(page) for page in project.pages}


def _source(page: Page) -> str:
    return page.markdown


def _search_plugin(config: MkDocsConfig) -> Any:  # noqa: ANN401
    return next(plugin for plugin in config.plugins.values() if hasattr(plugin, "search_index"))


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns about: with `--strict` each warning fails the build."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
