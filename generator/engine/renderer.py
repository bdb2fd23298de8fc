"""Rendering projects: the loop of `mkdocs build`, without its disk and with everything warm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from generator.engine.article import Article, Articles
from generator.engine.conversion import Converter
from generator.engine.searching import SearchEntries
from generator.engine.settings import load
from generator.engine.specialising import SpecialisedEnvironment
from generator.project import Project, nav_data

_INDEX = "search/search_index.json"


class RenderError(Exception):
    """MkDocs warned about a project: our composition is wrong, not the listener."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site of which every file can be made.

    `recipes` gives for each path a digest of everything its content depends on
    beside the program itself; `make` makes the content of a path.
    """

    recipes: Mapping[str, str]
    make: Callable[[str], bytes]


class Renderer:
    """A warm MkDocs for the sites of one language. Not for use by several threads at once."""

    def __init__(self, base: Path, custom_dir: Path, language: str, assets: str) -> None:
        self._config = load(base, custom_dir, language, assets)
        plain = self._config.plugins.on_env(
            self._config.theme.get_env(), config=self._config, files=Files([])
        )
        environment = SpecialisedEnvironment.of(plain, self._config)
        self._template = environment.get_template("main.html")
        self._search = SearchEntries(self._config)
        self._converter = Converter(self._config, self._search)

    def render(self, project: Project, articles: Articles) -> Site:
        """Render a project as far as its articles; known ones are taken from `articles`.

        Raises `RenderError` for a page that MkDocs would warn about, and
        `UnsafePageError` for one that holds what no page may hold.
        """
        config = self._config
        config["site_name"], config["site_author"] = project.site_name, project.site_author
        config["nav"] = nav_data(project.nav)
        with _warnings() as warnings:
            files = self._files(project)
            navigation = get_navigation(files, config)
            sources = {page.path: page.markdown for page in project.pages}
            keys: dict[str, str] = {}
            read: dict[str, Article] = {}
            for file in files.documentation_pages():
                source, title = sources[file.src_uri], _page_of(file).title or ""
                key = digest_of_texts(file.src_uri, title, source)
                keys[file.src_uri] = key
                read[file.src_uri] = self._read(file, source, key, files, articles)
            warnings.extend(_lost_anchors(read))
        if warnings:
            raise RenderError("; ".join(warnings))
        return self._site(project, files, navigation, read, keys)

    def _files(self, project: Project) -> Files:
        files = [File.generated(self._config, page.path, content="") for page in project.pages]
        files += [File.generated(self._config, path, content=b"") for path in project.media]
        # The search index lists pages in the order in which MkDocs finds files on a disk.
        return Files(sorted(files, key=file_sort_key))

    def _read(self, file: File, source: str, key: str, files: Files, articles: Articles) -> Article:
        page = _page_of(file)
        article = articles.get(key)
        if article is None or not all(map(files.get_file_from_path, article.targets)):
            article = self._converter.convert(source, page, files)
            articles.add(key, article)
        page.markdown, page.meta = source, dict(article.meta)
        page.content, page.toc = article.content, get_toc(article.toc)  # type: ignore[arg-type]
        page._title_from_render = article.title  # noqa: SLF001 - as `Page.render` does
        return article

    def _site(
        self,
        project: Project,
        files: Files,
        navigation: Navigation,
        read: Mapping[str, Article],
        keys: Mapping[str, str],
    ) -> Site:
        pages = {file.dest_uri: file for file in files.documentation_pages()}
        around = [
            (one.src_uri, _page_of(one).title, read[one.src_uri].meta) for one in pages.values()
        ]
        chrome = digest_of(
            project.site_name, project.site_author, project.language, project.nav, around
        )
        # An article is made of what its key stands for: where a link of it leads nowhere, there
        # is no site.
        recipes = {
            path: digest_of_texts(chrome, keys[file.src_uri]) for path, file in pages.items()
        }
        entries = [article.entries for article in read.values()]
        recipes[_INDEX] = digest_of_texts(*keys.values())

        def make(path: str) -> bytes:
            if path == _INDEX:
                return self._search.together(entries)
            return self._build(pages[path], list(pages.values()), navigation, project)

        return Site(recipes, make)

    def _build(
        self, file: File, pages: list[File], navigation: Navigation, project: Project
    ) -> bytes:
        self._config["site_name"] = project.site_name
        self._config["site_author"] = project.site_author
        page = _page_of(file)
        page.active = True
        output: str = self._template.render(get_context(navigation, pages, self._config, page))
        page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace")


def digest_of(*parts: object) -> str:
    """A digest that stands for all of `parts`."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def digest_of_texts(*texts: str) -> str:
    """A digest that stands for all of `texts`; quicker than `digest_of` for long ones."""
    digest = sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d\n" % len(content))
        digest.update(content)
    return digest.hexdigest()[:32]


def _page_of(file: File) -> MkDocsPage:
    assert file.page is not None, f"{file.src_uri} is not in the navigation"  # noqa: S101
    return file.page


def _lost_anchors(read: Mapping[str, Article]) -> list[str]:
    """Links to anchors that are not there, as `Page.validate_anchor_links` finds them."""
    return [
        f"Doc file '{source}' contains a link '{original}', but there is no such anchor"
        for source, article in read.items()
        for target, anchor, original in article.links
        if target in read and anchor not in read[target].anchors
    ]


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns about: with `--strict` each warning fails the build.

    Only what it says in this thread: another may be making a preview meanwhile.
    """
    found: list[str] = []
    here = get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here:
                found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
